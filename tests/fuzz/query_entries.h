// What must hold for every input of the query protocol. The fuzz targets, their replay and its
// mutations call the same functions.
#ifndef PATHWATCH_TESTS_FUZZ_QUERY_ENTRIES_H_
#define PATHWATCH_TESTS_FUZZ_QUERY_ENTRIES_H_

#include <cstdint>
#include <span>
#include <string>

namespace pathwatch::query {

// Each returns "" if all promises were kept, else the one that was broken.

// What a client sends. The first byte says how large the pieces are in which it arrives.
std::string CheckCalls(std::span<const std::uint8_t> input);
// The text of an interface description.
std::string CheckDescription(std::span<const std::uint8_t> input);

}  // namespace pathwatch::query

#endif  // PATHWATCH_TESTS_FUZZ_QUERY_ENTRIES_H_
