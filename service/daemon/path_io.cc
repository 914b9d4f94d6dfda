#include "service/daemon/path_io.h"

#include "lib/scsi/cdb.h"

namespace pathwatch::service {

void PathIo::SendTestUnitReady(health::CommandId command, std::uint32_t timeout) {
  id_ = command;
  out_ = true;
  cdb = scsi::TestUnitReady();
  data_in = {};
  timeout_ms = timeout;
  device_->Submit(*this);
}

void PathIo::OnReply(const scsi::Reply& reply) {
  out_ = false;
  sink_.OnReply(path_, id_, reply);
}

}  // namespace pathwatch::service
