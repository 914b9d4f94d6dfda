// A Varlink interface description (https://varlink.org/Interface-Definition), read and applied.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_QUERY_INTERFACE_DESCRIPTION_H_
#define PATHWATCH_LIB_QUERY_INTERFACE_DESCRIPTION_H_

#include <rapidjson/document.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/query/described_type.h"

namespace pathwatch::query {

// Where a value doesn't fit what is declared.
struct Misfit {
  std::string field;    // with the fields that it is in: "filter.states"
  std::string problem;  // "is no string"
};

class InterfaceDescription final {
 public:
  // On failure the sentence names the line. Every type that is used is declared then.
  static absl::StatusOr<InterfaceDescription> Parse(std::string_view text);

  const std::string& name() const { return name_; }
  bool HasMethod(std::string_view method) const;

  // What is wrong with the parameters of a call, or of a reply; nothing if they fit. Fields that
  // are not declared don't fit. REQUIRES: HasMethod(method), and `parameters` is not nested deeper
  // than a stack of calls may be.
  std::optional<Misfit> CheckCall(std::string_view method,
                                  const rapidjson::Value& parameters) const;
  std::optional<Misfit> CheckReply(std::string_view method,
                                   const rapidjson::Value& parameters) const;
  // The same for an error of the interface, named without it ("NoSuchPath"); one that is not
  // declared doesn't fit.
  std::optional<Misfit> CheckError(std::string_view error,
                                   const rapidjson::Value& parameters) const;

 private:
  friend class DescriptionParser;

  struct Method {
    DescribedType call;
    DescribedType reply;
  };

  std::string name_;
  DescribedTypes types_;
  std::map<std::string, Method, std::less<>> methods_;
  std::map<std::string, DescribedType, std::less<>> errors_;
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_INTERFACE_DESCRIPTION_H_
