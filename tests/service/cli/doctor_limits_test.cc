#include "service/cli/doctor_limits.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::cli {
namespace {

// As the kernel writes it (proc(5)).
constexpr const char* kText =
    "Limit                     Soft Limit           Hard Limit           Units     \n"
    "Max cpu time              unlimited            unlimited            seconds   \n"
    "Max open files            1024                 4096                 files     \n"
    "Max locked memory         8388608              unlimited            bytes     \n";

LimitFacts Facts(std::uint64_t open_files, std::size_t devices) {
  return {.limits = {.open_files = open_files, .locked_memory_bytes = 65'536},
          .daemon_pid = 0,
          .devices = devices,
          .ring_works = true};
}

TEST(DoctorLimitsTest, HardLimitsAreRead) {
  const auto limits = ParseLimits(kText);
  ASSERT_TRUE(limits.has_value());
  EXPECT_EQ(limits->open_files, 4096U);
  EXPECT_EQ(limits->locked_memory_bytes, kUnlimited);
}

TEST(DoctorLimitsTest, TextWithoutThemIsNothing) {
  EXPECT_FALSE(ParseLimits("").has_value());
  EXPECT_FALSE(ParseLimits("Max open files 1 2\n").has_value());
  EXPECT_FALSE(ParseLimits("Max open files 1 x\nMax locked memory 1 2 bytes\n").has_value());
  EXPECT_FALSE(ParseLimits("Max open files 1\nMax locked memory 1 2 bytes\n").has_value());
}

TEST(DoctorLimitsTest, LimitsOfAnotherProcess) {
  discovery::SysfsTree proc;
  proc.Write("812/limits", kText);
  EXPECT_EQ(ReadLimitsOf(proc.root(), 812)->open_files, 4096U);
  EXPECT_FALSE(ReadLimitsOf(proc.root(), 813).has_value());
  const auto own = ReadLimitsOf("/proc", static_cast<std::uint32_t>(getpid()));
  ASSERT_TRUE(own.has_value());
  EXPECT_EQ(own->open_files, ReadOwnLimits().open_files);
  EXPECT_EQ(own->locked_memory_bytes, ReadOwnLimits().locked_memory_bytes);
}

TEST(DoctorLimitsTest, EveryDeviceMayNeedTwoDescriptors) {
  EXPECT_EQ(JudgeLimits(Facts(2'064, 1'000))[0].level, Level::kOk);
  const Finding finding = JudgeLimits(Facts(2'063, 1'000))[0];
  EXPECT_EQ(finding.level, Level::kProblem);
  EXPECT_EQ(finding.text,
            "a process that is started here may open 2063 files; 1000 devices may need 2064");
  EXPECT_NE(finding.remedy.find("LimitNOFILE=2064"), std::string::npos) << finding.remedy;
}

TEST(DoctorLimitsTest, RunningDaemonsLimitsAreNamedAsIts) {
  LimitFacts facts = Facts(kUnlimited, 10);
  facts.daemon_pid = 812;
  const Findings findings = JudgeLimits(facts);
  EXPECT_EQ(findings[0].text,
            "the running pathwatchd (pid 812) may open unlimited files; 10 devices may need 84");
  EXPECT_EQ(findings[0].level, Level::kOk);
}

TEST(DoctorLimitsTest, LockedMemoryIsLeftToTheFindingAboutTheRingThatFailed) {
  EXPECT_EQ(JudgeLimits(Facts(1'000, 1)).size(), 2U);
  LimitFacts facts = Facts(1'000, 1);
  facts.ring_works = false;
  EXPECT_EQ(JudgeLimits(facts).size(), 1U);
}

}  // namespace
}  // namespace pathwatch::cli
