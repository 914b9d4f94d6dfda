// Reading of the state file below the level of records; for state_reader.c and state_open.c only.
#ifndef PATHWATCH_LIB_CHECKER_STATE_FILE_ACCESS_H_
#define PATHWATCH_LIB_CHECKER_STATE_FILE_ACCESS_H_

#include <stdbool.h>

#include "lib/checker/state_reader.h"

// A record takes the writer less than a microsecond, and a read takes about as long: if this many
// tries fail, the writer was interrupted within a record.
enum { PW_TRIES_MAX = 64 };

// The tries to read one record or header.
struct pw_tries {
  int done;
  uint32_t first_sequence;
  bool changed;  // the sequences differed
};

// PW_TRUNCATED if the file ends before `size` bytes.
enum pw_result pw_read_exactly(int file, uint64_t offset, void* bytes, size_t size);

// Takes note of a try that saw `sequence` and gave `*result`; true if there should be another.
// When there have been enough, PW_DAMAGED stays only if all tries saw one and the same sequence:
// otherwise the record is being written all the time, which is PW_BUSY.
bool pw_try_again(struct pw_tries* tries, uint32_t sequence, enum pw_result* result);

// A consistent copy of the header. `header_size` is the size that the file is known to have, or 0.
enum pw_result pw_read_header(int file, uint32_t header_size, struct pw_header* header);

#endif  // PATHWATCH_LIB_CHECKER_STATE_FILE_ACCESS_H_
