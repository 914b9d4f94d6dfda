#include "service/daemon/settings.h"

#include <optional>

namespace pathwatch::service {
namespace {

using config::Configuration;
using config::OptionId;

std::uint32_t Count(const Configuration& configuration, OptionId id) {
  return static_cast<std::uint32_t>(configuration.Number(id));
}

std::optional<pw_passthrough> Ordered(const std::string& word) {
  if (word == "bsg_uring") return PW_PASSTHROUGH_BSG_URING;
  if (word == "sg_async") return PW_PASSTHROUGH_SG_ASYNC;
  return std::nullopt;
}

}  // namespace

health::Policy PolicyFor(const Configuration& configuration, const config::Target& target) {
  const auto milliseconds = [&](OptionId id) {
    return static_cast<std::uint32_t>(configuration.Number(id, target) / health::kMillisecond);
  };
  health::Policy policy;
  policy.interval_ns = configuration.Number(OptionId::kInterval, target);
  policy.deadline_ns = configuration.Number(OptionId::kDeadline, target);
  policy.refresh_ns = configuration.Number(OptionId::kRefresh, target);
  policy.command_timeout_min_ms = milliseconds(OptionId::kCommandTimeoutMin);
  policy.command_timeout_max_ms = milliseconds(OptionId::kCommandTimeoutMax);
  policy.transition_limit_ns = configuration.Number(OptionId::kTransitionLimit, target);
  policy.retry_later_max =
      static_cast<std::uint32_t>(configuration.Number(OptionId::kRetryLaterMax, target));
  policy.retry_later_pause_ns = configuration.Number(OptionId::kRetryLaterPause, target);
  return policy;
}

health::Options HealthOptions(const Configuration& configuration) {
  health::Options options;
  static_cast<health::Policy&>(options) = PolicyFor(configuration, {});
  options.nexus_commands_max = Count(configuration, OptionId::kNexusCommandsMax);
  options.host_commands_max = Count(configuration, OptionId::kHostCommandsMax);
  options.host_queue_divisor = Count(configuration, OptionId::kHostQueueDivisor);
  options.nexus_silent_after = Count(configuration, OptionId::kNexusSilentAfter);
  options.back_off_first_ns = configuration.Number(OptionId::kBackOffFirst);
  options.back_off_max_ns = configuration.Number(OptionId::kBackOffMax);
  options.back_off_lun_lost_max_ns = configuration.Number(OptionId::kBackOffLunLostMax);
  options.removed_keep_ns = configuration.Number(OptionId::kRemovedKeep);
  options.removed_max = Count(configuration, OptionId::kRemovedMax);
  return options;
}

LocalOptions LocalOptionsOf(const Configuration& configuration) {
  LocalOptions options;
  options.sysfs_root = configuration.Text(OptionId::kSysfs);
  options.dev_dir = configuration.Text(OptionId::kDev);
  options.bsg_dir = configuration.Text(OptionId::kBsgDir);
  if (options.bsg_dir.empty()) options.bsg_dir = options.dev_dir + "/bsg";
  options.ordered = Ordered(configuration.Text(OptionId::kPassthrough));
  return options;
}

LogOptions LogOptionsOf(const Configuration& configuration) {
  LogOptions options;
  // The table admits no other words than those that these know.
  options.target = LogTargetOf(configuration.Text(OptionId::kLogTarget)).value_or(options.target);
  options.level = LogLevelOf(configuration.Text(OptionId::kLogLevel)).value_or(options.level);
  options.repeats = Count(configuration, OptionId::kLogRepeats);
  options.period_ns = configuration.Number(OptionId::kLogPeriod);
  options.changes_max_per_s = Count(configuration, OptionId::kLogChangesMax);
  return options;
}

}  // namespace pathwatch::service
