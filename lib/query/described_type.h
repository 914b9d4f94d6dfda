// The types of an interface description.
//
// Plain values; any thread.
#ifndef PATHWATCH_LIB_QUERY_DESCRIBED_TYPE_H_
#define PATHWATCH_LIB_QUERY_DESCRIBED_TYPE_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace pathwatch::query {

struct DescribedField;

struct DescribedType {
  enum class Kind {
    kBool,
    kInt,     // a whole number that fits 64 bits with a sign
    kFloat,   // any number
    kString,  //
    kObject,  // any JSON object
    kStruct,  // `fields`
    kEnum,    // one of `words`
    kArray,   // of `element`
    kMap,     // from strings to `element`
    kNamed,   // the type that is declared as `name`
  };

  Kind kind = Kind::kObject;
  bool nullable = false;  // null, or no field at all, fits too
  std::vector<DescribedField> fields;
  std::vector<std::string> words;
  std::vector<DescribedType> element;  // one
  std::string name;
};

struct DescribedField {
  std::string name;
  DescribedType type;
};

using DescribedTypes = std::map<std::string, DescribedType, std::less<>>;

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_DESCRIBED_TYPE_H_
