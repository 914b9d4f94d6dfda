// What an errno of io_uring_enter itself (never of an operation) means for the loop.
//
// Pure functions.
#ifndef PATHWATCH_LIB_RING_ENTER_ERROR_H_
#define PATHWATCH_LIB_RING_ENTER_ERROR_H_

#include <string>

#include "absl/status/status.h"

namespace pathwatch::ring {

enum class EnterVerdict {
  kGoOn,              // nothing is wrong: a time-out, a signal, or no error at all
  kAwaitCompletions,  // the kernel is short of something that completions give back
  kFault,             // the ring can't be used any longer: the loop ends with a Status
  kBug,               // only wrong code of ours gets this: the program aborts
};

// `error` is an errno, 0 for none.
EnterVerdict JudgeEnter(int error);

// The sentence for kFault.
absl::Status EnterFault(int error);
// The sentence for kBug.
std::string EnterBug(int error);

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_ENTER_ERROR_H_
