#include "tests/fuzz/query_entries.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

#include "lib/query/answer.h"
#include "lib/query/frames.h"
#include "lib/query/interface_description.h"
#include "lib/query/message.h"
#include "proto/io_pathwatch_varlink.h"

namespace pathwatch::query {
namespace {

using Bytes = std::span<const std::uint8_t>;

// Short enough for inputs to reach it.
constexpr std::size_t kCallBytesMax = 1500;

struct Received {
  std::vector<std::string> frames;
  bool too_long = false;
};

// What Frames makes of the bytes if they arrive in such pieces, and are looked at after each.
Received Receive(Bytes bytes, std::size_t piece) {
  Frames frames(kCallBytesMax);
  Received received;
  while (!bytes.empty() && !received.too_long) {
    const auto room = frames.Room();
    const std::size_t count = std::min({piece, room.size(), bytes.size()});
    std::memcpy(room.data(), bytes.data(), count);
    frames.Filled(count);
    bytes = bytes.subspan(count);
    while (const auto frame = frames.First()) {
      received.frames.emplace_back(*frame);
      frames.DropFirst();
    }
    received.too_long = frames.too_long();
  }
  return received;
}

// The same, by looking at all bytes at once.
Received Split(Bytes bytes) {
  Received split;
  for (auto begin = bytes.begin(); begin != bytes.end();) {
    const auto end = std::find(begin, bytes.end(), 0);
    split.too_long = end - begin >= static_cast<std::ptrdiff_t>(kCallBytesMax);
    if (split.too_long || end == bytes.end()) return split;
    split.frames.emplace_back(begin, end);
    begin = end + 1;
  }
  return split;
}

bool IsJsonObject(const std::string& text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(text.data(), text.size());
  return !document.HasParseError() && document.IsObject();
}

std::string TextOf(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string CheckParameters(const CallMessage& call) {
  static const InterfaceDescription description =
      *InterfaceDescription::Parse(proto::kInterfaceDescription);
  if (!description.HasMethod(call.method)) return "";
  const auto misfit = description.CheckCall(call.method, call.parameters);
  if (misfit) {
    if (misfit->problem.empty()) return "a misfit without a word";
    return IsJsonObject(TextParameter("parameter", misfit->field)) ? ""
                                                                   : "an error that is no JSON";
  }
  // What fits is an object of declared fields; nothing else may be in it.
  if (!call.parameters.IsObject()) return "parameters that are no object fit";
  rapidjson::Document more;
  more.CopyFrom(call.parameters, more.GetAllocator());
  more.AddMember("not declared", true, more.GetAllocator());
  return description.CheckCall(call.method, more) ? "" : "a field that is not declared fits";
}

std::string CheckFrame(const std::string& frame) {
  const auto call = ParseCall(frame);
  if (!call.ok()) {
    const std::string problem(call.status().message());
    if (problem.empty() || problem.size() > 1'000) return "a problem of a wrong length";
    return IsJsonObject(TextParameter("problem", problem)) ? "" : "a problem that is no JSON";
  }
  if (call->method.empty() || !call->parameters.IsObject()) return "a call without its parts";
  const std::string again =
      "{\"method\":\"a.b.C\",\"parameters\":" + TextOf(call->parameters) + "}";
  if (!ParseCall(again).ok()) return "parameters that can't be repeated";
  const std::string error = ErrorFrame("a.b.E", TextParameter("method", call->full_method()));
  if (!IsJsonObject(error.substr(0, error.size() - 1))) return "a reply that is no JSON";
  return CheckParameters(*call);
}

}  // namespace

std::string CheckCalls(Bytes input) {
  if (input.empty()) return "";
  const std::size_t piece = 1 + input.front();
  const Received received = Receive(input.subspan(1), piece);
  const Received expected = Split(input.subspan(1));
  if (received.frames != expected.frames) return "frames depend on how they arrive";
  if (received.too_long != expected.too_long) return "a frame's length depends on how it arrives";
  for (const std::string& frame : received.frames) {
    std::string broken = CheckFrame(frame);
    if (!broken.empty()) return broken;
  }
  return "";
}

std::string CheckDescription(Bytes input) {
  const std::string text(input.begin(), input.end());
  const auto description = InterfaceDescription::Parse(text);
  if (!description.ok()) {
    const auto size = description.status().message().size();
    return size > 0 && size < 10'000 + text.size() ? "" : "a problem of a wrong length";
  }
  if (description->name().find('.') == std::string::npos) return "an interface without a name";
  rapidjson::Value none(rapidjson::kObjectType);
  for (const char* method : {"Get", "Watch", "M"}) {
    if (!description->HasMethod(method)) continue;
    description->CheckCall(method, none);
    description->CheckReply(method, none);
  }
  return "";
}

}  // namespace pathwatch::query
