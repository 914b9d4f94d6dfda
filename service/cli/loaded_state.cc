#include "service/cli/loaded_state.h"

#include <string>
#include <utility>
#include <vector>

#include "service/cli/exit_code.h"

namespace pathwatch::cli {

std::optional<LoadedState> LoadOrComplain(const Context& context, const Wanted& wanted) {
  auto view = LoadState(context.run_dir, context.clocks.boot_now_ns, wanted);
  if (!view.ok()) {
    Complain(context.err, std::string(view.status().message()));
    return std::nullopt;
  }
  const std::vector<std::string> warnings = Warnings(*view);
  for (const std::string& warning : warnings) Complain(context.err, warning);
  return LoadedState{*std::move(view), warnings.empty() ? kExitOk : kExitNoData};
}

}  // namespace pathwatch::cli
