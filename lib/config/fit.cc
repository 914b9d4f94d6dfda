#include "lib/config/fit.h"

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"

namespace pathwatch::config {
namespace {

// The value of `lesser` must not be above that of `greater`; with `strictly` not the same either.
struct Rule {
  OptionId lesser;
  OptionId greater;
  bool strictly;
  std::string_view why;
};

constexpr std::array kRules = {
    Rule{OptionId::kCommandTimeoutMin, OptionId::kCommandTimeoutMax, false,
         "the least timeout cannot be above the greatest"},
    Rule{OptionId::kBackOffFirst, OptionId::kBackOffMax, false,
         "the first wait cannot be above the longest"},
    Rule{OptionId::kDeadline, OptionId::kCommandTimeoutMin, true,
         "the kernel would end a command before its deadline, which then never counts"},
};

constexpr std::array kTransports = {Transport::kOther, Transport::kFc, Transport::kIscsi};

std::string PlaceOf(const Origin& origin) {
  switch (origin.place) {
    case Place::kDefault:
      return "default";
    case Place::kCommandLine:
      return "command line";
    default:
      return absl::StrCat(origin.file, ":", origin.line);
  }
}

std::string Said(const Option& option, const Setting& setting) {
  return absl::StrCat(std::string(option.name), " = ", TextOf(option, setting.value), " (",
                      PlaceOf(setting.origin), ")");
}

bool Fits(const Rule& rule, const Setting& lesser, const Setting& greater) {
  const auto a = std::get<std::int64_t>(lesser.value);
  const auto b = std::get<std::int64_t>(greater.value);
  return rule.strictly ? a < b : a <= b;
}

Problem Misfit(const Rule& rule, const Setting& lesser, const Setting& greater) {
  const Option& option = OptionOf(rule.lesser);
  const Origin& at = greater.origin.place > lesser.origin.place ? greater.origin : lesser.origin;
  const bool in_file = at.place != Place::kCommandLine;
  return {in_file ? at.file : "command line", at.line,
          absl::StrCat(std::string(option.table), ".", Said(option, lesser), " does not fit ",
                       Said(OptionOf(rule.greater), greater), ": ", std::string(rule.why),
                       "; lower the first or raise the second")};
}

// Vendor and product of a device that reads like the pattern; it matches it, since "*" and "?"
// match themselves.
Target TargetLike(std::string_view pattern, Transport transport) {
  const std::size_t slash = pattern.find('/');
  Target target;
  target.vendor = pattern.substr(0, slash);
  target.product = pattern.substr(slash + 1);
  target.transport = transport;
  return target;
}

class Search {
 public:
  explicit Search(const Configuration& configuration) : configuration_(configuration) {}

  void Look(const Target& target) {
    for (const Rule& rule : kRules) {
      const Setting& lesser = configuration_.Find(rule.lesser, target);
      const Setting& greater = configuration_.Find(rule.greater, target);
      if (!Fits(rule, lesser, greater) && seen_.insert({&lesser, &greater}).second) {
        misfits_.push_back(Misfit(rule, lesser, greater));
      }
    }
  }

  std::vector<Problem> TakeMisfits() { return std::move(misfits_); }

 private:
  const Configuration& configuration_;
  std::set<std::pair<const Setting*, const Setting*>> seen_;
  std::vector<Problem> misfits_;
};

}  // namespace

std::vector<Problem> FindMisfits(const Configuration& configuration) {
  Search search(configuration);
  for (const Transport transport : kTransports) {
    Target target;
    target.transport = transport;
    search.Look(target);
    for (const ArraySettings& array : configuration.arrays()) {
      search.Look(TargetLike(array.pattern, transport));
    }
  }
  return search.TakeMisfits();
}

}  // namespace pathwatch::config
