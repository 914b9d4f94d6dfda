#include "lib/passthrough/bsg_device.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace pathwatch::passthrough {

BsgDevice::~BsgDevice() { close(file_); }

void BsgDevice::Submit(Command& command) {
  command_ = &command;
  if (gate_.Admit(loop_.now_ns())) {
    loop_.UringCommand(file_, BsgRequest(command), done_);
  } else {
    loop_.Arm(refused_, loop_.now_ns());
  }
}

void BsgDevice::OnRefused(std::int64_t) {
  scsi::Reply reply;
  reply.error = EAGAIN;
  std::exchange(command_, nullptr)->Answer(reply);
}

void BsgDevice::OnDone(const ring::Result& result) {
  gate_.CommandDone();
  Command& command = *std::exchange(command_, nullptr);
  command.Answer(BsgReply(result, command, dialect_));
}

}  // namespace pathwatch::passthrough
