#include "lib/passthrough/sg_header.h"

#include <algorithm>
#include <cerrno>

namespace pathwatch::passthrough {
namespace {

// sg_io_hdr::usr_ptr is a pointer that the kernel never follows.
void* AsPointer(std::uint64_t cookie) {
  return reinterpret_cast<void*>(static_cast<std::uintptr_t>(cookie));  // NOLINT
}

}  // namespace

sg_io_hdr SgRequest(Command& command, std::uint64_t cookie) {
  sg_io_hdr header{};
  header.interface_id = 'S';
  header.dxfer_direction = command.data_in.empty() ? SG_DXFER_NONE : SG_DXFER_FROM_DEV;
  header.cmd_len = command.cdb.length;
  header.mx_sb_len = kSenseBytes;
  header.dxfer_len = static_cast<unsigned>(command.data_in.size());
  header.dxferp = command.data_in.empty() ? nullptr : command.data_in.data();
  header.cmdp = command.cdb.bytes.data();
  header.sbp = command.sense_buffer().data();
  header.timeout = command.timeout_ms;
  header.pack_id = static_cast<int>(cookie & 0x7fffffff);
  header.usr_ptr = AsPointer(cookie);
  return header;
}

scsi::Reply SgReply(const sg_io_hdr& header, Command& command, std::uint64_t cookie) {
  scsi::Reply reply;
  const bool ours = header.interface_id == 'S' && header.usr_ptr == AsPointer(cookie) &&
                    header.sbp == command.sense_buffer().data() &&
                    header.pack_id == static_cast<int>(cookie & 0x7fffffff);
  if (!ours) {
    reply.error = EPROTO;
    return reply;
  }
  reply.status = header.status;
  reply.host_status = header.host_status;
  const std::size_t sense = std::min<std::size_t>(header.sb_len_wr, kSenseBytes);
  reply.sense = command.sense_buffer().first(sense);
  // The residual only means something with status GOOD, and drivers have been seen to get it wrong.
  const auto left = static_cast<std::size_t>(std::max(header.resid, 0));
  reply.data_length = command.data_in.size() - std::min(left, command.data_in.size());
  return reply;
}

}  // namespace pathwatch::passthrough
