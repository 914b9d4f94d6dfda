#include "tests/vm/verifier/stamp.h"

// Odd, so that words at the same place differ when block or generation do.
static const uint64_t kBlockStep = 0xd1342543de82ef95;
static const uint64_t kGenerationStep = 0xaf251af3b0f025b5;
static const uint64_t kWordStep = 0x9e3779b97f4a7c15;

static uint64_t word_at(size_t place, uint64_t block, uint64_t generation) {
  const uint64_t sum = block * kBlockStep + generation * kGenerationStep + place * kWordStep;
  return sum ^ sum >> 29;
}

void stamp_fill(uint64_t* words, size_t count, uint64_t block, uint64_t generation) {
  for (size_t i = 0; i < count; i++) words[i] = word_at(i, block, generation);
}

bool stamp_matches(const uint64_t* words, size_t count, uint64_t block, uint64_t generation) {
  for (size_t i = 0; i < count; i++) {
    if (words[i] != word_at(i, block, generation)) return false;
  }
  return true;
}
