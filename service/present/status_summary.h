// What all paths together say about the health of the host.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_STATUS_SUMMARY_H_
#define PATHWATCH_SERVICE_PRESENT_STATUS_SUMMARY_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>

#include "absl/container/flat_hash_map.h"
#include "proto/state_table.h"

namespace pathwatch::present {

// How a path counts for its logical unit.
enum class Standing {
  kUsable,       // up or ghost
  kNotYetKnown,  // unknown, and discovered so recently that this is normal
  kNotUsable,    // any other state, or unknown for too long
  kGone,         // removed: counts for nothing
};
Standing StandingOf(const pw_path_record& path, std::int64_t boot_now_ns);

// How long `unknown` is normal after the discovery of a path: two intervals. The interval itself
// is not published, so this takes the time for which the last check is good (interval and
// deadline), or with no check so far the defaults of both.
std::int64_t UnknownGraceNs(const pw_path_record& path);

inline constexpr std::size_t kPassthroughs = 4;  // pw_passthrough

// How paths are reached, and why in no better way.
struct Way {
  std::uint8_t passthrough = PW_PASSTHROUGH_NONE;  // pw_passthrough
  std::uint8_t choice = PW_CHOICE_NONE;            // pw_passthrough_choice
  std::uint16_t error = 0;                         // errno; 0: none

  friend auto operator<=>(const Way&, const Way&) = default;
};

struct Summary {
  std::size_t paths = 0;  // without removed ones
  std::array<std::size_t, PW_STATES> by_state{};
  std::array<std::size_t, kPassthroughs> by_passthrough{};  // without removed ones
  std::map<Way, std::size_t> by_way;                        // without removed ones
  // A logical unit counts once at the most as degraded (some path is not usable, or there are fewer
  // than it expects) or as without a usable path. It does not count if all its paths are removed
  // and none is expected.
  std::size_t luns = 0;
  std::size_t degraded = 0;
  std::size_t no_path = 0;
};

// Counts path by path and logical unit by logical unit, in any order and whenever it suits the
// caller. What a logical unit expects counts only if it is added.
class Summarizer {
 public:
  explicit Summarizer(std::int64_t boot_now_ns) : boot_now_ns_(boot_now_ns) {}

  void Add(const pw_path_record& path);
  // The logical unit in that slot. Harmless if the slot is free (all zeros). REQUIRES: once for
  // each.
  void Add(std::uint32_t index, const pw_lun_record& lun);

  // Of what was added.
  const Summary& summary() const { return summary_; }
  // Whether the path's logical unit has no usable path. REQUIRES: the path was added.
  bool WithoutPath(const pw_path_record& path) const;

 private:
  // The paths of one logical unit, by how they count.
  struct Lun {
    std::uint32_t usable = 0;
    std::uint32_t not_yet_known = 0;
    std::uint32_t not_usable = 0;
    std::uint32_t expected = 0;

    std::uint32_t present() const { return usable + not_yet_known + not_usable; }
  };

  static bool Counts(const Lun& lun) { return lun.present() != 0 || lun.expected != 0; }
  static bool Degraded(const Lun& lun);
  static bool NoPath(const Lun& lun);
  // The logical unit is another one after `change`.
  template <class Change>
  void Modify(Lun& lun, Change change);
  void Take(Lun& lun, Standing standing);

  std::int64_t boot_now_ns_;
  Summary summary_;
  absl::flat_hash_map<std::uint32_t, Lun> luns_;  // by lun_index
};

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_STATUS_SUMMARY_H_
