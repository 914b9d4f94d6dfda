#include "lib/query/message.h"

#include <rapidjson/error/en.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/query/json_text.h"
#include "lib/text/utf8.h"

namespace pathwatch::query {
namespace {

using rapidjson::Value;

// Enough to recognise a name that the client made up.
constexpr std::size_t kQuoteMax = 60;

absl::Status Problem(const std::string& sentence) { return absl::InvalidArgumentError(sentence); }

std::string_view TextOf(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

std::string Quoted(std::string_view text) {
  std::string quoted;
  AppendJsonString(text.substr(0, kQuoteMax), quoted);
  return quoted;
}

// Before parsing, as later functions call themselves for each level.
bool IsTooDeep(std::string_view frame) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < frame.size(); ++i) {
    const char c = frame[i];
    if (in_string) {
      if (c == '\\') ++i;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kNestingMax) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

// RapidJSON takes the second half of a surrogate pair without the first, which no UTF-8 can say.
absl::Status CheckText(const Value& value) {
  if (text::IsUtf8(TextOf(value))) return absl::OkStatus();
  return Problem(absl::StrCat("the text ", Quoted(TextOf(value)), " has half of a surrogate pair"));
}

// By sorting: an object may have thousands of members.
absl::Status CheckDiffer(std::vector<std::string_view> names) {
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice == names.end()) return absl::OkStatus();
  return Problem(absl::StrCat("the member ", Quoted(*twice), " is there twice"));
}

// What the parser lets pass.
absl::Status CheckValue(const Value& value) {
  if (value.IsString()) return CheckText(value);
  if (value.IsArray()) {
    for (const Value& element : value.GetArray()) {
      absl::Status status = CheckValue(element);
      if (!status.ok()) return status;
    }
  }
  if (!value.IsObject()) return absl::OkStatus();
  std::vector<std::string_view> names;
  names.reserve(value.MemberCount());
  for (const auto& member : value.GetObject()) {
    names.push_back(TextOf(member.name));
    absl::Status status = CheckText(member.name);
    if (status.ok()) status = CheckValue(member.value);
    if (!status.ok()) return status;
  }
  return CheckDiffer(std::move(names));
}

absl::Status TakeMethod(const Value& value, CallMessage& call) {
  if (!value.IsString()) return Problem("\"method\" is no string");
  const std::string_view name = TextOf(value);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) {
    call.method = name;
  } else {
    call.interface = name.substr(0, dot);
    call.method = name.substr(dot + 1);
  }
  return absl::OkStatus();
}

absl::Status TakeFlag(std::string_view name, const Value& value, bool& flag) {
  if (!value.IsBool())
    return Problem(absl::StrCat("\"", std::string(name), "\" is neither true nor false"));
  flag = value.GetBool();
  return absl::OkStatus();
}

absl::Status TakeMember(std::string_view name, Value& value, CallMessage& call) {
  if (name == "method") return TakeMethod(value, call);
  if (value.IsNull()) return absl::OkStatus();
  if (name == "more") return TakeFlag(name, value, call.more);
  if (name == "oneway") return TakeFlag(name, value, call.oneway);
  if (name == "upgrade") return TakeFlag(name, value, call.upgrade);
  if (!value.IsObject()) return Problem("\"parameters\" is no object");
  call.parameters = value;
  return absl::OkStatus();
}

bool IsMember(std::string_view name) {
  return name == "method" || name == "parameters" || name == "more" || name == "oneway" ||
         name == "upgrade";
}

}  // namespace

absl::StatusOr<CallMessage> ParseCall(std::string_view frame) {
  if (IsTooDeep(frame)) {
    return Problem(
        absl::StrCat("it has more than ", kNestingMax, " objects and arrays within each other"));
  }
  CallMessage call;
  call.document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(
      frame.data(), frame.size());
  if (call.document.HasParseError()) {
    return Problem(absl::StrCat("it is no JSON in UTF-8, at byte ", call.document.GetErrorOffset(),
                                ": ", rapidjson::GetParseError_En(call.document.GetParseError())));
  }
  if (!call.document.IsObject()) return Problem("it is no JSON object");
  absl::Status status = CheckValue(call.document);
  call.parameters.SetObject();
  for (auto& member : call.document.GetObject()) {
    const std::string_view name = TextOf(member.name);
    if (status.ok() && !IsMember(name)) {
      status = Problem(absl::StrCat("a call has no member ", Quoted(name)));
    }
    if (status.ok()) status = TakeMember(name, member.value, call);
  }
  if (status.ok() && call.method.empty()) status = Problem("it names no \"method\"");
  if (!status.ok()) return status;
  return call;
}

std::string ErrorFrame(std::string_view error, std::string_view parameters) {
  std::string frame = "{\"error\":";
  AppendJsonString(error, frame);
  frame += ",\"parameters\":";
  frame += parameters;
  frame += kReplyEnd;
  return frame;
}

}  // namespace pathwatch::query
