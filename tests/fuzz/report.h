// How a fuzz target tells libFuzzer that a promise was broken.
#ifndef PATHWATCH_TESTS_FUZZ_REPORT_H_
#define PATHWATCH_TESTS_FUZZ_REPORT_H_

#include <cstdlib>
#include <iostream>
#include <string>

namespace pathwatch::fuzz {

// Prints the broken promise and ends the process, unless there is none ("").
inline void StopIfBroken(const std::string& broken_promise) {
  if (broken_promise.empty()) return;
  std::cerr << "broken promise: " << broken_promise << std::endl;
  std::abort();
}

}  // namespace pathwatch::fuzz

#endif  // PATHWATCH_TESTS_FUZZ_REPORT_H_
