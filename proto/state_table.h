// The published state of pathwatch: the layout of the file <run_dir>/state.
//
// Do not change these values: they leave the process. New fields go to the end of a record or into
// reserved places, which are 0 in older files; new kinds go to the end of their list. Then the
// minor version grows; anything else is a new major.
//
// One writer (the daemon, through a mapping), any number of readers (pread only; lib/checker is
// the reader to use). Numbers are in the byte order of the host, since the file never leaves it.
// Times are nanoseconds of CLOCK_BOOTTIME, 0 = never. Strings end with a NUL and longer ones are
// cut. README.md beside this file has the rules for readers and a worked example,
// state_table_layout.h freezes every offset.
//
// C11 and C++.
#ifndef PATHWATCH_PROTO_STATE_TABLE_H_
#define PATHWATCH_PROTO_STATE_TABLE_H_

#ifdef __cplusplus
#include <cstddef>
#include <cstdint>
#include <cstring>
extern "C" {
#else
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#endif

// "PWSTATE" and a NUL, as bytes on a little-endian host.
static const uint64_t PW_MAGIC = UINT64_C(0x0045544154535750);

enum {
  PW_VERSION_MAJOR = 1,
  PW_VERSION_MINOR = 4,
  PW_SECTIONS_MAX = 16,
  // Neither a record of a section that readers look into nor the header ever gets longer, so that
  // a reader needs one buffer of this size.
  PW_RECORD_SIZE_MAX = 4096,
  PW_STATES = 10,
  // Places in records.
  PW_HISTORY_CHANGES = 32,
  PW_PORT_GROUP_PORTS = 32,
  PW_HISTOGRAM_BOUNDS = 13,
};

static const uint32_t PW_NO_INDEX = UINT32_C(0xffffffff);

// The heartbeat comes every 500 ms; readers have no opinion about a file whose heartbeat is
// older than this.
static const int64_t PW_HEARTBEAT_MAX_AGE_NS = INT64_C(10000000000);

// ---- Words -------------------------------------------------------------------------------------

enum pw_state {
  PW_STATE_UNKNOWN = 0,  // never checked, or no opinion
  PW_STATE_UP = 1,
  PW_STATE_GHOST = 2,  // standby
  PW_STATE_TRANSITIONING = 3,
  PW_STATE_UNAVAILABLE = 4,
  PW_STATE_DOWN = 5,
  PW_STATE_NO_ANSWER = 6,  // deadline passed and the command still out, or on a silent nexus
  PW_STATE_UNMAPPED = 7,   // the logical unit is not there any more
  PW_STATE_WRONG_LU = 8,   // its identity changed
  PW_STATE_REMOVED = 9,    // device deleted; not counted in totals
};

// How far the fault reaches.
enum pw_scope {
  PW_SCOPE_PATH = 0,
  PW_SCOPE_LU = 1,
  PW_SCOPE_TPG = 2,
  PW_SCOPE_NEXUS = 3,
  PW_SCOPE_HOST = 4,
};

enum pw_reason_kind {
  PW_REASON_NONE = 0,                // never checked
  PW_REASON_REPLY = 1,               // the code says
  PW_REASON_DEADLINE = 2,            // the command is still out since `reason_argument` (a time)
  PW_REASON_NEXUS_SILENT = 3,        // nothing answers on this nexus
  PW_REASON_NODE_UNOPENED = 4,       // the device node cannot be opened: code.error
  PW_REASON_DEVICE_DELETED = 5,      // the device was deleted
  PW_REASON_CARRIED_OVER = 6,        // from the daemon before; `reason_argument`: its reason kind
  PW_REASON_NO_NODE = 7,             // the device has no node to send commands to
  PW_REASON_RETRIES_EXHAUSTED = 8,   // the code of the last try says
  PW_REASON_PORT_GROUP = 9,          // the command succeeded; its port group's access state decides
  PW_REASON_IDENTITY_CHANGED = 10,   // another one answers: pw_detail_record.identity_found
  PW_REASON_NOT_MAPPED = 11,         // standard INQUIRY data say that no logical unit is there
  PW_REASON_LUN_NOT_REPORTED = 12,   // REPORT LUNS does not list it
  PW_REASON_TRANSPORT_BLOCKED = 13,  // the kernel holds commands back while it recovers
  PW_REASON_TRANSPORT_OFFLINE = 14,  // the transport has given the port up
  PW_REASON_DEVICE_OFFLINE = 15,     // the kernel has set the device offline
  PW_REASON_TRANSITION_TOO_LONG = 16,  // it outlasts its limit; the code says which transition
  PW_REASON_IDENTITY_UNREAD = 17,      // the identifier has changed and cannot be read
  PW_REASON_IDENTITY_ACCEPTED = 18,    // an operator has accepted the new identity
  PW_REASON_LEFT_OUT = 19,             // since 1.3: the configuration says not to watch it
};

// SPC-4 6.37 (REPORT TARGET PORT GROUPS), ASYMMETRIC ACCESS STATE.
enum pw_alua_state {
  PW_ALUA_ACTIVE_OPTIMIZED = 0,
  PW_ALUA_ACTIVE_NON_OPTIMIZED = 1,
  PW_ALUA_STANDBY = 2,
  PW_ALUA_UNAVAILABLE = 3,
  PW_ALUA_LBA_DEPENDENT = 4,
  PW_ALUA_OFFLINE = 14,
  PW_ALUA_TRANSITIONING = 15,
  PW_ALUA_UNKNOWN = 255,
};

enum pw_passthrough {
  PW_PASSTHROUGH_NONE = 0,
  PW_PASSTHROUGH_BSG_URING = 1,
  PW_PASSTHROUGH_SG_ASYNC = 2,
  PW_PASSTHROUGH_SIMULATED = 3,
};

// Why a path is reached the way it is.
enum pw_passthrough_choice {
  PW_CHOICE_NONE = 0,             // nothing was chosen yet
  PW_CHOICE_BEST = 1,             // the best way that there is
  PW_CHOICE_ORDERED = 2,          // an operator has ordered this one
  PW_CHOICE_NO_RING = 3,          // the kernel's io_uring has no commands
  PW_CHOICE_NO_BSG_NODE = 4,      // the device has no bsg node
  PW_CHOICE_BSG_UNOPENED = 5,     // the bsg node cannot be opened: passthrough_error
  PW_CHOICE_BSG_NO_COMMANDS = 6,  // the kernel's bsg takes no io_uring commands
  PW_CHOICE_NOT_BSG = 7,          // the node answers as no bsg node does: passthrough_error
  PW_CHOICE_BSG_NONSENSE = 8,     // its replies contradicted themselves
};

enum pw_transport {
  PW_TRANSPORT_OTHER = 0,
  PW_TRANSPORT_FC = 1,
  PW_TRANSPORT_ISCSI = 2,
  PW_TRANSPORT_SAS = 3,
};

enum pw_marginal_cause {
  PW_MARGINAL_NONE = 0,
  PW_MARGINAL_FLAPPING = 1,
  PW_MARGINAL_FPIN = 2,
  PW_MARGINAL_TRANSPORT = 3,
};

enum pw_path_flags {
  PW_PATH_UNCONFIRMED = 1,  // dm failed it, events were lost, or we restarted, since the last check
  PW_PATH_MARGINAL = 2,
  PW_PATH_PREFERRED = 4,
  PW_PATH_HAS_TPG = 8,     // tpg counts
  PW_PATH_HAS_RTPI = 16,   // rtpi counts
  PW_PATH_HAS_BSG = 32,    // /dev/bsg/H:C:T:L exists
  PW_PATH_OTHER_MAP = 64,  // its dm map bears a WWID that is none of its designators
};

enum pw_lun_flags {
  PW_LUN_ALUA = 1,           // its port groups are known
  PW_LUN_NO_IDENTIFIER = 2,  // it is known by the H:C:T:L of its path
  PW_LUN_TWINS = 4,          // two LUNs of one nexus lead to it
  PW_LUN_RTPG_REFUSED = 8,   // the array refuses REPORT TARGET PORT GROUPS
  PW_LUN_GROUPS_CUT = 16,    // it has more than 256 port groups; the first are kept
};

// What made the daemon look when it noticed a change.
enum pw_change_cause {
  PW_CAUSE_CHECK = 0,
  PW_CAUSE_RESCAN = 1,
  PW_CAUSE_OPERATOR = 2,
  PW_CAUSE_EVENT = 3,
};

enum pw_code_flags {
  PW_CODE_HAS_SENSE = 1,  // sense_key counts
  PW_CODE_HAS_ASC = 2,    // asc and ascq count
  PW_CODE_DEFERRED = 4,   // the sense belongs to an earlier command
};

// ---- Header ------------------------------------------------------------------------------------

enum pw_section_kind {
  PW_SECTION_NONE = 0,
  PW_SECTION_HOSTS = 1,
  PW_SECTION_NEXUSES = 2,
  PW_SECTION_LUNS = 3,
  PW_SECTION_PATHS = 4,
  PW_SECTION_INDEX = 5,
  PW_SECTION_COUNTERS = 6,
  PW_SECTION_PORT_GROUPS = 7,
  PW_SECTION_HISTORIES = 8,  // a path's history has the number of the path; so have its details
  PW_SECTION_CHANGES = 9,    // the change log, a ring
  PW_SECTION_DETAILS = 10,
  PW_SECTIONS_END = 11,  // kinds from here on are of newer minors
};

struct pw_section {
  uint32_t kind;            // pw_section_kind; readers skip kinds that they do not know
  uint32_t record_size;     // a multiple of 8; the distance of two records
  uint64_t offset;          // from the start of the file, a multiple of 8
  uint32_t capacity;        // records that fit
  uint32_t used;            // no record in use has an index of this or more; index: live entries
  uint64_t first_sequence;  // changes: earlier ones were lost when this file was made; others: 0
};

// Of a section only `used` changes as long as the file lives.
struct pw_header {
  uint64_t magic;
  uint16_t version_major;
  uint16_t version_minor;
  uint32_t header_size;
  // These four are outside the checksum, and each is stored at once.
  int64_t heartbeat_boottime_ns;
  uint32_t superseded;      // 1: a newer file has this one's name; open again
  uint32_t index_sequence;  // odd while the index is rebuilt
  uint32_t sequence;        // of the rest of the header; odd while it is written
  uint32_t reserved;
  uint64_t checksum;  // pw_header_checksum
  uint64_t file_size;
  uint64_t epoch;  // random, new with each start of the daemon; the same in all its files
  int64_t started_boottime_ns;
  uint32_t daemon_pid;
  uint32_t section_count;
  char daemon_version[32];
  uint8_t boot_id[16];  // /proc/sys/kernel/random/boot_id
  struct pw_section sections[PW_SECTIONS_MAX];
};

// ---- Records -----------------------------------------------------------------------------------

// Starts every record, except those of the index.
struct pw_record_head {
  uint32_t sequence;  // odd while the record is written
  uint32_t in_use;    // 0: the slot is free
  uint64_t checksum;  // pw_record_checksum; a head of zeros is a slot that was never used
};

// The outcome of a command.
struct pw_code {
  uint16_t error;        // errno, or 0
  uint16_t host_status;  // DID_* of the kernel
  uint8_t status;        // SAM-5 status byte
  uint8_t sense_key;
  uint8_t asc;
  uint8_t ascq;
  uint8_t flags;  // pw_code_flags
  uint8_t reserved[3];
};

// How long something took. Since 1.4, as is all that consists of it.
struct pw_histogram {
  // counts[i]: those that took at most bound i and longer than the bound before; the last: longer
  // than all bounds. Which bounds: pw_duration_bound_ns, pw_lag_bound_ns.
  uint64_t counts[PW_HISTOGRAM_BOUNDS + 1];
  uint64_t sum_ns;
};

// The commands whose durations are kept.
enum pw_command {
  PW_COMMAND_TUR = 0,       // TEST UNIT READY
  PW_COMMAND_RTPG = 1,      // REPORT TARGET PORT GROUPS
  PW_COMMAND_IDENTITY = 2,  // INQUIRY, standard data and VPD page 83h
  PW_COMMAND_LUNS = 3,      // REPORT LUNS
  PW_COMMANDS = 4,
};

struct pw_path_record {
  struct pw_record_head head;
  uint64_t generation;  // of the device: another device with the same numbers has another one
  uint64_t lun;
  uint32_t host;
  uint32_t channel;
  uint32_t target;
  uint32_t lun_index;  // of the record in its section, or PW_NO_INDEX; so are the next two
  uint32_t nexus_index;
  uint32_t host_index;
  uint64_t sd_devt;  // st_rdev of the disk's block device; 0: none
  uint64_t sg_devt;  // st_rdev of its /dev/sgN; 0: none
  char sd_name[32];
  char sg_name[16];
  char wwid[128];
  char vendor[9];
  char product[17];
  char revision[5];
  uint8_t passthrough;     // pw_passthrough
  uint8_t state;           // pw_state
  uint8_t scope;           // pw_scope
  uint8_t marginal_cause;  // pw_marginal_cause
  uint8_t alua_state;      // pw_alua_state
  uint16_t tpg;
  uint16_t rtpi;
  uint32_t flags;       // pw_path_flags
  uint32_t latency_us;  // of the last check that came back
  struct pw_code reason_code;
  uint8_t reason_kind;  // pw_reason_kind
  // Since 1.2 (reserved before): why the path is reached this way, and the errno if there is one.
  uint8_t passthrough_choice;  // pw_passthrough_choice
  uint16_t passthrough_error;
  uint64_t reason_argument;
  int64_t since_boottime_ns;  // in this state
  int64_t last_check_sent_boottime_ns;
  int64_t last_check_done_boottime_ns;
  int64_t valid_until_boottime_ns;        // nobody should rely on the state after this
  int64_t oldest_unanswered_boottime_ns;  // when the command that is out was sent; 0: none is late
  uint64_t checks;
  uint64_t failures;
  uint64_t state_changes;
  // Since 1.4: the failures by the state that each of them left the path in. A check that passed
  // its deadline is one, of PW_STATE_NO_ANSWER, and no other when it comes back after all.
  uint32_t failures_by_state[PW_STATES];
};

struct pw_lun_record {
  struct pw_record_head head;
  char wwid[128];  // the key: the identifier, or H:C:T:L of the path of a LU without one
  char vendor[9];
  char product[17];
  uint8_t reserved[2];
  uint32_t paths_total;  // without removed ones
  uint32_t paths_by_state[PW_STATES];
  // Since 1.1.
  uint32_t flags;                   // pw_lun_flags
  uint32_t implicit_transition_s;   // the longest transition that the array announces; 0: not given
  char dm_name[64];                 // of the dm map; "": none
  int64_t groups_read_boottime_ns;  // when the port groups were last reported
  // Since 1.4: I_T nexuses that lead to it or did, as long as removed paths are kept. One that has
  // come back under another number counts once; one that is left out on purpose does not. 0 if all
  // of its devices were deleted while they worked: it was taken away on purpose.
  uint32_t paths_expected;
  uint32_t reserved_end;
};

struct pw_nexus_record {
  struct pw_record_head head;
  char name[48];  // "host:channel:target"
  char initiator_port[96];
  char target_port[96];
  uint8_t transport;  // pw_transport
  uint8_t silent;     // 1: nothing answers, one probe at a time goes there
  uint8_t reserved[2];
  uint32_t host_index;
  uint32_t in_flight;
  uint32_t paths_total;
  uint32_t paths_by_state[PW_STATES];
  int64_t oldest_unanswered_boottime_ns;
  // Since 1.1. The kernel's name of the remote port or session ("rport-3:0-1", "session4",
  // "end_device-6:0") and its word for the state at the last look ("Online"); "": none.
  char port_name[48];
  char port_state[24];
  char portal[64];  // iSCSI: "address:port"; "": none
  // Since 1.4: commands that came back through it, by pw_command, bounds pw_duration_bound_ns.
  struct pw_histogram durations[PW_COMMANDS];
};

struct pw_host_record {
  struct pw_record_head head;
  uint32_t number;
  uint32_t can_queue;
  char proc_name[32];
  uint32_t in_flight;
  uint32_t paths_total;
  uint32_t paths_by_state[PW_STATES];
};

// A target port group of a logical unit, as REPORT TARGET PORT GROUPS (SPC-4 6.37) has it. The
// records of one logical unit are anywhere in the section.
struct pw_port_group_record {
  struct pw_record_head head;
  uint32_t lun_index;
  uint16_t tpg;
  uint8_t alua_state;  // pw_alua_state
  uint8_t preferred;   // 1: PREF is set
  uint8_t
      support;  // the byte of supported states: T_SUP, O_SUP, LBD_SUP, U_SUP, S_SUP, AN_SUP, AO_SUP
  uint8_t status_code;
  uint16_t ports_total;
  uint8_t reserved[4];
  int64_t since_boottime_ns;                // in this access state
  int64_t transition_deadline_boottime_ns;  // 0: not in transition
  uint16_t rtpi[PW_PORT_GROUP_PORTS];       // of the first ports
};

// A change of a path's state.
struct pw_change {
  int64_t when_boottime_ns;
  struct pw_code code;
  uint8_t from;         // pw_state
  uint8_t to;           // pw_state
  uint8_t scope;        // pw_scope
  uint8_t cause;        // pw_change_cause
  uint8_t reason_kind;  // pw_reason_kind
  uint8_t reserved[7];
};

// The last changes of the path with the same index: change n (from 0) of `total` is at
// changes[n % PW_HISTORY_CHANGES].
struct pw_history_record {
  struct pw_record_head head;
  uint64_t generation;  // of the device at the last change
  uint64_t total;       // changes ever
  struct pw_change changes[PW_HISTORY_CHANGES];
};

// A record of the change log: change `sequence` is in record sequence % capacity, until a newer one
// takes its place. Sequences start at 1 with each epoch.
struct pw_change_record {
  struct pw_record_head head;
  uint64_t sequence;
  uint64_t generation;
  uint64_t lun;
  uint32_t host;
  uint32_t channel;
  uint32_t target;
  uint32_t path_index;  // at the time of the change
  struct pw_change change;
  char device[32];  // the disk's name, as pw_path_record.sd_name
  char wwid[128];
};

// What rarely changes about the path with the same index.
struct pw_detail_record {
  struct pw_record_head head;
  uint64_t generation;
  char identity_found[128];  // state wrong_lu: which logical unit answers instead; "" else
  char dm_name[64];          // of the dm map that holds the path; "": none
  char dm_wwid[128];         // of that map: its UUID is "mpath-<wwid>"
  char device_state[24];     // the kernel's words at the last look; "": none
  char port_state[24];
};

// Indices into pw_counters_record.values. Those marked "now" go up and down, the others only grow.
enum pw_counter {
  PW_COUNTER_CHECKS_SENT = 0,
  // Replies to checks, by what they mean.
  PW_COUNTER_CHECKS_UP = 1,
  PW_COUNTER_CHECKS_GHOST = 2,
  PW_COUNTER_CHECKS_TRANSITIONING = 3,
  PW_COUNTER_CHECKS_UNAVAILABLE = 4,
  PW_COUNTER_CHECKS_DOWN = 5,
  PW_COUNTER_CHECKS_UNMAPPED = 6,
  PW_COUNTER_CHECKS_RETRY_NOW = 7,
  PW_COUNTER_CHECKS_RETRY_LATER = 8,
  PW_COUNTER_CHECKS_NO_OPINION = 9,
  PW_COUNTER_CHECKS_DEADLINE_PASSED = 10,
  PW_COUNTER_CHECKS_ANSWERED_LATE = 11,  // after the deadline; also counted by its meaning
  PW_COUNTER_RTPG_SENT = 12,
  PW_COUNTER_RTPG_FAILED = 13,
  PW_COUNTER_IDENTITY_SENT = 14,  // INQUIRY and VPD page 83h
  PW_COUNTER_IDENTITY_FAILED = 15,
  // Commands that were due and had to wait, by what they waited for.
  PW_COUNTER_DEFERRED_NEXUS_LIMIT = 16,
  PW_COUNTER_DEFERRED_HOST_LIMIT = 17,
  PW_COUNTER_DEFERRED_SILENT_NEXUS = 18,
  PW_COUNTER_DEFERRED_PASSTHROUGH_BUSY = 19,
  PW_COUNTER_STATE_CHANGES = 20,
  PW_COUNTER_EVENTS_UEVENT = 21,  // device mapper has failed a path or uses it again
  PW_COUNTER_EVENTS_FC = 22,
  PW_COUNTER_EVENTS_LOST = 23,  // times that the kernel's uevents came too fast
  PW_COUNTER_RESCANS = 24,
  PW_COUNTER_LOG_LINES_DROPPED = 25,
  PW_COUNTER_LOOP_TURNS = 26,
  PW_COUNTER_LOOP_LONGEST_TURN_NS = 27,  // since the start
  PW_COUNTER_IN_FLIGHT = 28,             // now
  PW_COUNTER_SILENT_NEXUSES = 29,        // now
  PW_COUNTER_DEFERRED_TRANSPORT = 30,    // waited for a port that the kernel has blocked
  PW_COUNTER_LUNS_SENT = 31,             // REPORT LUNS
  PW_COUNTER_LUNS_FAILED = 32,
  PW_COUNTER_LAST_CHANGE = 33,     // a recent sequence of the change log, not beyond its last one
  PW_COUNTER_UNSCANNED_LUNS = 34,  // now: targets report them, the kernel has no device for them
  PW_COUNTER_IDENTITY_CHANGES = 35,
  PW_COUNTER_ALUA_CHANGES = 36,  // of port groups' access states
  // Since 1.3, the configuration. Times are nanoseconds of CLOCK_BOOTTIME.
  PW_COUNTER_RELOADS = 37,            // that took effect
  PW_COUNTER_RELOADS_FAILED = 38,     // the configuration before stayed in force
  PW_COUNTER_CONFIG_SINCE = 39,       // when the one in force took effect
  PW_COUNTER_RELOAD_TRIED = 40,       // when the last reload was asked for; 0: never
  PW_COUNTER_RELOAD_HAS_FAILED = 41,  // now: 1 if that one failed
  PW_COUNTER_CONFIG_FILES = 42,       // now: files that were read for the one in force
  PW_COUNTER_CONFIG_SETTINGS = 43,    // now: options that are set in them
  PW_COUNTER_DEVICES_LEFT_OUT = 44,   // now: by [paths] include and exclude
  // Since 1.4.
  PW_COUNTER_OLDEST_IN_FLIGHT = 45,  // now: when the oldest command that is out was sent; 0: none
  PW_COUNTER_KERNEL_WORKERS = 46,    // now: threads that io_uring has made for the daemon
  PW_COUNTER_WATCHERS = 47,          // now: clients that follow changes over the socket
  PW_COUNTER_CONNECTIONS = 48,       // now: clients of the socket
  PW_COUNTER_CONNECTIONS_REFUSED = 49,  // there were too many
  PW_COUNTER_CLIENTS_DROPPED = 50,      // too slow to say or to read something
  PW_COUNTER_WATCHERS_LOST = 51,        // times a watcher was too slow for the change log
  PW_COUNTER_CALLS_ANSWERED = 52,
  PW_COUNTER_LONGEST_SLICE_NS = 53,  // that answering took of one turn of the loop
  PW_COUNTER_PATHS_FOUND = 54,       // by looking which devices exist, and so on
  PW_COUNTER_PATHS_GONE = 55,
  PW_COUNTER_PATHS_CHANGED = 56,
  PW_COUNTER_IDENTITIES_DOUBTED = 57,  // the kernel has read another identity
  PW_COUNTER_OPERATOR_CHECKS = 58,     // asked for by an operator or a program, and so on
  PW_COUNTER_OPERATOR_ACCEPTS = 59,
  PW_COUNTERS = 60,
};

// The section has one record.
struct pw_counters_record {
  struct pw_record_head head;
  uint64_t values[64];  // by pw_counter; the rest is 0
  // Since 1.4: how much later than planned the loop got to something, bounds pw_lag_bound_ns.
  struct pw_histogram loop_lag;
};

// The bounds of histograms, ascending. REQUIRES: bound < PW_HISTOGRAM_BOUNDS.
static inline uint64_t pw_duration_bound_ns(uint32_t bound) {
  static const uint64_t us[PW_HISTOGRAM_BOUNDS] = {
      500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 5000000,
  };
  return us[bound] * 1000;
}
static inline uint64_t pw_lag_bound_ns(uint32_t bound) {
  static const uint64_t us[PW_HISTOGRAM_BOUNDS] = {
      100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000,
  };
  return us[bound] * 1000;
}

// ---- Index -------------------------------------------------------------------------------------

enum pw_index_kind {
  PW_INDEX_DEVT = 1,  // key: sd_devt or sg_devt
  PW_INDEX_HCTL = 2,  // key: pw_hctl_key
};

// path_plus_one of an entry that ends no search and matches nothing.
static const uint32_t PW_INDEX_TOMBSTONE = UINT32_C(0xffffffff);

// Open addressing: a search starts at pw_index_start, goes on entry by entry (around the end) and
// ends at an entry with path_plus_one 0. An entry is a hint: only the path record decides.
struct pw_index_entry {
  uint64_t key;
  uint32_t path_plus_one;
  uint32_t kind;  // pw_index_kind
};

// ---- Checksums ---------------------------------------------------------------------------------

static inline uint64_t pw_mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
  return hash ^ (hash >> 32);
}

// Four lanes take the 64-bit words in turn and are chained at the end, so that 512 bytes cost some
// tens of nanoseconds. Every step is a bijection: a change of one word always changes the result.
// REQUIRES: size is a multiple of 8.
static inline uint64_t pw_checksum(uint64_t seed, const void* bytes, size_t size) {
  const unsigned char* from = (const unsigned char*)bytes;
  // The first bits of the fraction of pi.
  uint64_t lanes[4] = {UINT64_C(0x243f6a8885a308d3), UINT64_C(0x13198a2e03707344),
                       UINT64_C(0xa4093822299f31d0), UINT64_C(0x082efa98ec4e6c89)};
  uint64_t words[4];
  for (; size >= sizeof words; from += sizeof words, size -= sizeof words) {
    memcpy(words, from, sizeof words);
    for (int lane = 0; lane < 4; lane++) lanes[lane] = pw_mix(lanes[lane], words[lane]);
  }
  memcpy(words, from, size);
  for (size_t lane = 0; lane < size / sizeof words[0]; lane++) {
    lanes[lane] = pw_mix(lanes[lane], words[lane]);
  }
  uint64_t hash = pw_mix(UINT64_C(0x452821e638d01377), seed);
  for (int lane = 0; lane < 4; lane++) hash = pw_mix(hash, lanes[lane]);
  return hash;
}

// Covers all that follows the head; sequence and in_use are the seed.
// REQUIRES: record_size is a multiple of 8 and not below 16.
static inline uint64_t pw_record_checksum(const void* record, size_t record_size) {
  uint64_t seed;
  memcpy(&seed, record, sizeof seed);
  return pw_checksum(seed, (const unsigned char*)record + sizeof(struct pw_record_head),
                     record_size - sizeof(struct pw_record_head));
}

// Covers the header from file_size on, as long as header_size says; version, header size and
// sequence are the seed. REQUIRES: header_size is a multiple of 8 and not below 48.
static inline uint64_t pw_header_checksum(const void* header, size_t header_size) {
  uint64_t version;
  uint64_t sequence;
  memcpy(&version, (const unsigned char*)header + 8, sizeof version);
  memcpy(&sequence, (const unsigned char*)header + 32, sizeof sequence);
  return pw_checksum(pw_mix(version, sequence), (const unsigned char*)header + 48,
                     header_size - 48);
}

static inline uint64_t pw_hctl_key(uint32_t host, uint32_t channel, uint32_t target, uint64_t lun) {
  return pw_mix(pw_mix(pw_mix(host, channel), target), lun);
}

// REQUIRES: capacity > 0.
static inline uint32_t pw_index_start(uint32_t kind, uint64_t key, uint32_t capacity) {
  return (uint32_t)(pw_mix(kind, key) % capacity);
}

#ifdef __cplusplus
}
#endif

#include "proto/state_table_layout.h"

#endif  // PATHWATCH_PROTO_STATE_TABLE_H_
