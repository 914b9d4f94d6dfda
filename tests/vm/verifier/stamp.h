#ifndef PATHWATCH_TESTS_VM_VERIFIER_STAMP_H_
#define PATHWATCH_TESTS_VM_VERIFIER_STAMP_H_

// What a block of a device is filled with, so that a block which is old, which belongs elsewhere,
// or which was written in part is told from the one that was written last. Pure; callable from any
// thread.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Fills `count` words; each depends on its place, on the number of the block and on its generation.
void stamp_fill(uint64_t* words, size_t count, uint64_t block, uint64_t generation);

// Whether the words are those that stamp_fill() writes for the same block and generation.
bool stamp_matches(const uint64_t* words, size_t count, uint64_t block, uint64_t generation);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_TESTS_VM_VERIFIER_STAMP_H_
