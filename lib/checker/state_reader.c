#include "lib/checker/state_reader.h"

#include <errno.h>
#include <stdbool.h>
#include <unistd.h>

#include "lib/checker/state_file_access.h"

enum {
  // Entries of the index that one read fetches, and that one search looks at before it gives up:
  // the daemon keeps the index so empty that searches of a hundred entries are rare.
  ENTRY_BYTES_PER_READ = 512,
  ENTRIES_PER_SEARCH_MAX = 65536,
};

// What the path that is looked for must have.
struct wanted {
  uint32_t kind;  // pw_index_kind
  uint64_t key;
  uint32_t host;
  uint32_t channel;
  uint32_t target;
  uint64_t lun;
};

// One try. PW_BUSY: unfinished; PW_DAMAGED: finished, but the checksum is wrong.
static enum pw_result check_record(const unsigned char* bytes, size_t record_size,
                                   struct pw_record_head* head) {
  memcpy(head, bytes, sizeof *head);
  if (head->sequence % 2 != 0) return PW_BUSY;
  if (head->sequence == 0 && head->in_use == 0 && head->checksum == 0) return PW_NOT_FOUND;
  if (pw_record_checksum(bytes, record_size) != head->checksum) return PW_DAMAGED;
  return head->in_use != 0 ? PW_OK : PW_NOT_FOUND;
}

static enum pw_result read_record(const struct pw_reader* reader, enum pw_section_kind kind,
                                  uint32_t index, void* record, size_t size) {
  memset(record, 0, size);
  if (reader->file < 0) return PW_CLOSED;
  const struct pw_section* section = &reader->sections[kind];
  if (index >= section->capacity) return PW_NOT_FOUND;
  const uint64_t offset = section->offset + (uint64_t)index * section->record_size;
  unsigned char bytes[PW_RECORD_SIZE_MAX];
  struct pw_record_head head = {0, 0, 0};
  struct pw_tries tries = {0, 0, false};
  enum pw_result result;
  do {
    result = pw_read_exactly(reader->file, offset, bytes, section->record_size);
    if (result == PW_OK) result = check_record(bytes, section->record_size, &head);
  } while (pw_try_again(&tries, head.sequence, &result));
  if (result == PW_OK) {
    memcpy(record, bytes, section->record_size < size ? section->record_size : size);
  }
  return result;
}

enum pw_result pw_read_path(const struct pw_reader* reader, uint32_t index,
                            struct pw_path_record* record) {
  const enum pw_result result =
      read_record(reader, PW_SECTION_PATHS, index, record, sizeof *record);
  record->sd_name[sizeof record->sd_name - 1] = '\0';
  record->sg_name[sizeof record->sg_name - 1] = '\0';
  record->wwid[sizeof record->wwid - 1] = '\0';
  record->vendor[sizeof record->vendor - 1] = '\0';
  record->product[sizeof record->product - 1] = '\0';
  record->revision[sizeof record->revision - 1] = '\0';
  return result;
}

enum pw_result pw_read_lun(const struct pw_reader* reader, uint32_t index,
                           struct pw_lun_record* record) {
  const enum pw_result result = read_record(reader, PW_SECTION_LUNS, index, record, sizeof *record);
  record->wwid[sizeof record->wwid - 1] = '\0';
  record->vendor[sizeof record->vendor - 1] = '\0';
  record->product[sizeof record->product - 1] = '\0';
  record->dm_name[sizeof record->dm_name - 1] = '\0';
  return result;
}

enum pw_result pw_read_nexus(const struct pw_reader* reader, uint32_t index,
                             struct pw_nexus_record* record) {
  const enum pw_result result =
      read_record(reader, PW_SECTION_NEXUSES, index, record, sizeof *record);
  record->name[sizeof record->name - 1] = '\0';
  record->initiator_port[sizeof record->initiator_port - 1] = '\0';
  record->target_port[sizeof record->target_port - 1] = '\0';
  record->port_name[sizeof record->port_name - 1] = '\0';
  record->port_state[sizeof record->port_state - 1] = '\0';
  record->portal[sizeof record->portal - 1] = '\0';
  return result;
}

enum pw_result pw_read_host(const struct pw_reader* reader, uint32_t index,
                            struct pw_host_record* record) {
  const enum pw_result result =
      read_record(reader, PW_SECTION_HOSTS, index, record, sizeof *record);
  record->proc_name[sizeof record->proc_name - 1] = '\0';
  return result;
}

enum pw_result pw_read_counters(const struct pw_reader* reader, struct pw_counters_record* record) {
  return read_record(reader, PW_SECTION_COUNTERS, 0, record, sizeof *record);
}

enum pw_result pw_read_port_group(const struct pw_reader* reader, uint32_t index,
                                  struct pw_port_group_record* record) {
  return read_record(reader, PW_SECTION_PORT_GROUPS, index, record, sizeof *record);
}

enum pw_result pw_read_history(const struct pw_reader* reader, uint32_t index,
                               struct pw_history_record* record) {
  return read_record(reader, PW_SECTION_HISTORIES, index, record, sizeof *record);
}

enum pw_result pw_read_detail(const struct pw_reader* reader, uint32_t index,
                              struct pw_detail_record* record) {
  const enum pw_result result =
      read_record(reader, PW_SECTION_DETAILS, index, record, sizeof *record);
  record->identity_found[sizeof record->identity_found - 1] = '\0';
  record->dm_name[sizeof record->dm_name - 1] = '\0';
  record->dm_wwid[sizeof record->dm_wwid - 1] = '\0';
  record->device_state[sizeof record->device_state - 1] = '\0';
  record->port_state[sizeof record->port_state - 1] = '\0';
  return result;
}

enum pw_result pw_read_change(const struct pw_reader* reader, uint64_t sequence,
                              struct pw_change_record* record) {
  memset(record, 0, sizeof *record);
  if (reader->file < 0) return PW_CLOSED;
  const struct pw_section* section = &reader->sections[PW_SECTION_CHANGES];
  if (section->capacity == 0 || sequence == 0) return PW_NOT_FOUND;
  if (sequence < section->first_sequence) return PW_OVERWRITTEN;
  enum pw_result result = read_record(
      reader, PW_SECTION_CHANGES, (uint32_t)(sequence % section->capacity), record, sizeof *record);
  if (result == PW_OK && record->sequence != sequence) {
    result = record->sequence > sequence ? PW_OVERWRITTEN : PW_NOT_FOUND;
    memset(record, 0, sizeof *record);
  }
  record->device[sizeof record->device - 1] = '\0';
  record->wwid[sizeof record->wwid - 1] = '\0';
  return result;
}

enum pw_result pw_header_snapshot(const struct pw_reader* reader, struct pw_header* header) {
  memset(header, 0, sizeof *header);
  if (reader->file < 0) return PW_CLOSED;
  return pw_read_header(reader->file, reader->header_size, header);
}

enum pw_result pw_record_count(const struct pw_reader* reader, enum pw_section_kind kind,
                               uint32_t* count) {
  *count = 0;
  struct pw_header header;
  const enum pw_result result = pw_header_snapshot(reader, &header);
  if (result != PW_OK) return result;
  for (uint32_t i = 0; i < reader->section_count; i++) {
    if (header.sections[i].kind != (uint32_t)kind) continue;
    if (header.sections[i].used > reader->sections[kind].capacity) return PW_DAMAGED;
    *count = header.sections[i].used;
    return PW_OK;
  }
  return PW_NOT_FOUND;
}

enum pw_result pw_path_count(const struct pw_reader* reader, uint32_t* count) {
  return pw_record_count(reader, PW_SECTION_PATHS, count);
}

enum pw_result pw_freshness(struct pw_reader* reader, int64_t now_boottime_ns, int64_t* age_ns) {
  if (age_ns != NULL) *age_ns = 0;
  if (reader->file < 0) return PW_CLOSED;
  struct {
    int64_t heartbeat;
    uint32_t superseded;
    uint32_t index_sequence;
  } live = {0, 0, 0};
  const enum pw_result result = pw_read_exactly(
      reader->file, offsetof(struct pw_header, heartbeat_boottime_ns), &live, sizeof live);
  if (result != PW_OK) return result;
  reader->look_at_name = true;
  if (live.heartbeat <= 0 || now_boottime_ns < 0) return PW_STALE;
  const int64_t age = now_boottime_ns - live.heartbeat;
  if (age_ns != NULL) *age_ns = age;
  if (age > PW_HEARTBEAT_MAX_AGE_NS || age < -PW_HEARTBEAT_MAX_AGE_NS) return PW_STALE;
  reader->look_at_name = live.superseded != 0;
  return PW_OK;
}

static bool matches(const struct pw_path_record* record, const struct wanted* wanted) {
  if (wanted->kind == PW_INDEX_DEVT) {
    return record->sd_devt == wanted->key || record->sg_devt == wanted->key;
  }
  return record->host == wanted->host && record->channel == wanted->channel &&
         record->target == wanted->target && record->lun == wanted->lun;
}

// Follows one entry. On PW_OK `record` is a path that was looked for and that is not removed.
// Otherwise `fallback` may have got what to say if no better entry comes.
static enum pw_result follow_entry(const struct pw_reader* reader,
                                   const struct pw_index_entry* entry, const struct wanted* wanted,
                                   uint32_t* fallback_index, enum pw_result* fallback,
                                   struct pw_path_record* record) {
  const enum pw_result result = pw_read_path(reader, entry->path_plus_one - 1, record);
  if (result == PW_OK) {
    if (!matches(record, wanted)) return PW_NOT_FOUND;
    if (record->state != PW_STATE_REMOVED) return PW_OK;
    *fallback_index = entry->path_plus_one - 1;
    *fallback = PW_OK;
  } else if (result != PW_NOT_FOUND && *fallback == PW_NOT_FOUND) {
    *fallback = result;
  }
  return PW_NOT_FOUND;
}

// One walk through the index; the index may be rebuilt meanwhile.
static enum pw_result search(const struct pw_reader* reader, const struct wanted* wanted,
                             uint32_t* index, struct pw_path_record* record, bool* found_removed) {
  const struct pw_section* section = &reader->sections[PW_SECTION_INDEX];
  uint32_t fallback_index = PW_NO_INDEX;
  enum pw_result fallback = PW_NOT_FOUND;
  *found_removed = false;
  unsigned char bytes[PW_RECORD_SIZE_MAX];
  const uint32_t per_read =
      section->record_size < ENTRY_BYTES_PER_READ ? ENTRY_BYTES_PER_READ / section->record_size : 1;
  const uint32_t limit =
      section->capacity < ENTRIES_PER_SEARCH_MAX ? section->capacity : ENTRIES_PER_SEARCH_MAX;
  uint32_t position = pw_index_start(wanted->kind, wanted->key, section->capacity);
  bool ended = false;
  for (uint32_t seen = 0; seen < limit && !ended;) {
    uint32_t count =
        section->capacity - position < per_read ? section->capacity - position : per_read;
    if (count > limit - seen) count = limit - seen;
    const enum pw_result read =
        pw_read_exactly(reader->file, section->offset + (uint64_t)position * section->record_size,
                        bytes, (size_t)count * section->record_size);
    if (read != PW_OK) return read;
    for (uint32_t i = 0; i < count && !ended; i++) {
      struct pw_index_entry entry;
      memcpy(&entry, bytes + (size_t)i * section->record_size, sizeof entry);
      ended = entry.path_plus_one == 0;
      if (ended || entry.path_plus_one == PW_INDEX_TOMBSTONE || entry.key != wanted->key ||
          entry.kind != wanted->kind) {
        continue;
      }
      if (follow_entry(reader, &entry, wanted, &fallback_index, &fallback, record) == PW_OK) {
        *index = entry.path_plus_one - 1;
        return PW_OK;
      }
    }
    seen += count;
    position = (position + count) % section->capacity;
  }
  if (!ended && section->capacity > limit) return PW_DAMAGED;
  if (fallback != PW_OK) return fallback;
  *found_removed = true;
  *index = fallback_index;
  return pw_read_path(reader, fallback_index, record);
}

static enum pw_result read_index_sequence(const struct pw_reader* reader, uint32_t* sequence) {
  return pw_read_exactly(reader->file, offsetof(struct pw_header, index_sequence), sequence,
                         sizeof *sequence);
}

// A path that is found is right, whatever happens to the index. That there is none is only
// believed if the index was not rebuilt during the search.
static enum pw_result find_path(const struct pw_reader* reader, const struct wanted* wanted,
                                uint32_t* index, struct pw_path_record* record) {
  uint32_t found = PW_NO_INDEX;
  memset(record, 0, sizeof *record);
  if (index != NULL) *index = PW_NO_INDEX;
  if (reader->file < 0) return PW_CLOSED;
  if (reader->sections[PW_SECTION_INDEX].capacity == 0) return PW_NOT_FOUND;
  bool removed = false;
  enum pw_result result = search(reader, wanted, &found, record, &removed);
  for (int i = 0; (result == PW_NOT_FOUND || removed) && i < PW_TRIES_MAX; i++) {
    uint32_t before = 0;
    uint32_t after = 0;
    const enum pw_result read = read_index_sequence(reader, &before);
    if (read != PW_OK) return read;
    result = search(reader, wanted, &found, record, &removed);
    if (read_index_sequence(reader, &after) == PW_OK && before == after && before % 2 == 0) break;
    if (result == PW_NOT_FOUND && i == PW_TRIES_MAX - 1) result = PW_BUSY;
  }
  if (result != PW_OK) {
    memset(record, 0, sizeof *record);
  } else if (index != NULL) {
    *index = found;
  }
  return result;
}

enum pw_result pw_find_path_by_devt(const struct pw_reader* reader, uint64_t devt, uint32_t* index,
                                    struct pw_path_record* record) {
  const struct wanted wanted = {.kind = PW_INDEX_DEVT, .key = devt};
  if (devt != 0) return find_path(reader, &wanted, index, record);
  memset(record, 0, sizeof *record);
  if (index != NULL) *index = PW_NO_INDEX;
  return PW_NOT_FOUND;
}

enum pw_result pw_find_path_by_hctl(const struct pw_reader* reader, uint32_t host, uint32_t channel,
                                    uint32_t target, uint64_t lun, uint32_t* index,
                                    struct pw_path_record* record) {
  const struct wanted wanted = {.kind = PW_INDEX_HCTL,
                                .key = pw_hctl_key(host, channel, target, lun),
                                .host = host,
                                .channel = channel,
                                .target = target,
                                .lun = lun};
  return find_path(reader, &wanted, index, record);
}

enum pw_result pw_find_path_of_device(const struct pw_reader* reader, uint64_t devt,
                                      uint64_t generation, uint32_t* index,
                                      struct pw_path_record* record) {
  const enum pw_result result = pw_find_path_by_devt(reader, devt, index, record);
  if (result != PW_OK || (generation != 0 && record->generation == generation)) return result;
  memset(record, 0, sizeof *record);
  if (index != NULL) *index = PW_NO_INDEX;
  return PW_NOT_FOUND;
}
