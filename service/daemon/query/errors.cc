#include "service/daemon/query/errors.h"

#include "service/present/json.h"

namespace pathwatch::service {

std::string NoSuch(const char* what, const std::string& name, const std::string& nearest) {
  present::Json json;
  json.BeginObject();
  json.Text(what, name);
  json.Text("nearest", nearest);
  json.EndObject();
  return json.Document();
}

}  // namespace pathwatch::service
