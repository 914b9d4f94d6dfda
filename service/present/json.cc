#include "service/present/json.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

#include "lib/text/utf8.h"

namespace pathwatch::present {
namespace {

// As nearly everything is: it goes as it is, and there are dozens of strings per path.
bool IsPlain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= ' ' && c < '\x7f' && c != '"' && c != '\\'; });
}

template <class Write>
std::string Written(Write write) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer, rapidjson::UTF8<>, rapidjson::ASCII<>> writer(buffer);
  writer.SetMaxDecimalPlaces(3);
  write(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

void Json::Separate() {
  if (!first_ && !after_key_) text_ += ',';
  first_ = after_key_ = false;
}

void Json::Begin(char bracket) {
  Separate();
  text_ += bracket;
  first_ = true;
}

void Json::End(char bracket) {
  text_ += bracket;
  first_ = false;
}

void Json::Value(std::string_view json) {
  Separate();
  text_ += json;
}

void Json::Quote(std::string_view value) {
  if (!IsPlain(value)) {
    const std::string text = text::EscapeInvalidUtf8(value);
    text_ += Written([&text](auto& writer) {
      writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
    });
    return;
  }
  text_ += '"';
  text_ += value;
  text_ += '"';
}

void Json::Key(std::string_view name) {
  Separate();
  Quote(name);
  text_ += ':';
  after_key_ = true;
}

void Json::BeginObject(std::string_view name) {
  Key(name);
  Begin('{');
}

void Json::BeginArray(std::string_view name) {
  Key(name);
  Begin('[');
}

void Json::Text(std::string_view name, std::string_view value) {
  Key(name);
  TextElement(value);
}

void Json::TextElement(std::string_view value) {
  Separate();
  Quote(value);
}

void Json::Bool(std::string_view name, bool value) {
  Key(name);
  Value(value ? "true" : "false");
}

void Json::Number(std::string_view name, std::uint64_t value) {
  Key(name);
  Value(std::to_string(value));
}

void Json::NumberOrNull(std::string_view name, std::optional<std::uint64_t> value) {
  value ? Number(name, *value) : Null(name);
}

void Json::SecondsOrNull(std::string_view name, std::optional<std::int64_t> value_ns) {
  if (!value_ns) {
    Null(name);
    return;
  }
  const std::int64_t milliseconds = *value_ns / 1'000'000;
  Key(name);
  Value(Written(
      [milliseconds](auto& writer) { writer.Double(static_cast<double>(milliseconds) / 1'000); }));
}

void Json::TextOrNull(std::string_view name, const std::optional<std::string>& value) {
  value ? Text(name, *value) : Null(name);
}

void Json::Null(std::string_view name) {
  Key(name);
  Value("null");
}

}  // namespace pathwatch::present
