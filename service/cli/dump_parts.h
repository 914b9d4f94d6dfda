// What an archive for support holds: the published state in the words of the commands,
// configuration, findings and versions. Nothing secret: no environment, no command lines, and no
// file but the state and the configuration.
//
// Thread rule: one thread; reads files, and may wait for the disk.
#ifndef PATHWATCH_SERVICE_CLI_DUMP_PARTS_H_
#define PATHWATCH_SERVICE_CLI_DUMP_PARTS_H_

#include <string>

#include "absl/status/status.h"
#include "service/cli/archive.h"
#include "service/cli/context.h"

namespace pathwatch::cli {

// Adds every part to `archive`, with a text that says why instead of each that cannot be had. What
// the context's streams are is of no importance. `config_file`: "" is the default one, which may be
// missing. On failure the archive could not be written.
absl::Status AddParts(const Context& context, const std::string& config_file, Archive& archive);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DUMP_PARTS_H_
