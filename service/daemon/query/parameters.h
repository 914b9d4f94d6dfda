// The parameters of a call, which are known to fit the interface description.
//
// Thread rule: pure functions.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_PARAMETERS_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_PARAMETERS_H_

#include <rapidjson/document.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/present/path_json.h"

namespace pathwatch::service {

// Null: it is absent, or null.
const rapidjson::Value* FindParameter(const rapidjson::Value& object, const char* name);

// Absent: "", nothing, none.
std::string TextOf(const rapidjson::Value& object, const char* name);
std::optional<std::int64_t> NumberOf(const rapidjson::Value& object, const char* name);
std::vector<std::string> ListOf(const rapidjson::Value& object, const char* name);

// The parameter "fields"; absent or empty: all. Nothing: one of them is no field of a path.
std::optional<present::PathFields> FieldsOf(const rapidjson::Value& object);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_PARAMETERS_H_
