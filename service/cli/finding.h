// What an examination of the host has found.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_FINDING_H_
#define PATHWATCH_SERVICE_CLI_FINDING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pathwatch::cli {

// In the order of gravity.
enum class Level : std::uint8_t { kOk, kWarning, kProblem };

struct Finding {
  Level level = Level::kOk;
  std::string name;    // of the subject: "kernel"; several findings may share it
  std::string text;    // a clause without a full stop; may hold what devices said
  std::string remedy;  // a sentence; empty if the level is kOk
};

using Findings = std::vector<Finding>;

Finding Ok(std::string name, std::string text);
Finding Warning(std::string name, std::string text, std::string remedy);
Finding Problem(std::string name, std::string text, std::string remedy);

// From a sentence of ours in the form "cause: remedy" (ring::SetupError, pw_strerror). A sentence
// without a remedy gets `otherwise`.
Finding FromSentence(Level level, std::string name, std::string_view sentence,
                     std::string_view otherwise);

// "ok", "warning", "problem"
const char* LevelName(Level level);

// kOk if there are no findings.
Level Worst(const Findings& findings);

void Append(Findings more, Findings& findings);

// "1 device", "3 devices"
std::string Counted(std::size_t count, std::string_view noun);

// A line for each finding, columns aligned, the remedy in a line of its own; harmless to terminals.
std::string FindingsAsText(const Findings& findings);

// {"findings":[{"level","name","text","remedy"}],"worst"} and a newline.
std::string FindingsAsJson(const Findings& findings);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_FINDING_H_
