#include "lib/ring/sysctls.h"

#include <fstream>

namespace pathwatch::ring {
namespace {

std::optional<std::int64_t> ReadNumber(const std::string& path) {
  std::ifstream file(path);
  std::int64_t value = 0;
  if (!(file >> value)) return std::nullopt;
  return value;
}

}  // namespace

Sysctls ReadSysctls(const std::string& proc_root) {
  const std::string folder = proc_root + "/sys/kernel/";
  return {.disabled = ReadNumber(folder + "io_uring_disabled"),
          .group = ReadNumber(folder + "io_uring_group")};
}

}  // namespace pathwatch::ring
