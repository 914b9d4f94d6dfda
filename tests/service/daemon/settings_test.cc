// Every option reaches the part that it is for.
#include "service/daemon/settings.h"

#include <gtest/gtest.h>

#include "service/device_target.h"
#include "tests/config/loading.h"

namespace pathwatch::service {
namespace {

using health::kMillisecond;
using health::kSecond;

TEST(SettingsTest, WithoutAConfigurationTheCoreHasItsOwnDefaults) {
  const health::Options options = HealthOptions(config::GoodText(""));
  const health::Options expected;
  EXPECT_EQ(static_cast<const health::Policy&>(options),
            static_cast<const health::Policy&>(expected));
  EXPECT_EQ(options.nexus_commands_max, expected.nexus_commands_max);
  EXPECT_EQ(options.host_commands_max, expected.host_commands_max);
  EXPECT_EQ(options.host_queue_divisor, expected.host_queue_divisor);
  EXPECT_EQ(options.nexus_silent_after, expected.nexus_silent_after);
  EXPECT_EQ(options.back_off_first_ns, expected.back_off_first_ns);
  EXPECT_EQ(options.back_off_max_ns, expected.back_off_max_ns);
  EXPECT_EQ(options.back_off_lun_lost_max_ns, expected.back_off_lun_lost_max_ns);
  EXPECT_EQ(options.removed_keep_ns, expected.removed_keep_ns);
  EXPECT_EQ(options.removed_max, expected.removed_max);
}

TEST(SettingsTest, WithoutAConfigurationTheOtherPartsHaveTheirOwnDefaults) {
  const LocalOptions local = LocalOptionsOf(config::GoodText(""));
  EXPECT_EQ(local.sysfs_root, LocalOptions{}.sysfs_root);
  EXPECT_EQ(local.dev_dir, LocalOptions{}.dev_dir);
  EXPECT_EQ(local.bsg_dir, LocalOptions{}.bsg_dir);
  EXPECT_EQ(local.ordered, std::nullopt);
  const LogOptions log = LogOptionsOf(config::GoodText(""));
  EXPECT_EQ(log.target, LogOptions{}.target);
  EXPECT_EQ(log.level, LogOptions{}.level);
  EXPECT_EQ(log.repeats, LogOptions{}.repeats);
  EXPECT_EQ(log.period_ns, LogOptions{}.period_ns);
  EXPECT_EQ(log.changes_max_per_s, LogOptions{}.changes_max_per_s);
}

TEST(SettingsTest, OptionsOfTheCore) {
  const health::Options options = HealthOptions(config::GoodText(R"(
[daemon]
removed_keep = "2h"
removed_max = 11
[check]
interval = "12s"
deadline = "3s"
refresh = "0s"
command_timeout_min = "40s"
command_timeout_max = "50s"
transition_limit = "90s"
retry_later_max = 12
retry_later_pause = "2s"
nexus_commands_max = 13
host_commands_max = 14
host_queue_divisor = 15
nexus_silent_after = 16
back_off_first = "17s"
back_off_max = "18s"
back_off_lun_lost_max = "19s"
)"));
  EXPECT_EQ(options.removed_keep_ns, 2 * health::kHour);
  EXPECT_EQ(options.removed_max, 11u);
  EXPECT_EQ(options.interval_ns, 12 * kSecond);
  EXPECT_EQ(options.deadline_ns, 3 * kSecond);
  EXPECT_EQ(options.refresh_ns, 0);
  EXPECT_EQ(options.command_timeout_min_ms, 40'000u);
  EXPECT_EQ(options.command_timeout_max_ms, 50'000u);
  EXPECT_EQ(options.transition_limit_ns, 90 * kSecond);
  EXPECT_EQ(options.retry_later_max, 12u);
  EXPECT_EQ(options.retry_later_pause_ns, 2 * kSecond);
  EXPECT_EQ(options.nexus_commands_max, 13u);
  EXPECT_EQ(options.host_commands_max, 14u);
  EXPECT_EQ(options.host_queue_divisor, 15u);
  EXPECT_EQ(options.nexus_silent_after, 16u);
  EXPECT_EQ(options.back_off_first_ns, 17 * kSecond);
  EXPECT_EQ(options.back_off_max_ns, 18 * kSecond);
  EXPECT_EQ(options.back_off_lun_lost_max_ns, 19 * kSecond);
}

TEST(SettingsTest, OptionsOfTheDevicesAndOfTheLog) {
  const config::Configuration configuration = config::GoodText(R"(
[daemon]
sysfs = "/a"
dev = "/b"
passthrough = "sg_async"
log_level = "debug"
log_target = "stderr"
log_repeats = 3
log_period = "1m"
log_changes_max = 4
)");
  const LocalOptions local = LocalOptionsOf(configuration);
  EXPECT_EQ(local.sysfs_root, "/a");
  EXPECT_EQ(local.dev_dir, "/b");
  EXPECT_EQ(local.bsg_dir, "/b/bsg");
  EXPECT_EQ(local.ordered, PW_PASSTHROUGH_SG_ASYNC);
  const LogOptions log = LogOptionsOf(configuration);
  EXPECT_EQ(log.level, LogLevel::kDebug);
  EXPECT_EQ(log.target, LogTarget::kStderr);
  EXPECT_EQ(log.repeats, 3u);
  EXPECT_EQ(log.period_ns, 60 * kSecond);
  EXPECT_EQ(log.changes_max_per_s, 4u);
  EXPECT_EQ(LocalOptionsOf(config::GoodText("daemon.bsg_dir = \"/c\"\n")).bsg_dir, "/c");
}

TEST(SettingsTest, ThePolicyOfADeviceIsThatOfItsArrayThenOfItsTransport) {
  const config::Configuration configuration = config::GoodText(R"(
[fc]
interval = "10s"
deadline = "9s"
[array."ACME/disk"]
interval = "250ms"
)");
  discovery::DiscoveredPath facts;
  facts.vendor = "ACME";
  facts.product = "disk";
  const auto policy = PolicyFor(configuration, TargetOf(facts, discovery::Transport::kFc, ""));
  EXPECT_EQ(policy.interval_ns, 250 * kMillisecond);
  EXPECT_EQ(policy.deadline_ns, 9 * kSecond);
  EXPECT_EQ(policy.refresh_ns, 60 * kSecond);
}

}  // namespace
}  // namespace pathwatch::service
