// What the doctor says of the files that configure pathwatchd.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_DOCTOR_CONFIGURATION_H_
#define PATHWATCH_SERVICE_CLI_DOCTOR_CONFIGURATION_H_

#include "lib/config/configuration.h"
#include "service/cli/finding.h"
#include "service/left_out.h"

namespace pathwatch::cli {

// Whether a daemon would take it. A daemon that runs may have read other files before.
Finding JudgeConfiguration(const config::Loaded& loaded);

// Devices that its rules leave out.
Findings JudgeLeftOut(const service::LeftOut& left_out);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DOCTOR_CONFIGURATION_H_
