// Reads multipathd's configuration as far as path checkers and priorities are concerned.
//
// It is more tolerant than multipathd: what it does not understand it leaves out, and says so
// where a brace is missing. multipath.conf(5): one keyword per line, sections in braces, comments
// from '#' or '!' to the end of the line, values in double quotes, in which "" is a quote.
//
// Thread rule: ReadMultipathConf reads files; the rest is pure. Any thread.
#ifndef PATHWATCH_SERVICE_CLI_MULTIPATH_CONF_H_
#define PATHWATCH_SERVICE_CLI_MULTIPATH_CONF_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pathwatch::cli {

struct MultipathSection {
  std::string name;  // "defaults", "overrides", or "device VENDOR/PRODUCT"
  // Of a device: extended regular expressions; empty: any.
  std::string vendor;
  std::string product;
  std::map<std::string, std::string> settings;  // polling_interval, path_checker, ...
};

struct MultipathConf {
  std::vector<std::string> files;  // that were read
  // Those that hold a setting about checks or priorities. Sections of the same name are one, the
  // last word counts.
  std::vector<MultipathSection> sections;
  std::vector<std::string> remarks;  // clauses about what could not be read or understood
};

// Adds what `text`, the content of `file`, says. Any text is harmless.
void AddMultipathText(std::string_view text, const std::string& file, MultipathConf& conf);

// Reads <etc_dir>/multipath.conf and <etc_dir>/multipath/conf.d/*.conf in the order of their names.
// Files that do not exist are no remark.
MultipathConf ReadMultipathConf(const std::string& etc_dir);

// The value of `keyword` in the section `name`; empty if there is none.
std::string Setting(const MultipathConf& conf, std::string_view name, const std::string& keyword);

// The same for one section.
std::string Setting(const MultipathSection& section, const std::string& keyword);

// What counts for the devices of `section`, as multipathd looks it up: the overrides, then the
// section, then the defaults. Empty if none of them says anything: the built-in settings count.
std::string EffectiveSetting(const MultipathConf& conf, const MultipathSection& section,
                             const std::string& keyword);

// Whether the section of a device is for an array of that name, as multipathd matches it. A pattern
// that is no regular expression matches nothing.
bool Matches(const MultipathSection& section, const std::string& vendor,
             const std::string& product);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_MULTIPATH_CONF_H_
