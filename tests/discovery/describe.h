// Snapshots as text, so that a test shows what was found in one comparison, and helpers to scan.
#ifndef PATHWATCH_TESTS_DISCOVERY_DESCRIBE_H_
#define PATHWATCH_TESTS_DISCOVERY_DESCRIBE_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "lib/discovery/paths.h"
#include "lib/discovery/scanner.h"

namespace pathwatch::discovery {

// One line per path, nexus with facts, host, device that isn't checked and warning. `root` becomes
// "SYS". Left out are generations, which differ from run to run, and nexuses of which nothing but
// their name is known.
std::string Describe(const Snapshot& snapshot, const std::string& root);

// As above for a scan that may have failed: then the status.
std::string Describe(const absl::StatusOr<Snapshot>& snapshot, const std::string& root);

// A whole scan in one go.
absl::StatusOr<Snapshot> Scan(const std::string& root, const Snapshot* previous = nullptr,
                              std::set<Hctl> refresh = {});

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_TESTS_DISCOVERY_DESCRIBE_H_
