// Codes in words, for people. Apart from the rest of this room, because it needs libsgutils2 (the
// standard's texts), which the checks themselves do without. Pure; any thread.
#ifndef PATHWATCH_LIB_SCSI_TEXT_H_
#define PATHWATCH_LIB_SCSI_TEXT_H_

#include <string>

#include "lib/scsi/code.h"

namespace pathwatch::scsi {

// One line without a full stop: the code as the standards name it, then what it means for the
// path, for example "CHECK CONDITION, sense 02/04/0B (Logical unit not accessible, target port in
// standby state): target port is in standby state". Numbers are hexadecimal, errno is decimal.
std::string Describe(const Code& code);

// What an operator can do about it, one sentence; "" if nothing.
std::string Remedy(const Code& code);

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_TEXT_H_
