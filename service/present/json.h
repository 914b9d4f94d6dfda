// JSON as all commands write it: ASCII only, whatever the strings hold.
//
// Thread rule: plain value.
#ifndef PATHWATCH_SERVICE_PRESENT_JSON_H_
#define PATHWATCH_SERVICE_PRESENT_JSON_H_

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pathwatch::present {

// What is absent is written as null if it would be a number or a time, as "" if a string or a name.
class Json {
 public:
  Json() : writer_(buffer_) { writer_.SetMaxDecimalPlaces(3); }
  Json(const Json&) = delete;
  Json& operator=(const Json&) = delete;

  void BeginObject() { writer_.StartObject(); }
  void BeginArray() { writer_.StartArray(); }
  void BeginObject(std::string_view name);
  void EndObject() { writer_.EndObject(); }
  // Of the object that is begun next.
  void Key(std::string_view name);
  void BeginArray(std::string_view name);
  void EndArray() { writer_.EndArray(); }

  // Bytes of `value` that are not UTF-8 become \xNN, everything else keeps its meaning.
  void Text(std::string_view name, std::string_view value);
  void Bool(std::string_view name, bool value);
  void Number(std::string_view name, std::uint64_t value);
  void NumberOrNull(std::string_view name, std::optional<std::uint64_t> value);
  // In seconds, with up to three decimals.
  void SecondsOrNull(std::string_view name, std::optional<std::int64_t> value_ns);
  void Null(std::string_view name);
  void TextOrNull(std::string_view name, const std::optional<std::string>& value);

  // Elements of an array.
  void TextElement(std::string_view value);
  void NumberElement(std::uint64_t value) { writer_.Uint64(value); }

  // REQUIRES: every object and array was ended.
  std::string Document() const { return {buffer_.GetString(), buffer_.GetSize()}; }

  // What has been written so far, for those who write a long document bit by bit: valid until the
  // next call.
  std::string_view Piece() const { return {buffer_.GetString(), buffer_.GetSize()}; }
  // Forgets it; what is written next continues it.
  void DropPiece() { buffer_.Clear(); }

 private:
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer, rapidjson::UTF8<>, rapidjson::ASCII<>> writer_;
};

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_JSON_H_
