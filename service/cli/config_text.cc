#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/config/value.h"
#include "service/cli/config_row.h"
#include "service/cli/table.h"
#include "service/present/json.h"

namespace pathwatch::cli {
namespace {

using config::Option;
using config::OptionOf;

std::string OptionName(const Option& option) {
  return absl::StrCat(std::string(option.table), ".", std::string(option.name));
}

// Which devices the value is said for.
std::string Devices(const ConfigRow& row) {
  if (row.place == "array") return row.array;
  return row.place == "fc" || row.place == "iscsi" ? row.place : "all";
}

std::string Source(const ConfigRow& row) {
  const config::Origin& origin = row.setting->origin;
  return origin.file.empty() ? row.place : absl::StrCat(origin.file, ":", origin.line);
}

void AddValue(const Option& option, const config::Value& value, present::Json& json) {
  if (option.type == config::Type::kPathRules) {
    json.BeginArray("value");
    for (const std::string& rule : std::get<std::vector<std::string>>(value)) {
      json.TextElement(rule);
    }
    json.EndArray();
  } else if (option.type == config::Type::kCount) {
    json.Number("value", static_cast<std::uint64_t>(std::get<std::int64_t>(value)));
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    json.Text("value", *text);
  } else {  // a duration or permissions
    const std::string quoted = config::TextOf(option, value);
    json.Text("value", quoted.substr(1, quoted.size() - 2));
  }
}

}  // namespace

std::string ConfigAsText(const ConfigRows& rows) {
  Table table({"OPTION", "VALUE", "DEVICES", "FROM"});
  for (const ConfigRow& row : rows) {
    const Option& option = OptionOf(row.id);
    table.AddRow({OptionName(option), config::TextOf(option, row.setting->value), Devices(row),
                  Source(row)});
  }
  return table.Text();
}

std::string ConfigAsJson(const ConfigRows& rows) {
  present::Json json;
  json.BeginObject();
  json.BeginArray("options");
  for (const ConfigRow& row : rows) {
    const Option& option = OptionOf(row.id);
    const config::Origin& origin = row.setting->origin;
    json.BeginObject();
    json.Text("option", OptionName(option));
    AddValue(option, row.setting->value, json);
    json.Bool("default", origin.place == config::Place::kDefault);
    json.Text("file", origin.file);
    json.Number("line", origin.line);
    json.Text("place", row.place);
    json.Text("array", row.array);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.Document() + "\n";
}

}  // namespace pathwatch::cli
