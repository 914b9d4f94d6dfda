#include "lib/publish/boot_id.h"

#include <gtest/gtest.h>

namespace pathwatch::publish {
namespace {

TEST(BootIdTest, KernelsTextIsParsed) {
  const auto id = ParseBootId("00010203-0405-0607-0809-0a0b0c0d0eFF\n");
  ASSERT_TRUE(id);
  EXPECT_EQ(*id, (BootId{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255}));
}

TEST(BootIdTest, OtherTextIsRefused) {
  EXPECT_FALSE(ParseBootId(""));
  EXPECT_FALSE(ParseBootId("00010203-0405-0607-0809-0a0b0c0d0e"));
  EXPECT_FALSE(ParseBootId("00010203-0405-0607-0809-0a0b0c0d0e0f0"));
  EXPECT_FALSE(ParseBootId("0001020g-0405-0607-0809-0a0b0c0d0e0f"));
}

TEST(BootIdTest, ThisMachineHasOne) {
  const auto id = ReadBootId();
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_NE(*id, BootId{});
}

TEST(BootIdTest, UnreadableFileIsNamed) {
  EXPECT_EQ(std::string(ReadBootId("/nonexistent/boot_id").status().message()),
            "cannot read /nonexistent/boot_id: No such file or directory; mount /proc");
  EXPECT_EQ(std::string(ReadBootId("/dev/null").status().message()),
            "/dev/null holds no boot id: mount /proc");
}

}  // namespace
}  // namespace pathwatch::publish
