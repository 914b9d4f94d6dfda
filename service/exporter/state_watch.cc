#include "service/exporter/state_watch.h"

#include <array>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "lib/metrics/catalogue.h"

namespace pathwatch::exporter {
namespace {

using metrics::Describe;
using metrics::MetricId;

// By the label of pathwatch_state_problem_info.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kSentences = {{
    {"no_file", "there is no published state: start pathwatchd, or give its --run-dir"},
    {"not_allowed",
     "the published state may not be read: run as a member of the group of that file ([query] "
     "socket_group)"},
    {"untrusted",
     "the published state is not relied on, since others than its owner can write it or its "
     "directory, or its owner is neither root nor the directory's"},
    {"damaged", "the published state is damaged: restart pathwatchd"},
    {"other_version",
     "the published state is of another version: install pathwatchd and pathwatch-exporter of the "
     "same one"},
    {"cannot_read", "the published state cannot be read"},
    {"stale", "the published state is out of date: pathwatchd has ended or hangs"},
}};

std::string_view Sentence(std::string_view problem) {
  for (const auto& [name, sentence] : kSentences) {
    if (name == problem) return sentence;
  }
  return "the published state cannot be relied on";
}

std::string_view LabelOf(const prometheus::MetricFamily& family) {
  if (family.metric.empty() || family.metric.front().label.empty()) return "";
  return family.metric.front().label.front().value;
}

// "" if there is none.
std::string ProblemIn(const std::vector<prometheus::MetricFamily>& families) {
  bool readable = false;
  std::string_view problem;
  for (const prometheus::MetricFamily& family : families) {
    if (family.name == Describe(MetricId::kStateReadable).name) {
      readable = !family.metric.empty() && family.metric.front().gauge.value == 1;
    } else if (family.name == Describe(MetricId::kStateProblem).name) {
      problem = LabelOf(family);
    }
  }
  if (readable) return "";
  return problem.empty() ? "unknown" : std::string(problem);
}

}  // namespace

StateWatch::StateWatch(const prometheus::Collectable& source, std::string state_file,
                       const Log& log)
    : source_(source), state_file_(std::move(state_file)), log_(log) {}

std::vector<prometheus::MetricFamily> StateWatch::Collect() const {
  std::vector<prometheus::MetricFamily> families = source_.Collect();
  std::string problem = ProblemIn(families);
  const std::lock_guard<std::mutex> lock(mutex_);
  if (problem != problem_) Tell(problem);
  problem_ = std::move(problem);
  return families;
}

void StateWatch::Tell(const std::string& problem) const {
  if (problem.empty()) return log_.Info(fmt::format("{}: can be read again", state_file_));
  log_.Warn(fmt::format("{}: {}; until then, only metrics about the exporter itself are served",
                        state_file_, Sentence(problem)));
}

}  // namespace pathwatch::exporter
