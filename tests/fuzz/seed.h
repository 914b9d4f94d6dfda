// The seed of a test that draws at random: printed, so that a run can be repeated.
#ifndef PATHWATCH_TESTS_FUZZ_SEED_H_
#define PATHWATCH_TESTS_FUZZ_SEED_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

namespace pathwatch {

// PATHWATCH_SEED if it is set, else another number each time. REQUIRES: called within a test.
inline std::uint64_t Seed() {
  const char* given = std::getenv("PATHWATCH_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::cout << "run again with PATHWATCH_SEED=" << seed << std::endl;
  testing::Test::RecordProperty("seed", std::to_string(seed));
  return seed;
}

}  // namespace pathwatch

#endif  // PATHWATCH_TESTS_FUZZ_SEED_H_
