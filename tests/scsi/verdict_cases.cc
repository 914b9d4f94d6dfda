#include "tests/scsi/verdict_cases.h"

#include "absl/strings/str_format.h"

namespace pathwatch::scsi {

void Cases::Mixed(const std::string& name, const Reply& reply,
                  const std::vector<std::uint8_t>& sense, const Verdict& verdict, int follow_ups) {
  cases.push_back({name, reply, sense, verdict, follow_ups});
}

void Cases::Errno(const std::string& name, int error, const Verdict& verdict, int follow_ups) {
  Reply reply;
  reply.error = error;
  Mixed("Errno_" + name, reply, {}, verdict, follow_ups);
}

void Cases::Host(std::uint16_t host_status, const Verdict& verdict, int follow_ups,
                 std::uint8_t status) {
  Reply reply;
  reply.host_status = host_status;
  reply.status = status;
  Mixed(absl::StrFormat("Host_%02X_Status_%02X", host_status, status), reply, {}, verdict,
        follow_ups);
}

void Cases::Status(std::uint8_t status, const Verdict& verdict, int follow_ups) {
  Reply reply;
  reply.status = status;
  Mixed(absl::StrFormat("Status_%02X", status), reply, {}, verdict, follow_ups);
}

void Cases::Sense(int key, int asc, int ascq, const Verdict& verdict, int follow_ups) {
  std::vector<std::uint8_t> sense(18);
  sense[0] = 0x70;
  sense[2] = static_cast<std::uint8_t>(key);
  sense[7] = 10;
  sense[12] = static_cast<std::uint8_t>(asc);
  sense[13] = static_cast<std::uint8_t>(ascq);
  Reply reply;
  reply.status = 0x02;
  Mixed(absl::StrFormat("Sense_%02X_%02X_%02X", key, asc, ascq), reply, sense, verdict, follow_ups);
}

void Cases::Senses(int key, int asc, int first, int last, const Verdict& verdict, int follow_ups) {
  for (int ascq = first; ascq <= last; ++ascq) Sense(key, asc, ascq, verdict, follow_ups);
}

void Cases::UnknownAsc(int key, const Verdict& verdict, int follow_ups) {
  Reply reply;
  reply.status = 0x02;
  Mixed(absl::StrFormat("Sense_%02X_unknown", key), reply,
        {0x70, 0x00, static_cast<std::uint8_t>(key)}, verdict, follow_ups);
}

}  // namespace pathwatch::scsi
