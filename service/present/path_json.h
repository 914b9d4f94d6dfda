// A path as an object of JSON: every field has its name, and a caller may choose.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_PATH_JSON_H_
#define PATHWATCH_SERVICE_PRESENT_PATH_JSON_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "service/present/json.h"
#include "service/present/path_facts.h"
#include "service/present/time_text.h"

namespace pathwatch::present {

class PathFields {
 public:
  static PathFields All();
  static PathFields None() { return PathFields(0); }

  // False if no field bears the name; then nothing has changed.
  bool Add(std::string_view name);
  bool Has(std::size_t field) const { return (chosen_ >> field & 1) != 0; }

 private:
  explicit PathFields(std::uint64_t chosen) : chosen_(chosen) {}

  std::uint64_t chosen_;
};

// In the order in which they are written.
std::vector<std::string_view> PathFieldNames();

void WritePath(const PathFacts& facts, const PathFields& fields, const Clocks& clocks, Json& json);

// The value of one field as text: "" if it is null, "yes" or "no" if it is true or false.
// REQUIRES: `field` is an index into PathFieldNames().
std::string PathFieldText(const PathFacts& facts, std::size_t field, const Clocks& clocks);

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_PATH_JSON_H_
