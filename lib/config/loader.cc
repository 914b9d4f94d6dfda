#include "lib/config/loader.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>
#include <variant>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "lib/config/nearest_name.h"
#include "lib/config/quoted.h"

namespace pathwatch::config {
namespace {

constexpr std::string_view kCommandLine = "command line";
constexpr std::string_view kArray = "array";

bool IsTable(std::string_view name) {
  const auto tables = Tables();
  return std::find(tables.begin(), tables.end(), name) != tables.end();
}

// No two tables have an option of the same name.
const Option* FindOption(std::string_view name) {
  const auto options = Options();
  const auto found = std::find_if(options.begin(), options.end(),
                                  [&](const Option& option) { return option.name == name; });
  return found == options.end() ? nullptr : &*found;
}

// Tables that say something particular of some devices, not everything.
bool IsParticular(std::string_view table) {
  return table == "fc" || table == "iscsi" || table == kArray;
}

bool MayStandIn(const Option& option, std::string_view table) {
  return IsParticular(table) ? option.per_array : option.table == table;
}

std::string Name(const Option& option) {
  return absl::StrCat(std::string(option.table), ".", std::string(option.name));
}

// "--command-timeout-min"
std::string Flag(const Option& option) {
  std::string name(option.name);
  std::replace(name.begin(), name.end(), '_', '-');
  return "--" + name;
}

bool IsBare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

// A name in a file may be any text, between quotes.
std::string KeyText(const std::string& key) {
  const bool bare = !key.empty() && key.size() <= 60 && std::all_of(key.begin(), key.end(), IsBare);
  return bare ? key : Quoted(key);
}

std::string List(std::span<const std::string_view> names) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view separator = i == 0 ? "" : i + 1 < names.size() ? ", " : " and ";
    list.append(separator).append(names[i]);
  }
  return list;
}

// Empty: "VENDOR/PRODUCT" is one that a device can match.
std::string_view WhyNoPattern(std::string_view pattern) {
  const std::size_t slash = pattern.find('/');
  if (slash == std::string_view::npos) return "there is no \"/\" in the name";
  if (slash == 0) return "there is no vendor before the \"/\"";
  if (slash + 1 == pattern.size()) return "there is no product after the \"/\"";
  if (pattern[slash - 1] == ' ' || pattern.back() == ' ') {
    return "vendor and product are compared without the blanks at their end";
  }
  return "";
}

}  // namespace

void Loader::LoadFile(const SourceFile& file) {
  file_ = file.name;
  ++configuration_.files_;
  TomlFile toml = ReadToml(file);
  if (toml.problem) file_problems_.push_back(*std::move(toml.problem));
  for (const TomlEntry& entry : toml.root.entries) LoadTopLevel(entry);
  FinishFile();
}

void Loader::LoadTopLevel(const TomlEntry& entry) {
  if (!IsTable(entry.key)) return LoadUnknown(entry);
  const auto* content = std::get_if<TomlTable>(&entry.value);
  if (content == nullptr) {
    const std::string name = entry.key == kArray ? "array.\"VENDOR/PRODUCT\"" : entry.key;
    return Complain(entry.line, absl::StrCat(entry.key, ": ", Describe(entry.value),
                                             " was found; expected is a table: write [", name,
                                             "] and its options below it"));
  }
  if (entry.key == kArray) return LoadArrays(*content);
  LoadTable(entry.key, *content);
}

void Loader::LoadUnknown(const TomlEntry& entry) {
  const std::string key = KeyText(entry.key);
  const Option* option = FindOption(entry.key);
  if (option != nullptr) {
    return Complain(entry.line, absl::StrCat(key, ": stands outside its table: write it below [",
                                             std::string(option->table), "]"));
  }
  NearestName nearest(entry.key);
  for (const std::string_view table : Tables()) nearest.Offer(table);
  Complain(entry.line, absl::StrCat(key, ": there is no such table", nearest.Question(),
                                    "; the tables are ", List(Tables())));
}

void Loader::LoadTable(std::string_view table, const TomlTable& content) {
  const std::string name(table);
  if (table == "fc") {
    LoadOptions(content, {table, name, Place::kTransport, configuration_.fc_});
  } else if (table == "iscsi") {
    LoadOptions(content, {table, name, Place::kTransport, configuration_.iscsi_});
  } else {
    LoadOptions(content, {table, name, Place::kGlobal, configuration_.global_});
  }
}

void Loader::LoadArrays(const TomlTable& arrays) {
  for (const TomlEntry& array : arrays.entries) LoadArray(array);
}

void Loader::LoadArray(const TomlEntry& array) {
  const std::string name = absl::StrCat("array.", Quoted(array.key));
  const auto* content = std::get_if<TomlTable>(&array.value);
  if (content == nullptr) {
    return Complain(array.line,
                    absl::StrCat("array.", KeyText(array.key), ": ", Describe(array.value),
                                 " was found; expected is the table of an array: write "
                                 "[array.\"VENDOR/PRODUCT\"] and its options below it"));
  }
  const std::string_view why = WhyNoPattern(array.key);
  if (!why.empty()) {
    return Complain(array.line,
                    absl::StrCat(name, ": ", std::string(why),
                                 "; expected is [array.\"VENDOR/PRODUCT\"], as in "
                                 "[array.\"LSI/INF-01-00\"], * and ? stand for any text and "
                                 "any character"));
  }
  if (configuration_.arrays_.size() == kArraysMax) {
    return Complain(array.line, absl::StrCat(name, ": there are more than ", kArraysMax,
                                             " tables of arrays: use patterns with * and ?"));
  }
  ArraySettings& settings = configuration_.arrays_.emplace_back(
      ArraySettings{.pattern = array.key, .file = file_, .line = array.line, .settings = {}});
  LoadOptions(*content, {kArray, name, Place::kArray, settings.settings});
}

void Loader::LoadOptions(const TomlTable& content, const Scope& scope) {
  for (const TomlEntry& entry : content.entries) LoadOption(entry, scope);
}

void Loader::LoadOption(const TomlEntry& entry, const Scope& scope) {
  const std::string name = absl::StrCat(scope.name, ".", KeyText(entry.key));
  const Option* option = FindOption(entry.key);
  if (option == nullptr || !MayStandIn(*option, scope.table)) {
    return Complain(entry.line, absl::StrCat(name, ": ", WhyUnknown(entry.key, scope)));
  }
  std::optional<Value> value = ValueOf(*option, name, entry);
  if (!value) return;
  ++configuration_.settings_;
  scope.settings[static_cast<std::size_t>(option->id)] =
      Setting{*std::move(value), {scope.place, file_, entry.line}};
}

std::string Loader::WhyUnknown(const std::string& key, const Scope& scope) const {
  if (const Option* option = FindOption(key); option != nullptr) {
    const std::string_view limits =
        IsParticular(scope.table) ? "this one is the same for all devices: " : "";
    return absl::StrCat(std::string(limits), "it belongs in [", std::string(option->table), "]");
  }
  NearestName nearest(key);
  std::vector<std::string_view> names;
  for (const Option& option : Options()) {
    if (MayStandIn(option, scope.table)) names.push_back(option.name);
  }
  for (const std::string_view name : names) nearest.Offer(name);
  for (const Option& option : Options()) nearest.Offer(option.name);
  return absl::StrCat("there is no such option", nearest.Question(), "; here may stand ",
                      List(names));
}

std::optional<Value> Loader::ValueOf(const Option& option, const std::string& name,
                                     const TomlEntry& entry) {
  absl::StatusOr<Value> value = absl::InvalidArgumentError(
      absl::StrCat(Describe(entry.value), " was found; expected is ", Expected(option)));
  const auto* text = std::get_if<std::string>(&entry.value);
  if (text != nullptr && option.type == Type::kCount) {
    value = absl::InvalidArgumentError(absl::StrCat(
        Quoted(*text), " stands in quotes: write it without; expected is ", Expected(option)));
  } else if (text != nullptr) {
    if (option.type != Type::kPathRules) value = ValueFromText(option, *text);
  } else if (const auto* number = std::get_if<std::int64_t>(&entry.value)) {
    value = ValueFromNumber(option, *number);
  } else if (std::holds_alternative<TomlList>(entry.value)) {
    if (!CheckRules(option, name, entry)) return std::nullopt;
    std::vector<std::string> list;
    for (const TomlText& text : std::get<TomlList>(entry.value).texts) list.push_back(text.text);
    value = ValueFromList(option, std::move(list));
  }
  if (value.ok()) return *std::move(value);
  Complain(entry.line, absl::StrCat(name, ": ", value.status().message()));
  return std::nullopt;
}

// Each rule has a line of its own to complain about.
bool Loader::CheckRules(const Option& option, const std::string& name, const TomlEntry& entry) {
  if (option.type != Type::kPathRules) return true;
  bool good = true;
  for (const TomlText& rule : std::get<TomlList>(entry.value).texts) {
    const absl::Status status = CheckPathRule(rule.text);
    if (!status.ok()) Complain(rule.line, absl::StrCat(name, ": ", status.message()));
    good = good && status.ok();
  }
  return good;
}

void Loader::LoadCommandLine(const CommandLine& command_line) {
  file_ = kCommandLine;
  for (const auto& [id, text] : command_line) {
    const Option& option = OptionOf(id);
    absl::StatusOr<Value> value =
        absl::InvalidArgumentError(absl::StrCat("can only be given in a file, as ", Name(option)));
    if (option.type != Type::kPathRules) value = ValueFromText(option, text);
    if (value.ok()) {
      configuration_.command_line_[static_cast<std::size_t>(id)] =
          Setting{*std::move(value), {Place::kCommandLine, "", 0}};
    } else {
      Complain(0, absl::StrCat(Flag(option), ": ", value.status().message()));
    }
  }
  FinishFile();
}

void Loader::Complain(std::uint32_t line, std::string what) {
  file_problems_.push_back({file_, line, std::move(what)});
}

void Loader::FinishFile() {
  std::stable_sort(file_problems_.begin(), file_problems_.end(),
                   [](const Problem& a, const Problem& b) { return a.line < b.line; });
  if (file_problems_.size() > kProblemsPerFileMax) {
    const std::size_t more = file_problems_.size() - kProblemsPerFileMax;
    Problem& last = file_problems_[kProblemsPerFileMax];
    last.what = absl::StrCat("from here on there are ", more, " more problems");
    file_problems_.resize(kProblemsPerFileMax + 1);
  }
  std::move(file_problems_.begin(), file_problems_.end(), std::back_inserter(problems_));
  file_problems_.clear();
}

Loaded Loader::TakeResult() { return {std::move(configuration_), std::move(problems_)}; }

}  // namespace pathwatch::config
