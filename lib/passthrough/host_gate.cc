#include "lib/passthrough/host_gate.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>

namespace pathwatch::passthrough {

HostBusyFile::HostBusyFile(const std::string& sysfs_root, std::uint32_t host_number) {
  const std::string path =
      sysfs_root + "/class/scsi_host/host" + std::to_string(host_number) + "/host_busy";
  file_ = open(path.c_str(), O_RDONLY | O_CLOEXEC);
}

HostBusyFile::~HostBusyFile() {
  if (file_ >= 0) close(file_);
}

std::optional<std::uint32_t> HostBusyFile::Read() const {
  std::array<char, 16> text{};
  // At offset 0 sysfs makes the value anew.
  const ssize_t length = file_ < 0 ? -1 : pread(file_, text.data(), text.size(), 0);
  if (length <= 0) return std::nullopt;
  std::uint32_t busy = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + length, busy);
  if (parsed.ec != std::errc()) return std::nullopt;
  return busy;
}

HostGate::Way HostGate::Choose(std::int64_t now_ns) {
  if (LessThanHalfBusy(now_ns)) {
    ++written_since_;
    return Way::kInline;
  }
  if (workers_ >= kWorkersMax) return Way::kNone;
  ++workers_;
  return Way::kWorker;
}

bool HostGate::Admit(std::int64_t now_ns) {
  if (commands_ >= kWorkersMax) {
    if (!LessThanHalfBusy(now_ns)) return false;
    ++written_since_;
  }
  ++commands_;
  return true;
}

bool HostGate::LessThanHalfBusy(std::int64_t now_ns) {
  if (read_at_ns_ == INT64_MIN || now_ns - read_at_ns_ >= kReadingValidNs) {
    reading_ = busy_.Read();
    read_at_ns_ = now_ns;
    written_since_ = 0;
  }
  // A host with a single tag could never be below half of it.
  const std::uint32_t half = can_queue_ == 1 ? 1 : can_queue_ / 2;
  return reading_.has_value() && *reading_ + written_since_ < half;
}

}  // namespace pathwatch::passthrough
