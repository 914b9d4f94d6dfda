#include "service/daemon/query/parameters.h"

namespace pathwatch::service {
namespace {

std::string Text(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

}  // namespace

const rapidjson::Value* FindParameter(const rapidjson::Value& object, const char* name) {
  const auto member = object.FindMember(name);
  return member == object.MemberEnd() || member->value.IsNull() ? nullptr : &member->value;
}

std::string TextOf(const rapidjson::Value& object, const char* name) {
  const rapidjson::Value* value = FindParameter(object, name);
  return value == nullptr ? "" : Text(*value);
}

std::optional<std::int64_t> NumberOf(const rapidjson::Value& object, const char* name) {
  const rapidjson::Value* value = FindParameter(object, name);
  return value == nullptr ? std::nullopt : std::optional(value->GetInt64());
}

std::vector<std::string> ListOf(const rapidjson::Value& object, const char* name) {
  std::vector<std::string> list;
  const rapidjson::Value* value = FindParameter(object, name);
  if (value == nullptr) return list;
  for (const rapidjson::Value& element : value->GetArray()) list.push_back(Text(element));
  return list;
}

std::optional<present::PathFields> FieldsOf(const rapidjson::Value& object) {
  const std::vector<std::string> names = ListOf(object, "fields");
  if (names.empty()) return present::PathFields::All();
  present::PathFields fields = present::PathFields::None();
  for (const std::string& name : names) {
    if (!fields.Add(name)) return std::nullopt;
  }
  return fields;
}

}  // namespace pathwatch::service
