#include "lib/checker/state_file_access.h"

#include <errno.h>
#include <unistd.h>

enum {
  // The header of version 1.0; later minors only add to it.
  HEADER_SIZE_MIN =
      offsetof(struct pw_header, sections) + PW_SECTIONS_MAX * sizeof(struct pw_section),
};

static enum pw_result read_up_to(int file, uint64_t offset, void* bytes, size_t size,
                                 size_t* length) {
  *length = 0;
  ssize_t count;
  do {
    count = pread(file, bytes, size, (off_t)offset);
  } while (count < 0 && errno == EINTR);
  if (count < 0) return PW_CANNOT_READ;
  *length = (size_t)count;
  return PW_OK;
}

enum pw_result pw_read_exactly(int file, uint64_t offset, void* bytes, size_t size) {
  size_t length;
  const enum pw_result result = read_up_to(file, offset, bytes, size, &length);
  if (result != PW_OK) return result;
  return length == size ? PW_OK : PW_TRUNCATED;
}

bool pw_try_again(struct pw_tries* tries, uint32_t sequence, enum pw_result* result) {
  if (*result != PW_BUSY && *result != PW_DAMAGED) return false;
  if (tries->done == 0) tries->first_sequence = sequence;
  if (tries->first_sequence != sequence) tries->changed = true;
  tries->done++;
  if (tries->done < PW_TRIES_MAX) return true;
  if (tries->changed) *result = PW_BUSY;
  return false;
}

// One try.
static enum pw_result check_header(const unsigned char* bytes, size_t length,
                                   struct pw_header* header) {
  memset(header, 0, sizeof *header);
  memcpy(header, bytes, length < sizeof *header ? length : sizeof *header);
  if (header->magic != PW_MAGIC) return PW_FOREIGN;
  if (length < offsetof(struct pw_header, heartbeat_boottime_ns)) return PW_TRUNCATED;
  if (header->version_major != PW_VERSION_MAJOR) return PW_OTHER_MAJOR;
  if (length < HEADER_SIZE_MIN) return PW_TRUNCATED;
  const size_t size = header->header_size;
  if (size < HEADER_SIZE_MIN || size > PW_RECORD_SIZE_MAX || size % 8 != 0) return PW_DAMAGED;
  if (length < size) return PW_TRUNCATED;
  if (header->sequence % 2 != 0) return PW_BUSY;
  if (pw_header_checksum(bytes, size) != header->checksum) return PW_DAMAGED;
  if (size < sizeof *header) memset((unsigned char*)header + size, 0, sizeof *header - size);
  return PW_OK;
}

enum pw_result pw_read_header(int file, uint32_t header_size, struct pw_header* header) {
  unsigned char bytes[PW_RECORD_SIZE_MAX];
  struct pw_tries tries = {0, 0, false};
  enum pw_result result;
  do {
    size_t length;
    result = read_up_to(file, 0, bytes, header_size != 0 ? header_size : sizeof bytes, &length);
    if (result == PW_OK) result = check_header(bytes, length, header);
  } while (pw_try_again(&tries, header->sequence, &result));
  if (result != PW_OK) memset(header, 0, sizeof *header);
  return result;
}
