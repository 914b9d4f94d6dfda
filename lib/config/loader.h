// Turns what files and the command line say into a Configuration, and says what is wrong with it.
//
// Thread rule: one thread at a time.
#ifndef PATHWATCH_LIB_CONFIG_LOADER_H_
#define PATHWATCH_LIB_CONFIG_LOADER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/config/configuration.h"
#include "lib/config/toml_reader.h"

namespace pathwatch::config {

// Problems of one file beyond these are only counted.
inline constexpr std::size_t kProblemsPerFileMax = 100;

class Loader {
 public:
  // Each file once, in the order in which they count.
  void LoadFile(const SourceFile& file);
  void LoadCommandLine(const CommandLine& command_line);

  // REQUIRES: nothing else is called afterwards.
  Loaded TakeResult();

 private:
  // A table that options may stand in.
  struct Scope {
    std::string_view table;  // as Tables() has it
    std::string name;        // for messages: "check", "array.\"LSI/*\""
    Place place;
    Settings& settings;
  };

  void LoadTopLevel(const TomlEntry& entry);
  void LoadUnknown(const TomlEntry& entry);
  void LoadTable(std::string_view table, const TomlTable& content);
  void LoadArrays(const TomlTable& arrays);
  void LoadArray(const TomlEntry& array);
  void LoadOptions(const TomlTable& content, const Scope& scope);
  void LoadOption(const TomlEntry& entry, const Scope& scope);
  std::optional<Value> ValueOf(const Option& option, const std::string& name,
                               const TomlEntry& entry);
  bool CheckRules(const Option& option, const std::string& name, const TomlEntry& entry);
  std::string WhyUnknown(const std::string& key, const Scope& scope) const;
  void Complain(std::uint32_t line, std::string what);
  void FinishFile();

  Configuration configuration_;
  std::vector<Problem> problems_;
  // Of the file that is being loaded.
  std::string file_;
  std::vector<Problem> file_problems_;
};

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_LOADER_H_
