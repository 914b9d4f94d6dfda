// TEST UNIT READY through a bare io_uring: what an event loop cannot do without, and nothing else.
//
// On sg nodes each WRITE obeys the rule that keeps the thread from sleeping in the kernel (see
// lib/passthrough/host_gate.h), as it does in pathwatchd.
//
// Thread rule: the thread that calls Create() makes every other call.
#ifndef PATHWATCH_TESTS_BENCH_PASSTHROUGH_RING_TURS_H_
#define PATHWATCH_TESTS_BENCH_PASSTHROUGH_RING_TURS_H_

#include <liburing.h>
#include <scsi/sg.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/passthrough/host_gate.h"
#include "tests/bench/passthrough/sg_header.h"
#include "tests/bench/passthrough/targets.h"

namespace pathwatch::bench {

// What is submitted for one command, and what is asked before it.
struct Manner {
  enum class Form : std::uint8_t {
    kSgPoll,    // WRITE; when that is done POLL_ADD; when there is a reply READ
    kSgRead,    // WRITE; when that is done READ, which the kernel arms a poll for
    kSgPair,    // WRITE, whose success is not told, and READ in one submission
    kSgLinked,  // the same, linked
    kBsg,       // one command
  };
  Form form = Form::kSgPoll;
  bool gate = true;  // for sg: ask whether the host has room
};

// A command that has come back.
struct Answer {
  std::size_t target = 0;
  std::int64_t latency_ns = 0;
  bool good = false;
};

class RingTurs {
 public:
  // `targets` are opened for the passthrough of `manner`. On failure the status says what the
  // kernel refuses.
  static absl::StatusOr<std::unique_ptr<RingTurs>> Create(Manner manner,
                                                          const std::vector<Target>& targets);
  RingTurs(const RingTurs&) = delete;
  RingTurs& operator=(const RingTurs&) = delete;
  ~RingTurs();

  // Begins one command; Turn() submits it. REQUIRES: none is out on that target.
  // Fails when the target's host has no room, which a bench must not come near.
  absl::Status Start(std::size_t target);
  // Submits, waits for one completion but not beyond `until_ns` (CLOCK_MONOTONIC), and replaces
  // `answers` by what has come back. An error of the ring or of an operation is the status.
  absl::Status Turn(std::int64_t until_ns, std::vector<Answer>& answers);

  bool Out(std::size_t target) const { return turs_[target].out; }
  std::size_t out() const { return out_; }
  // How often Turn() was called.
  std::uint64_t turns() const { return turns_; }

 private:
  struct Host {
    Host(std::uint32_t number, std::uint32_t can_queue)
        : busy("/sys", number), gate(busy, can_queue) {}
    passthrough::HostBusyFile busy;
    passthrough::HostGate gate;
  };
  struct Tur {
    int file = -1;
    Host* host = nullptr;
    TurBuffers buffers;
    sg_io_hdr request{};
    sg_io_hdr reply{};
    std::int64_t started_ns = 0;
    bool by_worker = false;
    bool out = false;
  };
  enum class Step : std::uint8_t { kWrite, kPoll, kRead, kCommand };

  RingTurs(Manner manner, const std::vector<Target>& targets);
  io_uring_sqe* NextSqe(Tur& tur, Step step);
  absl::Status StartSg(Tur& tur);
  void StartBsg(Tur& tur);
  void Read(Tur& tur);
  void Poll(Tur& tur);
  absl::Status Take(const io_uring_cqe& cqe, std::int64_t now_ns, std::vector<Answer>& answers);
  void Finish(Tur& tur, bool good, std::int64_t now_ns, std::vector<Answer>& answers);

  using Form = Manner::Form;

  const Manner manner_;
  io_uring ring_{};
  bool ready_ = false;                                    // ring_ is set up
  std::map<std::uint32_t, std::unique_ptr<Host>> hosts_;  // by number
  std::vector<Tur> turs_;  // by target; the kernel knows the addresses
  std::size_t out_ = 0;
  std::uint64_t turns_ = 0;
};

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_PASSTHROUGH_RING_TURS_H_
