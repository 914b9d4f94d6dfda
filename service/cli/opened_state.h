// The published state, opened for reading.
//
// Thread rule: one thread at a time.
#ifndef PATHWATCH_SERVICE_CLI_OPENED_STATE_H_
#define PATHWATCH_SERVICE_CLI_OPENED_STATE_H_

#include <string>

#include "absl/status/status.h"
#include "lib/checker/state_reader.h"

namespace pathwatch::cli {

// A reader that is closed at the end.
class OpenedState {
 public:
  OpenedState() { reader_.file = -1; }
  ~OpenedState() { pw_close(&reader_); }
  OpenedState(const OpenedState&) = delete;
  OpenedState& operator=(const OpenedState&) = delete;

  pw_reader* get() { return &reader_; }
  const pw_reader* get() const { return &reader_; }

 private:
  pw_reader reader_{};
};

// "<run_dir>/state"
std::string StateFileName(const std::string& run_dir);

// Names the file, what is wrong with it and the remedy. REQUIRES: `result` is not PW_OK, and no
// call that changes errno came between.
absl::Status Unusable(const std::string& file, pw_result result);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_OPENED_STATE_H_
