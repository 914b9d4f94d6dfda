#include "service/cli/top/top_command.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_format.h"
#include "service/cli/exit_code.h"
#include "service/cli/top/controls.h"
#include "service/cli/top/screen.h"
#include "service/cli/top/state_feed.h"
#include "service/cli/top/terminal.h"

namespace pathwatch::top {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::uint64_t kSecondsMax = 1'000'000'000;

std::int64_t Nanoseconds(std::uint64_t seconds) {
  return static_cast<std::int64_t>(std::min(seconds, kSecondsMax)) * kSecondNs;
}

// All keys that were pressed count before the next picture is made.
void TakeKeys(Terminal& terminal, const Screen& screen, Controls& controls) {
  while (const auto key = terminal.NextKey()) {
    Press(*key, screen.page_rows, screen.rows, controls);
  }
}

void ShowUntilTheEnd(StateFeed& feed, Terminal& terminal, const TopOptions& options) {
  const std::int64_t interval_ns = std::max(Nanoseconds(options.interval_s), kSecondNs);
  const std::int64_t begin_ns = present::ReadClocks().boot_now_ns;
  const std::int64_t end_ns = begin_ns + Nanoseconds(options.seconds.value_or(kSecondsMax));
  std::int64_t look_ns = begin_ns;
  Controls controls;
  Screen screen;
  for (;;) {
    const present::Clocks clocks = present::ReadClocks();
    if (clocks.boot_now_ns >= end_ns) return;
    if (clocks.boot_now_ns >= look_ns) {
      feed.Refresh(clocks, screen.slots);
      look_ns = clocks.boot_now_ns + interval_ns;
    }
    screen = Draw(feed.snapshot(), controls, terminal.size(), clocks);
    controls.first = screen.first;
    terminal.Show(screen.lines);
    const std::int64_t now_ns = present::ReadClocks().boot_now_ns;
    if (!terminal.Wait(std::max<std::int64_t>(std::min(look_ns, end_ns) - now_ns, 0))) return;
    TakeKeys(terminal, screen, controls);
    if (controls.quit) return;
  }
}

}  // namespace

int RunTop(const cli::Context& context, const TopOptions& options) {
  const auto feed = StateFeed::Open(context.run_dir);
  if (!feed.ok()) {
    cli::Complain(context.err, std::string(feed.status().message()));
    return cli::kExitNoData;
  }
  auto terminal = Terminal::Open();
  if (!terminal.ok()) {
    cli::Complain(context.err, std::string(terminal.status().message()));
    return absl::IsInvalidArgument(terminal.status()) ? cli::kExitUsage : cli::kExitCannotWrite;
  }
  const ScreenSize size = (*terminal)->size();
  if (!IsLargeEnough(size)) {
    terminal->reset();
    cli::Complain(context.err,
                  absl::StrFormat("the terminal has %d columns and %d lines; top needs %d and %d",
                                  size.width, size.height, kLeastSize.width, kLeastSize.height));
    return cli::kExitUsage;
  }
  ShowUntilTheEnd(**feed, **terminal, options);
  return cli::kExitOk;
}

}  // namespace pathwatch::top
