#include "service/cli/watch_command.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <variant>

#include "absl/strings/str_format.h"
#include "lib/discovery/hctl.h"
#include "service/cli/change_follower.h"
#include "service/cli/exit_code.h"
#include "service/cli/path_argument.h"
#include "service/cli/state_view.h"
#include "service/present/change_text.h"

namespace pathwatch::cli {
namespace {

constexpr std::int64_t kPauseNs = 200'000'000;
constexpr std::int64_t kSecondNs = 1'000'000'000;

// Tells what each step of the follower found.
class Teller {
 public:
  // `paths`: of which ones changes are printed; empty: of all.
  Teller(const Context& context, bool json, std::vector<discovery::Hctl> paths)
      : context_(context), json_(json), paths_(std::move(paths)) {}

  void Tell(const Step& step, std::uint64_t epoch, const present::Clocks& clocks) {
    if (const auto* change = std::get_if<pw_change_record>(&step)) {
      TellChange(*change, epoch, clocks);
    } else if (const auto* missed = std::get_if<Missed>(&step)) {
      Complain(context_.err, absl::StrFormat("%d change%s missed", missed->changes,
                                             missed->changes == 1 ? " was" : "s were"));
    } else if (std::holds_alternative<Restarted>(step)) {
      Complain(context_.err, "pathwatchd was restarted: its log of changes begins anew");
    } else if (const auto* lost = std::get_if<Lost>(&step)) {
      Complain(context_.err, lost->why + "; waiting for it to be back");
    } else if (std::holds_alternative<Back>(step)) {
      Complain(context_.err, "pathwatchd is back");
    }
  }

 private:
  void TellChange(const pw_change_record& change, std::uint64_t epoch,
                  const present::Clocks& clocks) {
    const discovery::Hctl path{change.host, change.channel, change.target, change.lun};
    if (!paths_.empty() && std::find(paths_.begin(), paths_.end(), path) == paths_.end()) return;
    context_.out << (json_ ? present::ChangeAsJson(change, epoch, clocks)
                           : present::ChangeAsText(change, clocks))
                 << "\n"
                 << std::flush;
  }

  const Context& context_;
  bool json_;
  std::vector<discovery::Hctl> paths_;
};

// The addresses of the paths that were named, so that they are watched whatever devices come and
// go there. On failure the sentences are on context.err and `code` is set.
std::vector<discovery::Hctl> Addresses(const Context& context,
                                       const std::vector<std::string>& names, int& code) {
  std::vector<discovery::Hctl> addresses;
  if (names.empty()) return addresses;
  const auto view = LoadState(context.run_dir, context.clocks.boot_now_ns);
  if (!view.ok()) {
    Complain(context.err, std::string(view.status().message()));
    code = kExitNoData;
    return addresses;
  }
  std::vector<std::string> complaints;
  for (const pw_path_record* path : FindPaths(*view, names, complaints)) {
    addresses.push_back({path->host, path->channel, path->target, path->lun});
  }
  for (const std::string& complaint : complaints) Complain(context.err, complaint);
  if (!complaints.empty()) code = kExitUnknownPath;
  return addresses;
}

}  // namespace

Pace RealPace() {
  return {present::ReadClocks,
          [](std::int64_t ns) { std::this_thread::sleep_for(std::chrono::nanoseconds(ns)); }};
}

int RunWatch(const Context& context, const WatchOptions& options, const Pace& pace) {
  int code = kExitOk;
  Teller teller(context, options.json, Addresses(context, options.paths, code));
  if (code != kExitOk) return code;
  const auto follower = ChangeFollower::Begin(context.run_dir, options.last);
  if (!follower.ok()) {
    Complain(context.err, std::string(follower.status().message()));
    return kExitNoData;
  }
  const std::int64_t started_ns = pace.now().boot_now_ns;
  for (std::uint64_t steps = 1;; steps++) {
    const present::Clocks clocks = pace.now();
    const Step step = (*follower)->Next(clocks.boot_now_ns);
    teller.Tell(step, (*follower)->epoch(), clocks);
    if (!context.out.good()) return kExitCannotWrite;
    const bool nothing_new = std::holds_alternative<NothingNew>(step);
    // Changes that come faster than they can be printed do not keep it from ending; what was
    // already there is printed in any case.
    const std::int64_t watched_ns = clocks.boot_now_ns - started_ns;
    const bool over = options.seconds && watched_ns / kSecondNs >= 0 &&
                      static_cast<std::uint64_t>(watched_ns / kSecondNs) >= *options.seconds;
    if (over && (nothing_new || steps > options.last)) return kExitOk;
    if (nothing_new) pace.pause(kPauseNs);
  }
}

}  // namespace pathwatch::cli
