#include "service/daemon/path_io.h"

#include <algorithm>

namespace pathwatch::service {

void PathIo::Send(const health::StartCommand& start, std::int64_t now_ns) {
  *place_ = now_ns;
  sent_times_.splice(sent_times_.end(), sent_);
  id_ = start.command;
  out_ = true;
  cdb = start.cdb;
  // Zeroed: some drivers do not say how much was transferred.
  data_ = start.data_length == 0 ? nullptr : std::make_unique<std::uint8_t[]>(start.data_length);
  data_in = {data_.get(), start.data_length};
  timeout_ms = start.timeout_ms;
  device_->Submit(*this);
}

void PathIo::OnReply(const scsi::Reply& reply) {
  // The next command may be sent from inside the call.
  const auto data = std::move(data_);
  const std::span<const std::uint8_t> transferred(data.get(),
                                                  std::min(reply.data_length, data_in.size()));
  out_ = false;
  sent_.splice(sent_.end(), sent_times_, place_);
  sink_.OnReply(path_, id_, reply, transferred);
}

}  // namespace pathwatch::service
