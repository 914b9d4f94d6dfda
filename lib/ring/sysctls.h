// Who may use io_uring on this host.
//
// Any thread.
#ifndef PATHWATCH_LIB_RING_SYSCTLS_H_
#define PATHWATCH_LIB_RING_SYSCTLS_H_

#include <cstdint>
#include <optional>
#include <string>

namespace pathwatch::ring {

// kernel.io_uring_disabled and kernel.io_uring_group (Linux 6.6,
// Documentation/admin-guide/sysctl/kernel.rst). Nothing where the kernel has no such setting.
struct Sysctls {
  std::optional<std::int64_t> disabled;  // 0: everybody may, 1: only a group, 2: nobody
  std::optional<std::int64_t> group;     // -1: no group
};

Sysctls ReadSysctls(const std::string& proc_root = "/proc");

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_SYSCTLS_H_
