// JSON in tests of the query room.
#ifndef PATHWATCH_TESTS_QUERY_JSON_H_
#define PATHWATCH_TESTS_QUERY_JSON_H_

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string>
#include <string_view>

namespace pathwatch::query {

// A text that is no JSON is a failure of the test, and null.
inline rapidjson::Document Parsed(std::string_view text) {
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  EXPECT_FALSE(document.HasParseError()) << text;
  return document;
}

inline std::string TextOf(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace pathwatch::query

#endif  // PATHWATCH_TESTS_QUERY_JSON_H_
