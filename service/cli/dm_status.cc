#include "service/cli/dm_status.h"

#include <libdevmapper.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "absl/status/status.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kControlNode = "/dev/mapper/control";

using Task = std::unique_ptr<dm_task, decltype(&dm_task_destroy)>;

absl::Status Failed(const std::string& thing, int error) {
  return absl::UnavailableError(thing + ": " + std::strerror(error));
}

// libdevmapper writes to stderr by itself otherwise.
void BeSilent(int, const char*, int, int, const char*, ...) {}

}  // namespace

absl::StatusOr<std::string> ReadMultipathStatus(const std::string& map) {
  // libdevmapper would make the node if it were missing.
  if (access(kControlNode, R_OK | W_OK) != 0) return Failed(kControlNode, errno);
  dm_log_with_errno_init(BeSilent);
  const Task task(dm_task_create(DM_DEVICE_STATUS), dm_task_destroy);
  if (task == nullptr) return Failed("device mapper", ENOMEM);
  if (dm_task_set_name(task.get(), map.c_str()) == 0 || dm_task_no_flush(task.get()) == 0 ||
      dm_task_no_open_count(task.get()) == 0 || dm_task_run(task.get()) == 0) {
    return Failed("dm map " + map, dm_task_get_errno(task.get()));
  }
  void* next = nullptr;
  do {
    std::uint64_t start = 0;
    std::uint64_t length = 0;
    char* type = nullptr;
    char* status = nullptr;
    next = dm_get_next_target(task.get(), next, &start, &length, &type, &status);
    if (type != nullptr && status != nullptr && std::string_view(type) == "multipath") {
      return std::string(status);
    }
  } while (next != nullptr);
  return "";
}

}  // namespace pathwatch::cli
