// The grammar of interface descriptions; see InterfaceDescription::Parse.
//
// Pure; one thread.
#ifndef PATHWATCH_LIB_QUERY_DESCRIPTION_PARSER_H_
#define PATHWATCH_LIB_QUERY_DESCRIPTION_PARSER_H_

#include <set>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/query/description_scanner.h"
#include "lib/query/interface_description.h"

namespace pathwatch::query {

class DescriptionParser final {
 public:
  explicit DescriptionParser(std::string_view text) : scanner_(text) {}

  // To be called once.
  absl::StatusOr<InterfaceDescription> Parse();

 private:
  absl::Status ParseInterface();
  absl::Status ParseMember();
  absl::Status ParseTypeDeclaration(const std::string& name);
  absl::Status ParseMethod(const std::string& name);
  absl::Status ParseError(const std::string& name);
  absl::StatusOr<DescribedType> ParseType(int depth);
  absl::StatusOr<DescribedType> ParseStructOrEnum(int depth);
  absl::StatusOr<DescribedType> ParseStruct();
  absl::Status ParseFieldsOrWords(int depth, DescribedType& type);
  absl::Status ParseField(int depth, DescribedType& type);
  absl::StatusOr<DescribedType> ParseContainer(int depth);
  absl::StatusOr<std::string> TakeFieldName(const DescribedType& type);
  absl::Status CheckNames() const;

  DescriptionScanner scanner_;
  InterfaceDescription description_;
  std::set<std::string, std::less<>> used_;  // names of types
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_DESCRIPTION_PARSER_H_
