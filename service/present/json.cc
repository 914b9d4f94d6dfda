#include "service/present/json.h"

#include <algorithm>

#include "service/present/escape.h"

namespace pathwatch::present {
namespace {

// As nearly everything is; it needs no copy.
bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

}  // namespace

void Json::Key(std::string_view name) {
  writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
}

void Json::BeginObject(std::string_view name) {
  Key(name);
  writer_.StartObject();
}

void Json::BeginArray(std::string_view name) {
  Key(name);
  writer_.StartArray();
}

void Json::Text(std::string_view name, std::string_view value) {
  Key(name);
  TextElement(value);
}

void Json::TextElement(std::string_view value) {
  if (IsAscii(value)) {
    writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    return;
  }
  const std::string text = EscapeInvalidUtf8(value);
  writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void Json::Bool(std::string_view name, bool value) {
  Key(name);
  writer_.Bool(value);
}

void Json::Number(std::string_view name, std::uint64_t value) {
  Key(name);
  writer_.Uint64(value);
}

void Json::NumberOrNull(std::string_view name, std::optional<std::uint64_t> value) {
  Key(name);
  value ? writer_.Uint64(*value) : writer_.Null();
}

void Json::SecondsOrNull(std::string_view name, std::optional<std::int64_t> value_ns) {
  Key(name);
  if (!value_ns) {
    writer_.Null();
    return;
  }
  const std::int64_t milliseconds = *value_ns / 1'000'000;
  writer_.Double(static_cast<double>(milliseconds) / 1'000);
}

void Json::TextOrNull(std::string_view name, const std::optional<std::string>& value) {
  value ? Text(name, *value) : Null(name);
}

void Json::Null(std::string_view name) {
  Key(name);
  writer_.Null();
}

}  // namespace pathwatch::present
