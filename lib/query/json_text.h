// Text as a JSON string, whatever bytes it holds: names that arrays made up, or that clients sent.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_QUERY_JSON_TEXT_H_
#define PATHWATCH_LIB_QUERY_JSON_TEXT_H_

#include <string>
#include <string_view>

namespace pathwatch::query {

// Appends the text in quotes. What is UTF-8 keeps its meaning; any other byte becomes the four
// characters \xNN.
void AppendJsonString(std::string_view text, std::string& json);

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_JSON_TEXT_H_
