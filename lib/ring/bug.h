// The end of a program whose own code is wrong: going on would hide it or corrupt memory.
#ifndef PATHWATCH_LIB_RING_BUG_H_
#define PATHWATCH_LIB_RING_BUG_H_

#include <string>

namespace pathwatch::ring {

// Writes "pathwatch: bug: ..." to standard error and aborts.
[[noreturn]] void Bug(const std::string& sentence);

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_BUG_H_
