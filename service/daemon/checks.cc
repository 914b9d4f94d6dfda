#include "service/daemon/checks.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include "service/daemon/describe.h"
#include "service/passthrough_text.h"

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
    slot.io = std::make_unique<PathIo>(sink, sent_times_, start.path);
  }
  if (!slot.io->has_device()) {
    const KnownPath& path = inventory_.path(start.path);
    Opened opened =
        source_.Open(path.facts, inventory_.host(path.host).facts.can_queue, slot.distrust_bsg);
    if (opened.device == nullptr) {
      ReportFailure(start.path, slot, opened);
      return {.sent = false, .error = opened.node.empty() ? 0 : opened.error};
    }
    ReportSuccess(start.path, slot, opened);
    slot.io->SetDevice(std::move(opened.device));
    slot.passthrough = opened.way.passthrough;
    listener_.OnReached(start.path, opened.way);
  }
  slot.io->Send(start, loop_.now_ns());
  return {.sent = true};
}

void Checks::Retire(health::PathId path) {
  if (path >= slots_.size()) return;
  Slot& slot = slots_[path];
  if (slot.io != nullptr) retired_.push_back(std::move(slot.io));
  slot = Slot{};
}

void Checks::ReopenAll() {
  for (Slot& slot : slots_) {
    if (slot.io == nullptr || !slot.io->has_device()) continue;
    slot.reopen = slot.io->command_out();
    if (!slot.reopen) closing_.push_back(slot.io->TakeDevice());
  }
}

void Checks::Sweep() {
  std::erase_if(retired_, [](const auto& io) { return !io->command_out(); });
  closing_.clear();
}

void Checks::OnReply(health::PathId path, health::CommandId command, const scsi::Reply& reply,
                     std::span<const std::uint8_t> data) {
  if (reply.error == EAGAIN) ++busy_;
  if (path < slots_.size()) Reopen(path, slots_[path], reply.error);
  listener_.OnCheckDone({path, command, reply, /*sent=*/true, data});
}

// Lets the next command open the device again, if the error asks for it.
void Checks::Reopen(health::PathId path, Slot& slot, int error) {
  PathIo* io = slot.io.get();
  // Of the path's present device, not of one that was retired.
  if (io == nullptr || io->command_out() || !io->has_device()) return;
  const bool nonsense = error == EPROTO && slot.passthrough == PW_PASSTHROUGH_BSG_URING;
  const bool wanted = std::exchange(slot.reopen, false);
  if (!nonsense && !wanted && !DescriptorIsStale(error)) return;
  closing_.push_back(io->TakeDevice());
  if (!nonsense || std::exchange(slot.distrust_bsg, true)) return;
  const LogFields fields = FieldsOf(inventory_.path(path).facts, LogCause::kBsgNonsense);
  log_.Write(LogLevel::kWarn, fields,
             "path {}: a reply through its bsg node contradicted itself: the node is not trusted",
             fields.path);
}

void Checks::ReportFailure(health::PathId path, Slot& slot, const Opened& opened) {
  const std::int64_t now = loop_.now_ns();
  if (slot.failing_since_ns == 0) slot.failing_since_ns = now;
  if (slot.reported || now - slot.failing_since_ns < quiet_ns_) return;
  slot.reported = true;
  const LogFields fields = FieldsOf(inventory_.path(path).facts, LogCause::kOpenFailed);
  if (opened.way.passthrough == PW_PASSTHROUGH_BSG_URING) {
    log_.Write(LogLevel::kWarn, fields, "path {} cannot be checked through {}: {}", fields.path,
               opened.node.empty() ? "bsg" : opened.node,
               DescribeChoice(opened.way.choice, opened.way.error));
  } else if (opened.node.empty()) {
    log_.Write(LogLevel::kWarn, fields,
               "path {} cannot be checked: it has no sg node; load the sg module ('modprobe sg')",
               fields.path);
  } else {
    log_.Write(LogLevel::kWarn, fields, "path {} cannot be checked: cannot open {}: {}; {}",
               fields.path, opened.node, std::strerror(opened.error),  // NOLINT: one thread
               Remedy(opened.error));
  }
}

void Checks::ReportSuccess(health::PathId path, Slot& slot, const Opened& opened) {
  if (slot.reported) {
    const LogFields fields = FieldsOf(inventory_.path(path).facts, LogCause::kOpened);
    log_.Write(LogLevel::kInfo, fields, "path {} can be checked again: {} is open", fields.path,
               opened.node);
  }
  slot.failing_since_ns = 0;
  slot.reported = false;
}

}  // namespace pathwatch::service
