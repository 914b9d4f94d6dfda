// Text of an operator in a message: it may hold any byte and be of any length.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_CONFIG_QUOTED_H_
#define PATHWATCH_LIB_CONFIG_QUOTED_H_

#include <string>
#include <string_view>

namespace pathwatch::config {

// In quotes, cut after 60 bytes ("..." says so), everything but printable ASCII escaped as in C.
std::string Quoted(std::string_view text);

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_QUOTED_H_
