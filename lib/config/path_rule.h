// Which devices an operator wants to have watched: [paths] include and exclude.
//
// A rule is "KIND=PATTERN". In a pattern "*" stands for any text and "?" for any character.
//   wwid=3600a0b80*       the logical unit, as dm and udev name it
//   array=VENDOR/PRODUCT  INQUIRY data, without the blanks at the end
//   path=3:0:0:1          host, channel, target, LUN; each a number or "*"
//   transport=iscsi       fc, iscsi, sas, other
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_CONFIG_PATH_RULE_H_
#define PATHWATCH_LIB_CONFIG_PATH_RULE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace pathwatch::config {

enum class Transport : std::uint8_t { kOther, kFc, kIscsi, kSas };
std::string_view Name(Transport transport);  // "fc"

// What of a device decides which rules and policies are for it. REQUIRES: the texts outlive this.
struct Target {
  std::string_view wwid;
  std::string_view vendor;  // without the blanks at the end, as the product
  std::string_view product;
  std::string_view path;  // "3:0:0:1"
  Transport transport = Transport::kOther;
};

// "*" any text, "?" any character.
bool Matches(std::string_view pattern, std::string_view text);
// `pattern` is "VENDOR/PRODUCT". A product may contain "/", a vendor not.
bool MatchesArray(std::string_view pattern, const Target& target);

// ok, or a sentence that quotes the rule and says what is expected (for a kind that does not
// exist, also the most similar one).
absl::Status CheckPathRule(std::string_view rule);
// REQUIRES: CheckPathRule(rule).ok().
bool MatchesRule(std::string_view rule, const Target& target);

// The first rule of `exclude` that matches, or, with a non-empty `include` of which none matches,
// "no rule of include". Empty: the device is to be watched. `rules` are checked ones.
std::string_view LeftOutBy(const std::vector<std::string>& include,
                           const std::vector<std::string>& exclude, const Target& target);

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_PATH_RULE_H_
