#include "service/cli/host_scan.h"

#include "lib/discovery/scanner.h"

namespace pathwatch::cli {

absl::StatusOr<discovery::Snapshot> ScanHost(const std::string& sysfs_root) {
  discovery::Scanner scanner(sysfs_root);
  scanner.Start();
  while (!scanner.Step([] { return false; })) {
  }
  return scanner.TakeResult();
}

}  // namespace pathwatch::cli
