// Whether a program runs, as /proc tells it.
//
// Thread rule: any thread; reads files.
#ifndef PATHWATCH_SERVICE_CLI_FIND_PROCESS_H_
#define PATHWATCH_SERVICE_CLI_FIND_PROCESS_H_

#include <cstdint>
#include <optional>
#include <string>

namespace pathwatch::cli {

// The lowest pid of a process of that name (as <proc_root>/PID/comm has it); nothing if there is
// none. Nobody is asked, so nobody can keep us waiting, and nobody is started.
std::optional<std::uint32_t> FindProcess(const std::string& proc_root, const std::string& name);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_FIND_PROCESS_H_
