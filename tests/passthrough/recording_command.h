// A TEST UNIT READY that remembers what it was answered.
#ifndef PATHWATCH_TESTS_PASSTHROUGH_RECORDING_COMMAND_H_
#define PATHWATCH_TESTS_PASSTHROUGH_RECORDING_COMMAND_H_

#include "lib/passthrough/passthrough.h"
#include "lib/scsi/cdb.h"

namespace pathwatch::passthrough {

class RecordingCommand final : public Command {
 public:
  RecordingCommand() {
    cdb = scsi::TestUnitReady();
    timeout_ms = 30'000;
  }
  int replies = 0;
  scsi::Reply last;

 private:
  void OnReply(const scsi::Reply& reply) override {
    ++replies;
    last = reply;
  }
};

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_TESTS_PASSTHROUGH_RECORDING_COMMAND_H_
