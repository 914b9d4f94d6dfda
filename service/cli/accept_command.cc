#include "service/cli/accept_command.h"

#include "absl/strings/str_format.h"
#include "lib/checker/state_names.h"
#include "service/cli/control_socket.h"
#include "service/cli/exit_code.h"
#include "service/cli/loaded_state.h"
#include "service/cli/path_argument.h"
#include "service/present/escape.h"

namespace pathwatch::cli {
namespace {

// "WWID as the new identity of 3:0:0:1"
std::string NewIdentity(const present::PathFacts& facts) {
  const bool known = facts.detail != nullptr && facts.detail->identity_found[0] != '\0';
  return absl::StrFormat("%s as the new identity of %s",
                         known ? facts.detail->identity_found : "what answers",
                         present::PathName(facts.path));
}

}  // namespace

int RunAcceptIdentity(const Context& context, const std::string& path) {
  Wanted wanted;
  wanted.details = [&path](const pw_path_record& candidate) { return HasName(candidate, path); };
  const auto loaded = LoadOrComplain(context, wanted);
  if (!loaded) return kExitNoData;
  const auto found = FindPath(loaded->view, path);
  if (!found.ok()) {
    Complain(context.err, std::string(found.status().message()));
    return kExitUnknownPath;
  }
  if ((*found)->state != PW_STATE_WRONG_LU) {
    Complain(context.err,
             absl::StrFormat("path %s is %s, not wrong_lu: it has no new identity to accept",
                             present::PathName(**found), pw_state_name((*found)->state)));
    return kExitNotWrongLu;
  }
  const absl::Status sent =
      SendRequest(context.run_dir, "accept-identity " + present::PathName(**found));
  if (!sent.ok()) {
    Complain(context.err, std::string(sent.message()));
    return kExitNotDelivered;
  }
  context.out << present::EscapeForTerminal("asked to accept " +
                                            NewIdentity(FactsOf(loaded->view, **found)))
              << "\n";
  return loaded->code;
}

}  // namespace pathwatch::cli
