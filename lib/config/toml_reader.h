// What a file says, before anybody knows what it means. The only user of the TOML library.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_CONFIG_TOML_READER_H_
#define PATHWATCH_LIB_CONFIG_TOML_READER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lib/config/problem.h"
#include "lib/config/source_files.h"

namespace pathwatch::config {

struct TomlEntry;

struct TomlTable {
  std::vector<TomlEntry> entries;  // in the order of lines
};

struct TomlText {
  std::string text;
  std::uint32_t line = 0;  // from 1
};

// A list of texts; any other list is a TomlOther.
struct TomlList {
  std::vector<TomlText> texts;
};

// What no option can be, in words for a message: "true", "a list with 5 in it".
struct TomlOther {
  std::string found;
};

using TomlValue = std::variant<TomlTable, std::string, std::int64_t, TomlList, TomlOther>;

struct TomlEntry {
  std::string key;
  std::uint32_t line = 0;  // of the key, from 1
  TomlValue value;
};

struct TomlFile {
  TomlTable root;
  std::optional<Problem> problem;  // if there is one, root is empty
};

// Tables within tables are read down to the options of an array; deeper ones appear as empty.
TomlFile ReadToml(const SourceFile& file);

// As in a message: "a table", "5", "\"some text\"" (cut, and made printable).
std::string Describe(const TomlValue& value);

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_TOML_READER_H_
