// What the commands print, read as a program would.
#ifndef PATHWATCH_TESTS_SERVICE_CLI_PARSED_JSON_H_
#define PATHWATCH_TESTS_SERVICE_CLI_PARSED_JSON_H_

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <string>

namespace pathwatch::cli {

// A document that is no JSON is a failure of the test, and null.
inline rapidjson::Document Parse(const std::string& text) {
  rapidjson::Document document;
  document.Parse(text.c_str());
  EXPECT_FALSE(document.HasParseError()) << text;
  return document;
}

}  // namespace pathwatch::cli

#endif  // PATHWATCH_TESTS_SERVICE_CLI_PARSED_JSON_H_
