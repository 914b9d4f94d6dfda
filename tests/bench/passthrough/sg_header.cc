#include "tests/bench/passthrough/sg_header.h"

namespace pathwatch::bench {

sg_io_hdr SgTur(TurBuffers& buffers, const void* owner) {
  sg_io_hdr header{};
  header.interface_id = 'S';
  header.dxfer_direction = SG_DXFER_NONE;
  header.cmd_len = static_cast<unsigned char>(buffers.cdb.size());
  header.cmdp = buffers.cdb.data();
  header.mx_sb_len = static_cast<unsigned char>(buffers.sense.size());
  header.sbp = buffers.sense.data();
  header.timeout = kTimeoutMs;
  header.usr_ptr = const_cast<void*>(owner);  // which the kernel never follows
  return header;
}

bool SgGood(const sg_io_hdr& reply, const void* owner) {
  return reply.interface_id == 'S' && reply.usr_ptr == owner &&
         (reply.info & SG_INFO_OK_MASK) == SG_INFO_OK;
}

}  // namespace pathwatch::bench
