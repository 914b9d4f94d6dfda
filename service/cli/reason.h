// Why a path is in its state, as a sentence.
//
// Thread rule: pure function, any thread.
#ifndef PATHWATCH_SERVICE_CLI_REASON_H_
#define PATHWATCH_SERVICE_CLI_REASON_H_

#include <cstdint>
#include <string>

#include "proto/state_table.h"

namespace pathwatch::cli {

// One line: what happened, without a full stop, then in a sentence of its own what an operator can
// do about it, if anything.
// `nexus` is the path's I_T nexus, or null.
std::string ReasonSentence(const pw_path_record& path, const pw_nexus_record* nexus,
                           std::int64_t boot_now_ns);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_REASON_H_
