// How commands begin: load, complain about what is wrong, and remember it for the exit code.
#ifndef PATHWATCH_SERVICE_CLI_LOADED_STATE_H_
#define PATHWATCH_SERVICE_CLI_LOADED_STATE_H_

#include <optional>

#include "service/cli/context.h"
#include "service/cli/state_view.h"

namespace pathwatch::cli {

struct LoadedState {
  StateView view;
  int code = 0;  // kExitOk, or kExitNoData if there was a warning about the view
};

// On success the warnings about the view are on context.err. On failure nothing, and the sentence
// is there: return kExitNoData.
std::optional<LoadedState> LoadOrComplain(const Context& context, const Wanted& wanted = {});

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_LOADED_STATE_H_
