#include "lib/passthrough/sg_device.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <span>

#include "lib/passthrough/sg_header.h"

namespace pathwatch::passthrough {
namespace {

// SG_GET_SCSI_ID says the LUN as a 32-bit number (include/scsi/sg.h, struct sg_scsi_id).
bool BelongsTo(int file, const SgAddress& address) {
  sg_scsi_id id{};
  if (ioctl(file, SG_GET_SCSI_ID, &id) != 0) return false;
  return static_cast<std::uint32_t>(id.host_no) == address.host &&
         static_cast<std::uint32_t>(id.channel) == address.channel &&
         static_cast<std::uint32_t>(id.scsi_id) == address.target &&
         static_cast<std::uint32_t>(id.lun) == static_cast<std::uint32_t>(address.lun);
}

}  // namespace

SgOpened OpenSg(const std::string& node, const SgAddress& address) {
  // Without O_NONBLOCK both open() and write() sleep while the host is in error recovery.
  const int file = open(node.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return {.file = -1, .error = errno};
  if (!BelongsTo(file, address)) {
    close(file);
    return {.file = -1, .error = ESTALE};
  }
  return {.file = file, .error = 0};
}

SgDevice::SgDevice(ring::Loop& loop, HostGate& gate, int file)
    : loop_(loop), gate_(gate), file_(file) {}

SgDevice::~SgDevice() { close(file_); }

void SgDevice::Submit(Command& command) {
  command_ = &command;
  ++cookie_;
  const HostGate::Way way = gate_.Choose(loop_.now_ns());
  if (way == HostGate::Way::kNone) {
    loop_.Arm(refused_, loop_.now_ns());
    return;
  }
  header_ = SgRequest(command, cookie_);
  by_worker_ = way == HostGate::Way::kWorker;
  const auto bytes = std::as_bytes(std::span(&header_, 1));
  if (by_worker_) {
    loop_.WriteInWorker(file_, bytes, written_);
  } else {
    loop_.Write(file_, bytes, written_);
  }
}

void SgDevice::OnRefused(std::int64_t) { Finish(EAGAIN); }

void SgDevice::OnWritten(const ring::Result& result) {
  if (by_worker_) gate_.WorkerDone();
  if (result.value < 0) return Finish(-result.value);
  if (result.value != sizeof header_) return Finish(EPROTO);
  // The ring itself waits until a READ has something to read, and copies then in our own system
  // call, if completions run nowhere else.
  if (loop_.features().defer_taskrun) {
    Read();
  } else {
    Wait();
  }
}

void SgDevice::Wait() { loop_.Poll(file_, POLLIN, ready_); }

void SgDevice::OnReady(const ring::Result& result) {
  if (result.value < 0) return Finish(-result.value);
  // A deleted device hangs up; a reply that came before that can still be read.
  if ((result.value & POLLIN) == 0) return Finish(ENODEV);
  Read();
}

void SgDevice::Read() {
  header_ = {};
  loop_.Read(file_, std::as_writable_bytes(std::span(&header_, 1)), read_);
}

void SgDevice::OnRead(const ring::Result& result) {
  if (result.value == -EAGAIN) return Wait();
  if (result.value < 0) return Finish(-result.value);
  if (result.value != sizeof header_) return Finish(EPROTO);
  Command& command = *command_;
  command_ = nullptr;
  command.Answer(SgReply(header_, command, cookie_));
}

void SgDevice::Finish(int error) {
  Command& command = *command_;
  command_ = nullptr;
  scsi::Reply reply;
  reply.error = error;
  command.Answer(reply);
}

}  // namespace pathwatch::passthrough
