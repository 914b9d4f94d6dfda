#include "lib/config/option.h"

#include <array>

namespace pathwatch::config {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kSecond = 1'000 * kMillisecond;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;

constexpr std::string_view kLevels = "debug info warn error";

enum class Effect { kAtStart, kAtExporterStart, kOnReload, kOnReloadPerArray };
using enum Effect;
using enum OptionId;

struct Key {
  OptionId id;
  std::string_view table;
  std::string_view name;
};

struct Range {
  std::int64_t least = 0;
  std::int64_t most = 0;
};

constexpr Option Row(const Key& key, Type type, Range range, std::string_view choices,
                     std::string_view fallback, Effect effect, std::string_view help) {
  return {.id = key.id,
          .table = key.table,
          .name = key.name,
          .type = type,
          .least = range.least,
          .most = range.most,
          .choices = choices,
          .fallback = fallback,
          .reloadable = effect == kOnReload || effect == kOnReloadPerArray,
          .exporter = effect == kAtExporterStart,
          .per_array = effect == kOnReloadPerArray,
          .help = help};
}

constexpr Option Duration(const Key& key, Range range, std::string_view fallback, Effect effect,
                          std::string_view help) {
  return Row(key, Type::kDuration, range, "", fallback, effect, help);
}

constexpr Option Count(const Key& key, Range range, std::string_view fallback, Effect effect,
                       std::string_view help) {
  return Row(key, Type::kCount, range, "", fallback, effect, help);
}

constexpr Option Choice(const Key& key, std::string_view choices, std::string_view fallback,
                        Effect effect, std::string_view help) {
  return Row(key, Type::kChoice, {}, choices, fallback, effect, help);
}

constexpr Option Text(const Key& key, std::string_view fallback, std::string_view help) {
  return Row(key, Type::kText, {}, "", fallback, kAtStart, help);
}

constexpr Option Mode(const Key& key, std::string_view fallback, std::string_view help) {
  return Row(key, Type::kMode, {}, "", fallback, kAtStart, help);
}

constexpr Option Address(const Key& key, std::string_view fallback, Effect effect,
                         std::string_view help) {
  return Row(key, Type::kAddress, {}, "", fallback, effect, help);
}

constexpr Option PathRules(const Key& key, std::string_view help) {
  return Row(key, Type::kPathRules, {}, "", "[]", kOnReload, help);
}

constexpr std::array<Option, kOptionCount> kOptions = {{
    Text({kRunDir, "daemon", "run_dir"}, R"("/run/pathwatch")",
         "Directory in which the state and the sockets are."),
    Text({kSysfs, "daemon", "sysfs"}, R"("/sys")", "Where sysfs is mounted."),
    Text({kDev, "daemon", "dev"}, R"("/dev")", "Directory of the device nodes."),
    Text({kBsgDir, "daemon", "bsg_dir"}, R"("")",
         "Directory of the bsg nodes. Empty: the directory \"bsg\" in that of the device nodes."),
    Choice({kPassthrough, "daemon", "passthrough"}, "auto bsg_uring sg_async", R"("auto")",
           kOnReload,
           "How commands reach the devices: through io_uring commands on their bsg nodes (Linux "
           "7.1 or newer), through the sg driver, or, for each device, in the best way that its "
           "nodes offer."),
    Duration({kRescan, "daemon", "rescan"}, {kSecond, 24 * kHour}, R"("30s")", kOnReload,
             "Time between two looks at which devices exist."),
    Duration({kRemovedKeep, "daemon", "removed_keep"}, {kMinute, 720 * kHour}, R"("24h")",
             kOnReload,
             "How long a path whose device was deleted stays known, with its history, for the "
             "case that it comes back."),
    Count({kRemovedMax, "daemon", "removed_max"}, {0, 1'000'000}, "10000", kOnReload,
          "How many paths whose devices were deleted stay known. If there are more, those that "
          "were removed first are "
          "forgotten."),
    Choice({kLogLevel, "daemon", "log_level"}, kLevels, R"("info")", kOnReload,
           "Least level of the lines in the log."),
    Choice({kLogTarget, "daemon", "log_target"}, "auto stderr journal", R"("auto")", kAtStart,
           "Where the log goes. auto: to the journal when stderr is connected to it, else to "
           "stderr."),
    Count({kLogRepeats, "daemon", "log_repeats"}, {1, 10'000}, "10", kOnReload,
          "How many lines about one path with one cause are logged per log_period. The others "
          "are counted, and their number is logged later."),
    Duration({kLogPeriod, "daemon", "log_period"}, {kSecond, 24 * kHour}, R"("10m")", kOnReload,
             "Over which time log_repeats counts."),
    Count({kLogChangesMax, "daemon", "log_changes_max"}, {1, 100'000}, "50", kOnReload,
          "How many changes of state are logged per second, of all paths together."),

    Duration({kInterval, "check", "interval"}, {100 * kMillisecond, kHour}, R"("5s")",
             kOnReloadPerArray, "Time between the checks of a path."),
    Duration({kDeadline, "check", "deadline"}, {100 * kMillisecond, 2 * kMinute}, R"("5s")",
             kOnReloadPerArray,
             "When a check without a reply makes a path no_answer. The command stays out: a short "
             "deadline aborts nothing, and starts no error handling."),
    Duration({kRefresh, "check", "refresh"}, {0, 24 * kHour}, R"("60s")", kOnReloadPerArray,
             "Time between two readings of the target port groups and the identity of a logical "
             "unit without an occasion. 0s: only on occasions, such as a unit attention."),
    Duration({kCommandTimeoutMin, "check", "command_timeout_min"}, {5 * kSecond, 10 * kMinute},
             R"("30s")", kOnReloadPerArray,
             "Least kernel timeout of a command. It is the device's own timeout in sysfs, within "
             "command_timeout_min and command_timeout_max. When it expires, the kernel starts "
             "error handling, which stops every logical unit of the host: leave it long."),
    Duration({kCommandTimeoutMax, "check", "command_timeout_max"}, {5 * kSecond, 10 * kMinute},
             R"("2m")", kOnReloadPerArray,
             "Greatest kernel timeout of a command, whatever the device's own timeout is. Error "
             "handling waits for every command of the host that is out."),
    Duration({kTransitionLimit, "check", "transition_limit"}, {kSecond, kHour}, R"("60s")",
             kOnReloadPerArray,
             "How long a target port group may be in transition if the array does not say, and "
             "how long a logical unit may take to become ready."),
    Count({kRetryLaterMax, "check", "retry_later_max"}, {1, 1'000}, "6", kOnReloadPerArray,
          "After how many replies in a row that ask for patience a path is down, for example while "
          "a controller is quiesced. A busy device or a full queue never makes it down."),
    Duration({kRetryLaterPause, "check", "retry_later_pause"}, {100 * kMillisecond, 5 * kMinute},
             R"("1s")", kOnReloadPerArray,
             "Pause before the next check after a reply that asks for patience."),
    Count({kNexusCommandsMax, "check", "nexus_commands_max"}, {1, 256}, "8", kOnReload,
          "How many commands may be out per I_T nexus."),
    Count({kHostCommandsMax, "check", "host_commands_max"}, {1, 4'096}, "64", kOnReload,
          "How many commands may be out per SCSI host."),
    Count({kHostQueueDivisor, "check", "host_queue_divisor"}, {2, 1'024}, "8", kOnReload,
          "A SCSI host also never has more commands of pathwatchd than its can_queue divided by "
          "this, but always one."),
    Count({kNexusSilentAfter, "check", "nexus_silent_after"}, {2, 64}, "4", kOnReload,
          "An I_T nexus is silent when so many of its commands are past their deadline and "
          "nothing that was sent after them is answered. One command at a time probes it then."),
    Duration({kBackOffFirst, "check", "back_off_first"}, {kSecond, 10 * kMinute}, R"("5s")",
             kOnReload,
             "How long the next check of a path waits after a kernel timeout. The time is doubled "
             "after each further one."),
    Duration({kBackOffMax, "check", "back_off_max"}, {kSecond, kHour}, R"("2m")", kOnReload,
             "Longest wait after kernel timeouts, also between the probes of a silent I_T nexus."),
    Duration({kBackOffLunLostMax, "check", "back_off_lun_lost_max"}, {kSecond, 10 * kMinute},
             R"("20s")", kOnReload,
             "Longest wait after kernel timeouts while the logical unit has no usable path."),

    PathRules({kInclude, "paths", "include"},
              "Only devices that match one of these rules are watched. Empty: all are."),
    PathRules({kExclude, "paths", "exclude"},
              "Devices that match one of these rules are not watched, even if they are included."),

    Address({kListen, "metrics", "listen"}, R"("127.0.0.1:9837")", kAtExporterStart,
            "Where pathwatch-exporter serves /metrics over HTTP. 0.0.0.0 is every address of this "
            "host. Nothing is encrypted, and nobody is asked for a password: who can reach it can "
            "read everything."),
    Choice({kPerPath, "metrics", "per_path"}, "auto all problem none", R"("auto")",
           kAtExporterStart,
           "Which paths have series of their own: all, those with a problem (not usable, "
           "unconfirmed, stale, or changed within the last hour) or none. auto: all up to "
           "all_paths_max paths, above that those with a problem."),
    Count({kAllPathsMax, "metrics", "all_paths_max"}, {0, 4'000'000}, "10000", kAtExporterStart,
          "Up to how many paths per_path = \"auto\" means all."),
    Duration({kRequestTimeout, "metrics", "request_timeout"}, {100 * kMillisecond, 10 * kMinute},
             R"("10s")", kAtExporterStart,
             "How long a client may take to say what it wants, and then to read the answer."),

    Mode({kSocketMode, "query", "socket_mode"}, R"("0660")",
         "Permissions of the socket io.pathwatch: who may write to it may ask."),
    Text({kSocketGroup, "query", "socket_group"}, R"("")",
         "Group that may read the published state and connect to the socket io.pathwatch, by name "
         "or number. Empty: the group pathwatch if there is one, otherwise pathwatchd's own."),
    Text({kAdminGroup, "query", "admin_group"}, R"("")",
         "Group whose members may have paths checked, identities accepted and the configuration "
         "read again, by name or number; it is also the group of the control socket. Empty: only "
         "root and pathwatchd's own user may."),
    Count({kConnectionsMax, "query", "connections_max"}, {1, 100'000}, "4096", kAtStart,
          "How many clients may be connected to the socket io.pathwatch."),
    Count({kConnectionsPerUid, "query", "connections_per_uid"}, {1, 100'000}, "256", kAtStart,
          "How many clients of one user may be connected to the socket io.pathwatch."),
}};

constexpr bool InOrderOfIds() {
  for (std::size_t i = 0; i < kOptions.size(); i++) {
    if (static_cast<std::size_t>(kOptions[i].id) != i) return false;
  }
  return true;
}
static_assert(InOrderOfIds());

constexpr std::array<std::string_view, 8> kTables = {"daemon", "check",   "paths", "fc",
                                                     "iscsi",  "metrics", "query", "array"};

}  // namespace

std::span<const Option> Options() { return kOptions; }

const Option& OptionOf(OptionId id) { return kOptions[static_cast<std::size_t>(id)]; }

std::span<const std::string_view> Tables() { return kTables; }

}  // namespace pathwatch::config
