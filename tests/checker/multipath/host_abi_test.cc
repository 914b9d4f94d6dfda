// Who has loaded the plugin. What versions export is tried in abi/, by programs that export it.
#include "lib/checker/multipath/host_abi.h"

#include <errno.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace pathwatch::checker {
namespace {

bool Yes(const pwm_checker* /*checker*/) { return true; }
bool No(const pwm_checker* /*checker*/) { return false; }

TEST(HostAbiTest, OnlyTheCommandAsksOnceWhateverMultipathdWasToldToDo) {
  const pwm_checker checker{};
  const auto asks_once = [&checker](auto* is_sync, bool is_daemon) {
    const pwm_host host = {PWM_LAYOUT_0_7, is_sync, is_daemon};
    return pwm_asks_once(&host, &checker);
  };
  EXPECT_TRUE(asks_once(Yes, false));
  EXPECT_FALSE(asks_once(Yes, true)) << "force_sync: an own check must not make multipathd wait";
  EXPECT_FALSE(asks_once(No, false));
  const pwm_host unknown = {PWM_LAYOUT_UNKNOWN, nullptr, false};
  EXPECT_FALSE(pwm_asks_once(&unknown, &checker));
}

TEST(HostAbiTest, DaemonIsKnownByItsName) {
  char* const name = program_invocation_short_name;
  std::string daemon = "multipathd";
  program_invocation_short_name = daemon.data();
  EXPECT_TRUE(pwm_find_host().is_daemon);
  daemon.resize(daemon.size() - 1);
  EXPECT_FALSE(pwm_find_host().is_daemon);
  program_invocation_short_name = name;
}

TEST(HostAbiTest, MessageGoesWhereTheLayoutHasIt) {
  for (const auto& [layout, offset] :
       {std::pair{PWM_LAYOUT_0_7, 20}, {PWM_LAYOUT_0_11, 24}, {PWM_LAYOUT_UNKNOWN, 0}}) {
    alignas(pwm_checker) char bytes[64];
    char expected[64];
    std::memset(bytes, 0x11, sizeof bytes);
    std::memset(expected, 0x11, sizeof expected);
    const short message = 123;
    if (offset != 0) std::memcpy(expected + offset, &message, sizeof message);
    const pwm_host host = {layout, nullptr, false};
    pwm_set_message(&host, reinterpret_cast<pwm_checker*>(bytes), message);
    EXPECT_EQ(std::memcmp(bytes, expected, sizeof bytes), 0) << offset;
  }
}

}  // namespace
}  // namespace pathwatch::checker
