// JSON as all commands write it: ASCII only, whatever the strings hold.
//
// Thread rule: plain value.
#ifndef PATHWATCH_SERVICE_PRESENT_JSON_H_
#define PATHWATCH_SERVICE_PRESENT_JSON_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pathwatch::present {

// What is absent is written as null if it would be a number or a time, as "" if a string or a name.
class Json {
 public:
  Json() = default;
  Json(const Json&) = delete;
  Json& operator=(const Json&) = delete;

  void BeginObject() { Begin('{'); }
  void BeginObject(std::string_view name);
  void EndObject() { End('}'); }
  // Of the object that is begun next.
  void Key(std::string_view name);
  void BeginArray(std::string_view name);
  void EndArray() { End(']'); }

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
  void NumberElement(std::uint64_t value) { Value(std::to_string(value)); }

  // REQUIRES: every object and array was ended.
  const std::string& Document() const { return text_; }

  // What has been written so far, for those who write a long document bit by bit: valid until the
  // next call.
  std::string_view Piece() const { return text_; }
  // Forgets it; what is written next continues it.
  void DropPiece() { text_.clear(); }

 private:
  void Begin(char bracket);
  void End(char bracket);
  // Before a value or a key: a comma, unless it is the first of its array or object.
  void Separate();
  // `json`: the text of a value.
  void Value(std::string_view json);
  void Quote(std::string_view value);

  std::string text_;
  bool first_ = true;       // nothing precedes in the array or object
  bool after_key_ = false;  // the value belongs to the key before it
};

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_JSON_H_
