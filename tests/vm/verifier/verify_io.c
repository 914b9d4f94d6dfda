// verify_io DEVICE: reads and writes random blocks of a disk around the page cache, one at a time,
// until SIGTERM or SIGINT, and compares each read with what was written last. Then it reads all
// that was written once more and prints one line:
//   reads N writes N bad N errors N longest_ms N
// bad: blocks with other content than was written; errors: reads and writes that failed.
// Ends with 0 if both are 0, with 1 if not, with 2 if it cannot begin. Everything on DEVICE is
// lost.

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/fs.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "tests/vm/verifier/stamp.h"

enum { BLOCK_BYTES = 64 * 1024, BLOCK_WORDS = BLOCK_BYTES / 8, ALIGNMENT = 4096 };

struct verifier {
  int device;
  uint64_t blocks;
  uint64_t* words;        // one block
  uint64_t* generations;  // of each block what was written last; 0: not known
  uint64_t newest;
  uint64_t random;
  uint64_t reads, writes, bad, errors;
  int64_t longest_ns;
};

static int64_t now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

// xorshift64; the same numbers in each run.
static uint64_t next_random(struct verifier* v) {
  v->random ^= v->random << 13;
  v->random ^= v->random >> 7;
  v->random ^= v->random << 17;
  return v->random;
}

// Counts what one read or write took and says whether it succeeded.
static bool done(struct verifier* v, const char* what, uint64_t block, ssize_t size,
                 int64_t begin_ns) {
  const int error = size < 0 ? errno : EIO;
  const int64_t took_ns = now_ns() - begin_ns;
  if (took_ns > v->longest_ns) v->longest_ns = took_ns;
  if (size == BLOCK_BYTES) return true;
  v->errors++;
  fprintf(stderr, "verify_io: %s of block %" PRIu64 ": %s\n", what, block, strerror(error));
  return false;
}

static void write_block(struct verifier* v, uint64_t block) {
  const uint64_t generation = ++v->newest;
  stamp_fill(v->words, BLOCK_WORDS, block, generation);
  v->writes++;
  const int64_t begin_ns = now_ns();
  const ssize_t size = pwrite(v->device, v->words, BLOCK_BYTES, (off_t)(block * BLOCK_BYTES));
  // After a failed write the block may have either content, or both in part.
  v->generations[block] = done(v, "write", block, size, begin_ns) ? generation : 0;
}

static void read_block(struct verifier* v, uint64_t block) {
  v->reads++;
  memset(v->words, 0, BLOCK_BYTES);
  const int64_t begin_ns = now_ns();
  const ssize_t size = pread(v->device, v->words, BLOCK_BYTES, (off_t)(block * BLOCK_BYTES));
  if (!done(v, "read", block, size, begin_ns)) return;
  if (stamp_matches(v->words, BLOCK_WORDS, block, v->generations[block])) return;
  v->bad++;
  fprintf(stderr, "verify_io: block %" PRIu64 " is not what was written\n", block);
}

static void visit_a_block(struct verifier* v) {
  const uint64_t block = next_random(v) % v->blocks;
  if (v->generations[block] == 0 || next_random(v) % 2 == 0) {
    write_block(v, block);
  } else {
    read_block(v, block);
  }
}

static void read_all(struct verifier* v) {
  for (uint64_t block = 0; block < v->blocks; block++) {
    if (v->generations[block] != 0) read_block(v, block);
  }
}

static bool open_device(struct verifier* v, const char* name) {
  uint64_t size = 0;
  v->device = open(name, O_RDWR | O_DIRECT | O_CLOEXEC);
  if (v->device < 0 || ioctl(v->device, BLKGETSIZE64, &size) != 0) {
    fprintf(stderr, "verify_io: %s: %s; a disk that may be written to is needed\n", name,
            strerror(errno));
    return false;
  }
  v->blocks = size / BLOCK_BYTES;
  if (v->blocks == 0) fprintf(stderr, "verify_io: %s has less than %d bytes\n", name, BLOCK_BYTES);
  return v->blocks != 0;
}

static bool allocate(struct verifier* v) {
  v->words = aligned_alloc(ALIGNMENT, BLOCK_BYTES);
  v->generations = calloc(v->blocks, sizeof *v->generations);
  if (v->words != NULL && v->generations != NULL) return true;
  fprintf(stderr, "verify_io: no memory for %" PRIu64 " blocks\n", v->blocks);
  return false;
}

static void run_until_told_to_stop(struct verifier* v) {
  const struct timespec no_wait = {0};
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  sigprocmask(SIG_BLOCK, &stop, NULL);
  while (sigtimedwait(&stop, NULL, &no_wait) < 0) visit_a_block(v);
}

int main(int argc, char** argv) {
  struct verifier v = {.device = -1, .random = 0x2545f4914f6cdd1d};
  if (argc != 2) {
    fprintf(stderr, "usage: verify_io DEVICE\n");
    return 2;
  }
  if (!open_device(&v, argv[1]) || !allocate(&v)) return 2;
  run_until_told_to_stop(&v);
  read_all(&v);
  printf("reads %" PRIu64 " writes %" PRIu64 " bad %" PRIu64 " errors %" PRIu64
         " longest_ms %" PRId64 "\n",
         v.reads, v.writes, v.bad, v.errors, v.longest_ns / 1000000);
  close(v.device);
  free(v.words);
  free(v.generations);
  return v.bad == 0 && v.errors == 0 ? 0 : 1;
}
