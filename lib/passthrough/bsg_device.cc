#include "lib/passthrough/bsg_device.h"

#include <unistd.h>

namespace pathwatch::passthrough {

BsgDevice::~BsgDevice() { close(file_); }

void BsgDevice::Submit(Command& command) {
  command_ = &command;
  ++traffic_.out;
  loop_.UringCommand(file_, BsgRequest(command), done_);
}

void BsgDevice::OnDone(const ring::Result& result) {
  --traffic_.out;
  Command& command = *command_;
  command_ = nullptr;
  command.Answer(BsgReply(result, command, traffic_.dialect));
}

}  // namespace pathwatch::passthrough
