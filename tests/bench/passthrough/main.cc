// tur_cost: what a TEST UNIT READY costs without pathwatch. See Usage().
#include <cstdio>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tests/bench/passthrough/arguments.h"
#include "tests/bench/passthrough/ring_modes.h"
#include "tests/bench/passthrough/thread_modes.h"

namespace pathwatch::bench {
namespace {

Manner MannerOf(const Arguments& arguments) {
  using Form = Manner::Form;
  Manner manner = {.form = Form::kBsg, .gate = arguments.gate};
  if (arguments.passthrough == Passthrough::kBsg) return manner;
  const bool lean = arguments.mode == "paced-lean";
  manner.form = arguments.form.value_or(lean ? Form::kSgPair : Form::kSgPoll);
  return manner;
}

absl::StatusOr<Cost> Measure(const Arguments& arguments, const std::vector<Target>& targets) {
  const std::string& mode = arguments.mode;
  const Manner manner = MannerOf(arguments);
  if (absl::Status warm = WarmUp(manner, targets); !warm.ok()) return warm;
  if (mode == "paced" || mode == "paced-lean") return Paced(arguments, manner, targets);
  if (mode == "batch") return Batch(arguments, manner, targets);
  if (arguments.passthrough == Passthrough::kBsg) {
    return absl::InvalidArgumentError(absl::StrCat("mode ", mode, " is for sg nodes"));
  }
  if (mode == "ioctl") return InTurn(arguments, targets);
  if (mode == "paced-threads") return PacedThreads(arguments, targets);
  if (mode == "threads") return SaturatedThreads(arguments, targets);
  return absl::InvalidArgumentError(absl::StrCat("there is no mode ", mode, "\n\n", Usage()));
}

absl::StatusOr<std::string> Line(int argc, const char* const* argv) {
  const auto arguments = ParseArguments(argc, argv);
  if (!arguments.ok()) return arguments.status();
  const auto targets = OpenTargets(arguments->passthrough, arguments->nodes);
  if (!targets.ok()) return targets.status();
  const auto cost = Measure(*arguments, *targets);
  if (!cost.ok()) return cost.status();
  return cost->Json(arguments->mode, arguments->passthrough == Passthrough::kBsg ? "bsg" : "sg");
}

}  // namespace
}  // namespace pathwatch::bench

int main(int argc, char** argv) {
  if (argc == 2 && std::string(argv[1]) == "--help") {
    std::fputs(pathwatch::bench::Usage().c_str(), stdout);
    return 0;
  }
  const auto line = pathwatch::bench::Line(argc, argv);
  if (!line.ok()) {
    std::fprintf(stderr, "tur_cost: %s\n", std::string(line.status().message()).c_str());
    return 1;
  }
  std::puts(line->c_str());
}
