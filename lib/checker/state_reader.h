// The reader of the published state (proto/state_table.h), in C11.
//
// It uses pread only, since a mapping could fault in a foreign process when the file shrinks. It
// never blocks, never allocates, never locks, and retries a bounded number of times. It believes
// nothing in the file: every offset and size is checked before use, every record by its checksum.
//
// Typical use, each time an answer is needed:
//
//   pw_open(path, &reader);  // once, whatever it returns
//   if (pw_refresh(&reader) == PW_OK && pw_freshness(&reader, now, NULL) == PW_OK &&
//       pw_find_path_by_devt(&reader, devt, &index, &record) == PW_OK) ...
//
// Thread rule: one thread at a time per reader; different readers do not know of each other.
#ifndef PATHWATCH_LIB_CHECKER_STATE_READER_H_
#define PATHWATCH_LIB_CHECKER_STATE_READER_H_

#ifndef __cplusplus
#include <stdbool.h>
#endif

#include "proto/state_table.h"

#ifdef __cplusplus
extern "C" {
#endif

// Every call returns one of these; pw_strerror has a sentence for each.
enum pw_result {
  PW_OK = 0,
  PW_NO_FILE = 1,       // there is no such file: no daemon has run
  PW_NOT_ALLOWED = 2,   // this process may not read it
  PW_CANNOT_READ = 3,   // another error of a system call; errno has it
  PW_NOT_REGULAR = 4,   // it is not a regular file
  PW_UNTRUSTED = 5,     // wrong owner or mode of the file or its directory
  PW_FOREIGN = 6,       // not a pathwatch file
  PW_OTHER_MAJOR = 7,   // another major version
  PW_TRUNCATED = 8,     // shorter than its header says
  PW_DAMAGED = 9,       // sizes that contradict each other, or a wrong checksum
  PW_BUSY = 10,         // a record stayed unfinished through all tries
  PW_NOT_FOUND = 11,    // no such record
  PW_STALE = 12,        // the heartbeat is too old
  PW_CLOSED = 13,       // the reader has no file
  PW_OVERWRITTEN = 14,  // of the change log: a newer change has its place
};

enum { PW_STATE_PATH_MAX = 256 };

// Given by the caller; read-only for him.
struct pw_reader {
  int file;           // -1: none
  bool look_at_name;  // the next pw_refresh looks whether the name leads elsewhere
  uint64_t device;    // st_dev and st_ino of the file
  uint64_t inode;
  uint64_t file_size;
  uint32_t header_size;
  uint32_t section_count;
  struct pw_section sections[PW_SECTIONS_MAX];  // kinds that we know, as they were at the opening
  char path[PW_STATE_PATH_MAX];
};

// Opens the file. Trusted is a regular file that nobody but its owner can write, in a directory
// that nobody but its owner can write, owned by root or by the directory's owner.
// On success the reader owns a descriptor until pw_close. On failure it has none, but has the
// path: pw_refresh tries again. A path of PW_STATE_PATH_MAX bytes or more is PW_NO_FILE.
enum pw_result pw_open(const char* path, struct pw_reader* reader);

// Harmless when closed already. REQUIRES: pw_open was called.
void pw_close(struct pw_reader* reader);

// Makes sure that the reader has the file that bears the name now: opens it again when it was
// superseded, replaced, deleted or cut, or when it could not be opened before. Costs one fstat
// while nothing changed. That the file was only moved away is noticed after pw_freshness has found
// it stale. On failure the reader is closed. REQUIRES: pw_open was called.
enum pw_result pw_refresh(struct pw_reader* reader);

// PW_OK if the heartbeat is not older than PW_HEARTBEAT_MAX_AGE_NS (nor further in the future),
// otherwise PW_STALE: then nothing in the file may be relied on. `now_boottime_ns` is
// CLOCK_BOOTTIME. If `age_ns` is not null it gets the age in both cases.
enum pw_result pw_freshness(struct pw_reader* reader, int64_t now_boottime_ns, int64_t* age_ns);

// A consistent copy of the header. Fields that a shorter header lacks are 0.
enum pw_result pw_header_snapshot(const struct pw_reader* reader, struct pw_header* header);

// The number of record slots to look at: no record has an index of `count` or more.
// PW_NOT_FOUND if the file has no such section.
enum pw_result pw_record_count(const struct pw_reader* reader, enum pw_section_kind kind,
                               uint32_t* count);
enum pw_result pw_path_count(const struct pw_reader* reader, uint32_t* count);

// A consistent copy of a record; fields that the file's records lack are 0, fields that we do not
// know are left out. PW_NOT_FOUND if the slot is free or does not exist. On failure the record is
// all zeros. Strings always end with a NUL.
enum pw_result pw_read_path(const struct pw_reader* reader, uint32_t index,
                            struct pw_path_record* record);
enum pw_result pw_read_lun(const struct pw_reader* reader, uint32_t index,
                           struct pw_lun_record* record);
enum pw_result pw_read_nexus(const struct pw_reader* reader, uint32_t index,
                             struct pw_nexus_record* record);
enum pw_result pw_read_host(const struct pw_reader* reader, uint32_t index,
                            struct pw_host_record* record);
enum pw_result pw_read_counters(const struct pw_reader* reader, struct pw_counters_record* record);
enum pw_result pw_read_port_group(const struct pw_reader* reader, uint32_t index,
                                  struct pw_port_group_record* record);
// `index` is that of the path.
enum pw_result pw_read_history(const struct pw_reader* reader, uint32_t index,
                               struct pw_history_record* record);
enum pw_result pw_read_detail(const struct pw_reader* reader, uint32_t index,
                              struct pw_detail_record* record);

// The change of that sequence, by the same rules. PW_NOT_FOUND: it has not been written yet (or the
// file has no change log); nothing tells the reader when it is, so try again later.
// PW_OVERWRITTEN: it was there, but the log has no place for it any more.
enum pw_result pw_read_change(const struct pw_reader* reader, uint64_t sequence,
                              struct pw_change_record* record);

// Finds the path with that block device (or sg character device), or those numbers. A removed
// path is found only if no other one has the key. `index` may be null.
enum pw_result pw_find_path_by_devt(const struct pw_reader* reader, uint64_t devt, uint32_t* index,
                                    struct pw_path_record* record);
enum pw_result pw_find_path_by_hctl(const struct pw_reader* reader, uint32_t host, uint32_t channel,
                                    uint32_t target, uint64_t lun, uint32_t* index,
                                    struct pw_path_record* record);

// As pw_find_path_by_devt, but only a path of that very device: PW_NOT_FOUND if the daemon knows
// another one by the number, since the kernel gives a number to the next disk at once. For a
// program that holds an open descriptor: `generation` is what pw_device_generation gave when it
// opened the device. A generation of 0 is that of no device.
enum pw_result pw_find_path_of_device(const struct pw_reader* reader, uint64_t devt,
                                      uint64_t generation, uint32_t* index,
                                      struct pw_path_record* record);

// The generation of the SCSI device that has this block device now, as pw_path_record.generation:
// the inode of its directory in sysfs. 0 if there is no such device or it is not one of SCSI.
// `sysfs_root` is "/sys". Costs one look into sysfs, which waits for no device.
uint64_t pw_device_generation(const char* sysfs_root, uint64_t devt);

// A sentence for people, without a final dot; never null. The string is constant.
const char* pw_strerror(enum pw_result result);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_STATE_READER_H_
