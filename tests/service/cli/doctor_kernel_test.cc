#include "service/cli/doctor_kernel.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "lib/ring/setup_error.h"

namespace pathwatch::cli {
namespace {

ring::Loop::Features Granted(bool defer_taskrun, bool big_entries) {
  return {.big_entries = big_entries, .defer_taskrun = defer_taskrun};
}

KernelFacts GoodFacts() {
  return {.release = "6.12.0-7-amd64",
          .sysctls = {.disabled = 0, .group = -1},
          .ring = Granted(true, true),
          .commands = absl::OkStatus()};
}

KernelFacts Refused(int error, ring::Sysctls sysctls) {
  KernelFacts facts = GoodFacts();
  facts.sysctls = sysctls;
  facts.ring = ring::SetupError({.error = error, .entries = 1024, .sysctls = sysctls});
  facts.commands = facts.ring.status();
  return facts;
}

TEST(DoctorKernelTest, NewKernelIsFitInEveryRespect) {
  const Findings findings = JudgeKernel(GoodFacts());
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(Worst(findings), Level::kOk);
  EXPECT_EQ(findings[0].text, "Linux 6.12.0-7-amd64; the oldest that will do is 5.14");
  EXPECT_NE(findings[1].text.find("DEFER_TASKRUN"), std::string::npos);
}

TEST(DoctorKernelTest, OldKernelIsAProblemByName) {
  KernelFacts facts = GoodFacts();
  facts.release = "5.4.0-9";
  const Findings findings = JudgeKernel(facts);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kProblem);
  EXPECT_EQ(findings[0].text, "this host runs Linux 5.4.0-9, which is too old");
  EXPECT_EQ(findings[0].remedy, "Linux 5.14 or newer is needed.");
}

TEST(DoctorKernelTest, DisabledForEverybodyIsAProblemThatNamesTheSysctl) {
  const Findings findings = JudgeKernel(Refused(EPERM, {.disabled = 2, .group = -1}));
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[1].level, Level::kProblem);
  EXPECT_EQ(findings[1].name, "io_uring");
  EXPECT_NE(findings[1].text.find("kernel.io_uring_disabled = 2"), std::string::npos);
  EXPECT_EQ(findings[1].remedy, "Run 'sysctl kernel.io_uring_disabled=0'.");
}

TEST(DoctorKernelTest, DisabledSinceTheRingWasSetUpIsAProblemToo) {
  KernelFacts facts = GoodFacts();
  facts.sysctls.disabled = 2;
  EXPECT_EQ(JudgeKernel(facts)[1].level, Level::kProblem);
}

TEST(DoctorKernelTest, LeftToAGroupThatThisProcessLacksIsAProblem) {
  const Findings findings = JudgeKernel(Refused(EPERM, {.disabled = 1, .group = 993}));
  EXPECT_EQ(findings[1].level, Level::kProblem);
  EXPECT_NE(findings[1].remedy.find("group 993"), std::string::npos) << findings[1].remedy;
}

TEST(DoctorKernelTest, LeftToAGroupThatThisProcessHasIsSaid) {
  KernelFacts facts = GoodFacts();
  facts.sysctls = {.disabled = 1, .group = 993};
  const Finding finding = JudgeKernel(facts)[1];
  EXPECT_EQ(finding.level, Level::kOk);
  EXPECT_NE(finding.text.find("members of group 993"), std::string::npos) << finding.text;
  facts.sysctls.group = -1;
  EXPECT_EQ(JudgeKernel(facts)[1].text.find("group"), std::string::npos);
}

TEST(DoctorKernelTest, NoMemoryForARingIsAProblemWithTheLimitToRaise) {
  const Findings findings = JudgeKernel(Refused(ENOMEM, {}));
  EXPECT_EQ(findings[1].level, Level::kProblem);
  EXPECT_NE(findings[1].remedy.find("LimitMEMLOCK="), std::string::npos) << findings[1].remedy;
}

TEST(DoctorKernelTest, UnexpectedErrnoIsNoRemedy) {
  const Findings findings = JudgeKernel(Refused(EIO, {}));
  EXPECT_EQ(findings[1].level, Level::kProblem);
  EXPECT_NE(findings[1].text.find("Input/output error"), std::string::npos);
  EXPECT_EQ(findings[1].remedy, "Report this with the kernel's version and configuration.");
}

TEST(DoctorKernelTest, WithoutDeferTaskrunTheSetUpInUseIsNamed) {
  KernelFacts facts = GoodFacts();
  facts.ring = Granted(false, true);
  Finding finding = JudgeKernel(facts)[1];
  EXPECT_EQ(finding.level, Level::kWarning);
  EXPECT_NE(finding.text.find("COOP_TASKRUN"), std::string::npos) << finding.text;
  EXPECT_EQ(finding.remedy, "Run Linux 6.1 or newer.");
  facts.ring = Granted(false, false);
  finding = JudgeKernel(facts)[1];
  EXPECT_NE(finding.text.find("the plain set-up"), std::string::npos) << finding.text;
}

TEST(DoctorKernelTest, KernelWithoutCommandsIsNotAtFault) {
  KernelFacts facts = GoodFacts();
  facts.commands = absl::UnimplementedError("this kernel has none");
  const Finding finding = JudgeKernel(facts)[2];
  EXPECT_EQ(finding.level, Level::kOk);
  EXPECT_EQ(finding.text, "none, so that sg is used: this kernel has none");
}

TEST(DoctorKernelTest, CommandsThatALimitForbidsAreAWarning) {
  KernelFacts facts = GoodFacts();
  facts.commands = ring::SetupError({.error = EMFILE, .entries = 4});
  const Finding finding = JudgeKernel(facts)[2];
  EXPECT_EQ(finding.level, Level::kWarning);
  EXPECT_NE(finding.remedy.find("LimitNOFILE="), std::string::npos) << finding.remedy;
}

TEST(DoctorKernelTest, RunningKernelIsRead) {
  const KernelFacts facts = ReadKernelFacts(absl::OkStatus());
  ASSERT_TRUE(facts.ring.ok()) << facts.ring.status();
  EXPECT_GE(facts.ring->kernel_major, 5U);
  EXPECT_EQ(JudgeKernel(facts)[0].level, Level::kOk) << facts.release;
}

}  // namespace
}  // namespace pathwatch::cli
