// A call of pathwatchd's socket that is answered with one reply.
//
// Thread rule: one thread at a time; waits for the reply.
#ifndef PATHWATCH_SERVICE_CLI_DAEMON_CALL_H_
#define PATHWATCH_SERVICE_CLI_DAEMON_CALL_H_

#include <rapidjson/document.h>

#include <cstdint>
#include <string>
#include <variant>

#include "service/cli/context.h"

namespace pathwatch::cli {

// What was not answered, or answered with an error: it was complained about on context.err.
struct CallFailed {
  int code = 0;  // exit code
};

// `method` without the interface; `parameters`: the text of an object. Gives the parameters of the
// reply. A command that would have to wait longer than `timeout_ms` fails.
std::variant<rapidjson::Document, CallFailed> CallDaemon(const Context& context,
                                                         const std::string& method,
                                                         const std::string& parameters,
                                                         std::int64_t timeout_ms);

// The member of an object, if it is a text; "" else.
std::string TextMember(const rapidjson::Value& object, const char* name);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DAEMON_CALL_H_
