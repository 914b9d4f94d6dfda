// Calls everything that the reader can do, on a file that may be hostile.
#ifndef PATHWATCH_TESTS_CHECKER_EXERCISE_READER_H_
#define PATHWATCH_TESTS_CHECKER_EXERCISE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace pathwatch::checker {

// What the calls showed.
struct Exercise {
  bool opened = false;
  // Empty, or the promise that was broken: an unknown result, a string without an end, a count
  // beyond the capacity, another change than the one asked for.
  std::string broken;
};

Exercise ExerciseReader(const std::string& path);

// Makes the checksums of the header and of all records right, as far as the sizes in the header
// make sense: so mutations get past them.
void RepairChecksums(std::vector<std::uint8_t>& bytes);

}  // namespace pathwatch::checker

#endif  // PATHWATCH_TESTS_CHECKER_EXERCISE_READER_H_
