// How a command may be written to a host's devices without putting the loop to sleep.
//
// sg allocates a tag for each write and sleeps, uninterruptibly, while the host has none. So a
// write goes inline only while the host is less than half busy; otherwise from a kernel worker,
// which may sleep in our place, and at most two of those per host.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_PASSTHROUGH_HOST_GATE_H_
#define PATHWATCH_LIB_PASSTHROUGH_HOST_GATE_H_

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

  // Chooses for one write that follows at once.
  Way Choose(std::int64_t now_ns);
  void WorkerDone() { --workers_; }

  std::uint32_t workers() const { return workers_; }

 private:
  bool LessThanHalfBusy(std::int64_t now_ns);

  const HostBusyFile& busy_;
  const std::uint32_t can_queue_;
  std::uint32_t workers_ = 0;
  std::int64_t read_at_ns_ = INT64_MIN;
  std::optional<std::uint32_t> reading_;
  std::uint32_t written_since_ = 0;
};

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_HOST_GATE_H_
