#include "service/daemon/checks.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include "lib/discovery/hctl.h"

namespace pathwatch::service {
namespace {

// After these the descriptor is of no more use: the device behind it is another or none, or the
// kernel refuses this opening of it.
bool DescriptorIsStale(int error) {
  return error == ENODEV || error == ENXIO || error == EPERM || error == EBADF;
}

const char* Remedy(int error) {
  switch (error) {
    case EACCES:
    case EPERM:
      return "run pathwatchd as root, or give its user the node by a udev rule";
    case ENOENT:
      return "load the sg module ('modprobe sg'), and see that udev makes its nodes";
    case EMFILE:
    case ENFILE:
      return "raise the limit of open files (LimitNOFILE= in the unit)";
    case EBUSY:
      return "another program has opened it exclusively";
    case ESTALE:
      return "the node belongs to another device by now; the next scan finds the right one";
    default:
      return "it is tried again with every check";
  }
}

}  // namespace

Checks::Outcome Checks::Start(const health::StartCommand& start) {
  if (start.path >= slots_.size()) slots_.resize(start.path + 1);
  Slot& slot = slots_[start.path];
  if (slot.io == nullptr) {
    ReplySink& sink = *this;
    slot.io = std::make_unique<PathIo>(sink, start.path);
  }
  if (!slot.io->has_device()) {
    const KnownPath& path = inventory_.path(start.path);
    Opened opened = source_.Open(path.facts, inventory_.host(path.host).facts.can_queue);
    if (opened.device == nullptr) {
      ReportFailure(start.path, slot, opened);
      return {.sent = false, .error = opened.node.empty() ? 0 : opened.error};
    }
    ReportSuccess(start.path, slot, opened);
    slot.io->SetDevice(std::move(opened.device));
  }
  slot.io->Send(start);
  return {.sent = true};
}

void Checks::Retire(health::PathId path) {
  if (path >= slots_.size()) return;
  Slot& slot = slots_[path];
  if (slot.io != nullptr) retired_.push_back(std::move(slot.io));
  slot = Slot{};
}

void Checks::Sweep() {
  std::erase_if(retired_, [](const auto& io) { return !io->command_out(); });
  closing_.clear();
}

void Checks::OnReply(health::PathId path, health::CommandId command, const scsi::Reply& reply,
                     std::span<const std::uint8_t> data) {
  if (reply.error == EAGAIN) ++busy_;
  PathIo* io = path < slots_.size() ? slots_[path].io.get() : nullptr;
  // Of the path's present device, not of one that was retired.
  if (io != nullptr && !io->command_out() && DescriptorIsStale(reply.error)) {
    if (io->has_device()) closing_.push_back(io->TakeDevice());
  }
  listener_.OnCheckDone({path, command, reply, /*sent=*/true, data});
}

void Checks::ReportFailure(health::PathId path, Slot& slot, const Opened& opened) {
  const std::int64_t now = loop_.now_ns();
  if (slot.failing_since_ns == 0) slot.failing_since_ns = now;
  if (slot.reported || now - slot.failing_since_ns < quiet_ns_) return;
  slot.reported = true;
  const std::string name = discovery::FormatHctl(inventory_.path(path).facts.hctl);
  if (opened.node.empty()) {
    log_.warn("path {} cannot be checked: it has no sg node; load the sg module ('modprobe sg')",
              name);
  } else {
    log_.warn("path {} cannot be checked: cannot open {}: {}; {}", name, opened.node,
              std::strerror(opened.error), Remedy(opened.error));  // NOLINT: one thread
  }
}

void Checks::ReportSuccess(health::PathId path, Slot& slot, const Opened& opened) {
  if (slot.reported) {
    log_.info("path {} can be checked again: {} is open",
              discovery::FormatHctl(inventory_.path(path).facts.hctl), opened.node);
  }
  slot.failing_since_ns = 0;
  slot.reported = false;
}

}  // namespace pathwatch::service
