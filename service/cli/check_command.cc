#include "service/cli/check_command.h"

#include "absl/strings/str_format.h"
#include "service/cli/control_socket.h"
#include "service/cli/exit_code.h"
#include "service/cli/loaded_state.h"
#include "service/cli/path_argument.h"
#include "service/cli/state_view.h"

namespace pathwatch::cli {

int RunCheck(const Context& context, const std::vector<std::string>& paths) {
  const auto loaded = LoadOrComplain(context);
  if (!loaded) return kExitNoData;
  std::vector<std::string> complaints;
  const auto found = FindPaths(loaded->view, paths, complaints);
  for (const pw_path_record* path : found) {
    if (path->state != PW_STATE_REMOVED) continue;
    complaints.push_back(absl::StrFormat("path %s was removed: there is nothing to check",
                                         present::PathName(*path)));
  }
  for (const std::string& complaint : complaints) Complain(context.err, complaint);
  if (!complaints.empty()) return kExitUnknownPath;

  for (const pw_path_record* path : found) {
    const absl::Status sent = SendRequest(context.run_dir, "check-now " + present::PathName(*path));
    if (!sent.ok()) {
      Complain(context.err, std::string(sent.message()));
      return kExitNotDelivered;
    }
    context.out << absl::StrFormat("asked for a check of %s\n", present::PathName(*path));
  }
  return loaded->code;
}

}  // namespace pathwatch::cli
