// How a command may be given to a host's devices without putting the loop to sleep, and without
// more than two kernel workers of a host asleep in its place.
//
// A command needs one of the host's tags. Without one, sg sleeps uninterruptibly in the write. So a
// write goes inline only while the host is less than half busy; otherwise from a worker. bsg never
// sleeps in the submission: the kernel itself hands a command without a tag to a worker. Workers
// that sleep for one host must not be missing for another, whose commands would seem unanswered.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_PASSTHROUGH_HOST_GATE_H_
#define PATHWATCH_LIB_PASSTHROUGH_HOST_GATE_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

namespace pathwatch::passthrough {

// Reads <sysfs>/class/scsi_host/hostN/host_busy, the number of tags in use.
class HostBusyFile {
 public:
  // The file is opened here; if that fails, Read() never has a value.
  HostBusyFile(const std::string& sysfs_root, std::uint32_t host_number);
  ~HostBusyFile();
  HostBusyFile(const HostBusyFile&) = delete;
  HostBusyFile& operator=(const HostBusyFile&) = delete;

  std::optional<std::uint32_t> Read() const;

 private:
  int file_;
};

class HostGate {
 public:
  static constexpr std::uint32_t kWorkersMax = 2;
  // A reading of host_busy counts this long; our own writes since then are added to it.
  static constexpr std::int64_t kReadingValidNs = 1'000'000;

  enum class Way : std::uint8_t {
    kInline,  // write at once
    kWorker,  // write from a kernel worker; call WorkerDone() when the write is done
    kNone,    // both workers are taken: not now
  };

  // `busy` is not owned. can_queue 0 (unknown) never goes inline.
  HostGate(const HostBusyFile& busy, std::uint32_t can_queue)
      : busy_(busy), can_queue_(can_queue) {}

  // sg: chooses for one write that follows at once.
  Way Choose(std::int64_t now_ns);
  void WorkerDone() { --workers_; }

  // bsg: true if one command may be submitted at once; CommandDone() when it is back. The first two
  // need no look at the host, since at worst both sleep.
  bool Admit(std::int64_t now_ns);
  void CommandDone() { --commands_; }

  // That may be asleep.
  std::uint32_t workers() const { return workers_ + std::min(commands_, kWorkersMax); }

 private:
  bool LessThanHalfBusy(std::int64_t now_ns);

  const HostBusyFile& busy_;
  const std::uint32_t can_queue_;
  std::uint32_t workers_ = 0;   // that write to sg
  std::uint32_t commands_ = 0;  // that are out through bsg
  std::int64_t read_at_ns_ = INT64_MIN;
  std::optional<std::uint32_t> reading_;
  std::uint32_t written_since_ = 0;
};

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_HOST_GATE_H_
