#include "service/cli/multipath_conf_command.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/cli/array_survey.h"
#include "service/cli/checker_plugin.h"
#include "service/cli/exit_code.h"
#include "service/cli/loaded_state.h"
#include "service/cli/multipath_conf.h"
#include "service/cli/multipath_conflicts.h"
#include "service/cli/multipath_piece.h"
#include "service/cli/other_disks.h"

namespace pathwatch::cli {

int RunMultipathConf(const Context& context, const DoctorOptions& options) {
  Wanted wanted;
  wanted.luns = true;
  const auto loaded = LoadOrComplain(context, wanted);
  if (!loaded) return kExitNoData;
  const ArraySurvey survey = SurveyArrays(loaded->view, options.sysfs_root);
  MultipathPiece piece;
  piece.arrays = survey.arrays;
  piece.warnings =
      MultipathConflicts(ReadMultipathConf(options.etc_dir), survey, FindPlugin(options.root_dir));
  piece.other_disks = OtherDisks(loaded->view, survey, options.sysfs_root);
  context.out << PieceText(piece);
  for (const Finding& warning : piece.warnings) {
    Complain(context.err, absl::StrCat(warning.text, "; what to do: ", warning.remedy));
  }
  if (loaded->code != kExitOk) return loaded->code;
  const bool any = std::any_of(survey.arrays.begin(), survey.arrays.end(), IsJudged);
  return any && piece.warnings.empty() ? kExitOk : kExitWarning;
}

}  // namespace pathwatch::cli
