// The outcome of a command, between the core's form and the published one.
//
// Pure; any thread.
#ifndef PATHWATCH_SERVICE_PUBLISHED_CODE_H_
#define PATHWATCH_SERVICE_PUBLISHED_CODE_H_

#include "lib/scsi/code.h"
#include "proto/state_table.h"

namespace pathwatch {

pw_code PublishedCode(const scsi::Code& code);
scsi::Code CodeFrom(const pw_code& published);

}  // namespace pathwatch

#endif  // PATHWATCH_SERVICE_PUBLISHED_CODE_H_
