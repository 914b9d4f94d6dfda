// A configuration: what was said, where, and what counts.
//
//   Loaded loaded = Load(ReadSourceFiles(file, false).files, command_line);
//   if (loaded.problems.empty()) loaded.configuration.Number(OptionId::kInterval, target);
//
// What is said later wins: later in a file, in a later file. For a device, the most particular
// place that says something about the option counts: command line, [array."VENDOR/PRODUCT"],
// [fc] or [iscsi], the option's own table, its default.
//
// Thread rule: constant once made; any thread.
#ifndef PATHWATCH_LIB_CONFIG_CONFIGURATION_H_
#define PATHWATCH_LIB_CONFIG_CONFIGURATION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "lib/config/option.h"
#include "lib/config/path_rule.h"
#include "lib/config/problem.h"
#include "lib/config/source_files.h"
#include "lib/config/value.h"

namespace pathwatch::config {

enum class Place : std::uint8_t { kDefault, kGlobal, kTransport, kArray, kCommandLine };

struct Origin {
  Place place = Place::kDefault;
  std::string file;        // empty for kDefault and kCommandLine
  std::uint32_t line = 0;  // from 1
};

struct Setting {
  Value value;
  Origin origin;
};

// What is said in one place; nothing for options that it does not name.
using Settings = std::array<std::optional<Setting>, kOptionCount>;  // by OptionId

// More would make each look at what counts for a device long.
inline constexpr std::size_t kArraysMax = 1'024;

// An [array."VENDOR/PRODUCT"] table of one file.
struct ArraySettings {
  std::string pattern;  // "VENDOR/PRODUCT", maybe with "*" and "?"
  std::string file;
  std::uint32_t line = 0;
  Settings settings;
};

// Options that were given on the command line, as text.
using CommandLine = std::vector<std::pair<OptionId, std::string>>;

class Configuration {
 public:
  // All defaults.
  Configuration();

  // What counts for a device, or for an option that is not per_array and for devices that nothing
  // particular is said of: no array's table is for a target without vendor and product. Valid as
  // long as this object.
  const Setting& Find(OptionId id, const Target& target = {}) const;

  // The values of Find. REQUIRES: the type of the option.
  std::int64_t Number(OptionId id, const Target& target = {}) const;
  const std::string& Text(OptionId id) const;
  const std::vector<std::string>& List(OptionId id) const;

  // What was said where, for those who want to show all of it; arrays in the order in which they
  // count. REQUIRES: kFc or kIscsi.
  const Settings& of_transport(Transport transport) const;
  std::span<const ArraySettings> arrays() const { return arrays_; }

  std::size_t files() const { return files_; }
  // How many options were set in files, those included that a later place overrides.
  std::size_t settings() const { return settings_; }

 private:
  friend class Loader;

  Settings command_line_;
  Settings global_;
  Settings fc_;
  Settings iscsi_;
  std::vector<ArraySettings> arrays_;
  std::size_t files_ = 0;
  std::size_t settings_ = 0;
};

struct Loaded {
  Configuration configuration;    // to be used only without problems
  std::vector<Problem> problems;  // all that were found, in the order of files and lines
};

// Parses and checks everything; once nothing else is wrong, also that options fit together
// (command_timeout_min is not above command_timeout_max, ...), for each array and transport. A
// problem with the command line has the file "command line" and no line.
Loaded Load(std::span<const SourceFile> files, const CommandLine& command_line);

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_CONFIGURATION_H_
