// What the frames of the Varlink protocol say: calls are read, replies are written.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_QUERY_MESSAGE_H_
#define PATHWATCH_LIB_QUERY_MESSAGE_H_

#include <rapidjson/document.h>

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace pathwatch::query {

// Objects and arrays within each other, the call itself included.
inline constexpr int kNestingMax = 32;

struct CallMessage {
  std::string interface;         // "io.pathwatch"; "": the method was named without one
  std::string method;            // "ListPaths"
  rapidjson::Value parameters;   // an object; its memory is `document`'s
  bool more = false;             // several replies are welcome
  bool oneway = false;           // none is
  bool upgrade = false;          // another protocol is to be spoken after the reply
  rapidjson::Document document;  // what is left of it; only to keep the memory

  std::string full_method() const { return interface.empty() ? method : interface + '.' + method; }
};

// On failure the status says in one sentence why the frame is no call. A member that is null is
// as one that is absent; one that occurs twice, at any depth, is an error.
absl::StatusOr<CallMessage> ParseCall(std::string_view frame);

// A reply is kReplyBegin, the text of its parameters, and one of the two ends (with their NULs).
inline constexpr std::string_view kReplyBegin = "{\"parameters\":";
inline constexpr std::string_view kReplyEnd{"}", 2};
inline constexpr std::string_view kReplyContinues{",\"continues\":true}", 19};

// The whole frame, its NUL included. `parameters`: the text of an object.
std::string ErrorFrame(std::string_view error, std::string_view parameters);

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_MESSAGE_H_
