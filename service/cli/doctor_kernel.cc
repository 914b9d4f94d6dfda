#include "service/cli/doctor_kernel.h"

#include <sys/utsname.h>

#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/ring/kernel_version.h"

namespace pathwatch::cli {
namespace {

constexpr ring::KernelVersion kOldest = {ring::Loop::kKernelMajorMin, ring::Loop::kKernelMinorMin};

constexpr const char* kReport = "Report this with the kernel's version and configuration.";

std::string Sentence(const absl::Status& status) { return std::string(status.message()); }

Finding JudgeRelease(const std::string& release) {
  const absl::Status new_enough = ring::RequireKernel(release, kOldest);
  if (!new_enough.ok()) {
    return FromSentence(Level::kProblem, "kernel", Sentence(new_enough), kReport);
  }
  return Ok("kernel", absl::StrCat("Linux ", release, "; the oldest that will do is ",
                                   kOldest.major, ".", kOldest.minor));
}

// Nothing where everybody may use io_uring. REQUIRES: this process may.
std::string WhoMay(const ring::Sysctls& sysctls) {
  if (sysctls.disabled.value_or(0) != 1) return "";
  const std::int64_t group = sysctls.group.value_or(-1);
  return absl::StrCat("; kernel.io_uring_disabled = 1 leaves it to processes with CAP_SYS_ADMIN",
                      group == -1 ? "" : absl::StrCat(" and to members of group ", group));
}

Finding JudgeRing(const KernelFacts& facts) {
  if (!facts.ring.ok()) {
    // An errno that nobody expected comes without a remedy.
    if (absl::IsInternal(facts.ring.status())) {
      return Problem("io_uring", Sentence(facts.ring.status()), kReport);
    }
    return FromSentence(Level::kProblem, "io_uring", Sentence(facts.ring.status()), kReport);
  }
  if (facts.sysctls.disabled.value_or(0) >= 2) {
    return Problem("io_uring",
                   absl::StrCat("kernel.io_uring_disabled = ", *facts.sysctls.disabled,
                                " forbids io_uring to processes that start from now on"),
                   "Run 'sysctl kernel.io_uring_disabled=0'.");
  }
  if (facts.ring->defer_taskrun) {
    return Ok("io_uring",
              "this process may use it, with completions only on request "
              "(DEFER_TASKRUN)" +
                  WhoMay(facts.sysctls));
  }
  return Warning("io_uring",
                 absl::StrCat("this process may use it, but without DEFER_TASKRUN; ",
                              facts.ring->big_entries ? "COOP_TASKRUN" : "the plain set-up",
                              " is used, which costs more for each check", WhoMay(facts.sysctls)),
                 "Run Linux 6.1 or newer.");
}

Finding JudgeCommands(const absl::Status& commands) {
  if (commands.ok()) {
    return Ok("commands", "io_uring commands of 80 bytes can be sent (entries of 128 bytes)");
  }
  // An older kernel is not at fault: every device is reached through sg.
  if (absl::IsUnimplemented(commands)) {
    return Ok("commands", absl::StrCat("none, so that sg is used: ", Sentence(commands)));
  }
  return FromSentence(Level::kWarning, "commands", Sentence(commands), kReport);
}

}  // namespace

KernelFacts ReadKernelFacts(absl::Status commands) {
  utsname name = {};
  // uname fails for a bad pointer only.
  (void)::uname(&name);
  const auto loop = ring::Loop::Create({});
  absl::StatusOr<ring::Loop::Features> ring = ring::Loop::Features{};
  if (loop.ok()) {
    ring = (*loop)->features();
  } else {
    ring = loop.status();
  }
  return {.release = name.release,
          .sysctls = ring::ReadSysctls(),
          .ring = std::move(ring),
          .commands = std::move(commands)};
}

Findings JudgeKernel(const KernelFacts& facts) {
  Findings findings = {JudgeRelease(facts.release)};
  if (findings.front().level == Level::kProblem) return findings;
  findings.push_back(JudgeRing(facts));
  if (facts.ring.ok()) findings.push_back(JudgeCommands(facts.commands));
  return findings;
}

}  // namespace pathwatch::cli
