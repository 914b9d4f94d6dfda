// Reads one file whole, as it is at one moment.
//
// Thread rule: pure of state; may wait for the disk.
#ifndef PATHWATCH_LIB_CONFIG_FILE_TEXT_H_
#define PATHWATCH_LIB_CONFIG_FILE_TEXT_H_

#include <cstddef>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace pathwatch::config {

// How often a file that changes while it is read is read.
inline constexpr int kReadsMax = 3;

// On failure a sentence without the file's name, with the remedy. NOT_FOUND: there is nothing of
// that name. A symbolic link to nothing is another failure: somebody meant something by it.
// Never waits for the other end of a pipe. `after_reading` is called before it is looked at
// whether the file has changed meanwhile (for tests).
absl::StatusOr<std::string> ReadFileText(const std::string& name, std::size_t bytes_max,
                                         const std::function<void()>& after_reading = {});

// "<text of the errno>: <what helps>", for a file or directory that cannot be read.
std::string CannotBeRead(int error);
// "a directory", "a pipe", ... for a mode of stat(2).
std::string KindOfFile(unsigned mode);

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_FILE_TEXT_H_
