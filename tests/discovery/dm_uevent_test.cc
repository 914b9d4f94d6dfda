#include "lib/discovery/dm_uevent.h"

#include <gtest/gtest.h>
#include <sys/sysmacros.h>

#include <cstddef>
#include <initializer_list>
#include <random>
#include <span>
#include <string>

#include "tests/fuzz/seed.h"

namespace pathwatch::discovery {
namespace {

absl::StatusOr<std::optional<DmPathUevent>> Parse(const std::string& text) {
  return ParseDmPathUevent(std::as_bytes(std::span(text)));
}

std::string Uevent(std::initializer_list<const char*> parts) {
  std::string text;
  for (const char* part : parts) text.append(part).push_back('\0');
  return text;
}

// As Linux 6.12 sends it when a path of a map fails.
std::string PathFailed(const char* action = "DM_ACTION=PATH_FAILED",
                       const char* path = "DM_PATH=8:32") {
  return Uevent({"change@/devices/virtual/block/dm-0", "ACTION=change",
                 "DEVPATH=/devices/virtual/block/dm-0", "SUBSYSTEM=block", "DM_TARGET=multipath",
                 action, "DM_SEQNUM=7", path, "DM_NR_VALID_PATHS=3", "DM_NAME=mpatha",
                 "DM_UUID=mpath-360014055a7e0000000040000000000a", "MAJOR=254", "MINOR=0",
                 "DEVNAME=dm-0", "DEVTYPE=disk", "DISKSEQ=9", "SEQNUM=2105"});
}

TEST(DmUevent, TellsWhichPathOfWhichMapHasFailed) {
  const auto uevent = Parse(PathFailed());
  ASSERT_TRUE(uevent.ok()) << uevent.status();
  EXPECT_EQ(*uevent, (DmPathUevent{true, makedev(8, 32), "mpatha"}));
}

TEST(DmUevent, TellsThatAPathIsUsedAgain) {
  const auto uevent = Parse(PathFailed("DM_ACTION=PATH_REINSTATED", "DM_PATH=65:4096"));
  ASSERT_TRUE(uevent.ok()) << uevent.status();
  EXPECT_EQ(*uevent, (DmPathUevent{false, makedev(65, 4096), "mpatha"}));
}

TEST(DmUevent, OfOtherThingsIsNotLookedAt) {
  for (const std::string& text :
       {std::string(), std::string("x"), std::string(3, '\0'), Uevent({"add@/devices/x"}),
        Uevent({"change@/x", "SUBSYSTEM=block", "RESIZE=1"}),
        Uevent({"change@/x", "SUBSYSTEM=scsi", "DM_ACTION=PATH_FAILED", "DM_PATH=8:32"}),
        Uevent({"DM_ACTION=PATH_FAILED", "DM_PATH=8:32"}),
        Uevent({"change@/x", "SUBSYSTEM=block", "XDM_ACTION=PATH_FAILED", "DM_PATH=8:32"}),
        PathFailed("DM_ACTION=PATH_FAILED_NOT")}) {
    const auto uevent = Parse(text);
    ASSERT_TRUE(uevent.ok()) << uevent.status();
    EXPECT_FALSE(uevent->has_value()) << text;
  }
}

TEST(DmUevent, WithoutAProperDeviceNumberIsQuoted) {
  for (const char* path : {"DM_PATH=sdb", "DM_PATH=8", "DM_PATH=8:", "DM_PATH=:8", "DM_PATH=8:-1",
                           "DM_PATH=8:16 ", "DM_PATH=4294967296:0", "DM_PATH=", "X=1"}) {
    EXPECT_FALSE(Parse(PathFailed("DM_ACTION=PATH_FAILED", path)).ok()) << path;
  }
  EXPECT_EQ(Parse(PathFailed("DM_ACTION=PATH_FAILED", "DM_PATH=sd\x1b")).status().message(),
            "device mapper reports PATH_FAILED of a path \"sd\\033\", which is no device number "
            "MAJOR:MINOR");
}

TEST(DmUevent, WithoutANameStillTellsThePath) {
  const auto uevent =
      Parse(Uevent({"change@/x", "SUBSYSTEM=block", "DM_ACTION=PATH_FAILED", "DM_PATH=8:32"}));
  ASSERT_TRUE(uevent.ok()) << uevent.status();
  EXPECT_EQ(*uevent, (DmPathUevent{true, makedev(8, 32), ""}));
}

TEST(DmUevent, BrokenInAnyWayIsHarmless) {
  std::mt19937_64 random(Seed());
  const std::string whole = PathFailed();
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    (void)Parse(whole.substr(0, length));
  }
  int understood = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = whole;
    for (int change = 0; change < 3; ++change) {
      text[random() % text.size()] = static_cast<char>(random() % 256);
    }
    const auto uevent = Parse(text);
    understood += uevent.ok() && uevent->has_value();
  }
  EXPECT_GT(understood, 5'000);
}

}  // namespace
}  // namespace pathwatch::discovery
