// The options: one table with the type, unit, range, default and meaning of each.
//
// Thread rule: constant data, any thread.
#ifndef PATHWATCH_LIB_CONFIG_OPTION_H_
#define PATHWATCH_LIB_CONFIG_OPTION_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace pathwatch::config {

// The order of the table.
enum class OptionId : std::uint8_t {
  kRunDir,
  kSysfs,
  kDev,
  kBsgDir,
  kPassthrough,
  kRescan,
  kRemovedKeep,
  kRemovedMax,
  kLogLevel,
  kLogTarget,
  kLogRepeats,
  kLogPeriod,
  kLogChangesMax,
  kInterval,
  kDeadline,
  kRefresh,
  kCommandTimeoutMin,
  kCommandTimeoutMax,
  kTransitionLimit,
  kRetryLaterMax,
  kRetryLaterPause,
  kNexusCommandsMax,
  kHostCommandsMax,
  kHostQueueDivisor,
  kNexusSilentAfter,
  kBackOffFirst,
  kBackOffMax,
  kBackOffLunLostMax,
  kInclude,
  kExclude,
  kListen,
  kPerPath,
  kAllPathsMax,
  kRequestTimeout,
  kSocketMode,
  kSocketGroup,
  kAdminGroup,
  kConnectionsMax,
  kConnectionsPerUid,
};
inline constexpr std::size_t kOptionCount = 39;

enum class Type : std::uint8_t {
  kDuration,   // "500ms", "5s", "1h30m"; in nanoseconds here
  kCount,      // a whole number
  kChoice,     // one word of a list
  kText,       // any text without control characters
  kMode,       // permissions, as "0660"
  kAddress,    // an IPv4 address and a port, see listen_address.h; kept as text
  kPathRules,  // a list of texts, see path_rule.h
};

struct Option {
  OptionId id;
  std::string_view table;  // "check"
  std::string_view name;   // "interval"; on the command line "--interval", "_" written as "-"
  Type type;
  // Of a duration (nanoseconds) or a count, both possible.
  std::int64_t least;
  std::int64_t most;
  std::string_view choices;   // the words, separated by a blank
  std::string_view fallback;  // the default, as a file would have it after the "="
  bool reloadable;            // a change takes effect on SIGHUP; else at the next start
  bool exporter;              // for pathwatch-exporter alone, at its next start
  bool per_array;             // may also stand in [fc], [iscsi] and [array."VENDOR/PRODUCT"]
  std::string_view help;      // sentences
};

// All, in the order of OptionId.
std::span<const Option> Options();
const Option& OptionOf(OptionId id);

// The tables of a file in the order of the documentation: "daemon", "check", "paths", "fc",
// "iscsi", "metrics", "query", "array".
std::span<const std::string_view> Tables();

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_OPTION_H_
