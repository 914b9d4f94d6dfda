#include "service/daemon/log.h"

#include <cstddef>
#include <cstdlib>
#include <string_view>

#include "absl/time/time.h"
#include "service/daemon/log/journal_sink.h"
#include "service/daemon/log/journal_stream.h"
#include "service/daemon/log/stderr_sink.h"

namespace pathwatch::service {
namespace {

// In one call: a flood of lines that are over is told of in pieces.
constexpr std::size_t kHeldBackPerSweep = 25;
// For the few words about a journal that can't be reached.
constexpr ring::LineWriter::Options kNoticeQueue = {.lines_max = 16, .bytes_max = 4096};

// "3 lines like this were held back in 10m"
std::string HeldBackText(std::uint64_t lines, std::string_view which, std::int64_t period_ns) {
  return fmt::format("{} {} {} {} held back in {}", lines, lines == 1 ? "line" : "lines", which,
                     lines == 1 ? "was" : "were",
                     absl::FormatDuration(absl::Nanoseconds(period_ns)));
}

}  // namespace

std::unique_ptr<Log> Log::Open(ring::Loop& loop, const LogOptions& options, int stderr_fd) {
  const char* stream = std::getenv("JOURNAL_STREAM");  // NOLINT: one thread
  const bool connected = IsJournalStream(stream, stderr_fd);
  const LineForm form = connected ? LineForm::kPrioritized : LineForm::kTimed;
  const bool automatic = options.target == LogTarget::kAuto;
  if (options.target == LogTarget::kStderr || (automatic && !connected)) {
    return std::make_unique<Log>(loop, options,
                                 std::make_unique<StderrSink>(loop, stderr_fd, form));
  }
  auto journal = std::make_unique<JournalSink>(loop, options.journal_socket);
  const absl::Status reached = journal->Connect();
  if (reached.ok()) return std::make_unique<Log>(loop, options, std::move(journal));
  const std::string problem(reached.message());
  if (automatic) {
    auto log =
        std::make_unique<Log>(loop, options, std::make_unique<StderrSink>(loop, stderr_fd, form));
    log->Warn("{}: the log goes to stderr, without fields", problem);
    return log;
  }
  auto log = std::make_unique<Log>(loop, options, std::move(journal));
  log->notices_ = std::make_unique<StderrSink>(loop, stderr_fd, form, kNoticeQueue);
  const std::string text = problem + ": the log is kept for the journal until it can be reached";
  log->notices_->Write({.level = LogLevel::kWarn, .fields = LogFields{}, .text = text});
  return log;
}

Log::Log(ring::Loop& loop, const LogOptions& options, std::unique_ptr<LogSink> sink)
    : loop_(loop),
      level_(options.level),
      period_ns_(options.period_ns),
      lines_(options.repeats, options.period_ns),
      changes_(options.changes_max_per_s),
      sink_(std::move(sink)) {}

void Log::SetLineLimit(std::uint32_t repeats, std::int64_t period_ns) {
  period_ns_ = period_ns;
  lines_.Set(repeats, period_ns);
}

bool Log::WantsChange(LogLevel level) {
  if (!Enabled(level)) return false;
  // Asking counts it; one that has room is counted when it is written.
  return changes_.HasRoom(loop_.now_ns()) || changes_.Allow(loop_.now_ns());
}

void Log::Sweep() {
  const std::int64_t now_ns = loop_.now_ns();
  if (const std::uint64_t more = changes_.TakeSuppressed(now_ns); more > 0) {
    Info("{} more state changes are not listed", more);
  }
  for (const LineLimit::HeldBack& held : lines_.Sweep(now_ns, kHeldBackPerSweep)) {
    PutHeldBack(held);
  }
}

void Log::PutHeldBack(const LineLimit::HeldBack& held) {
  if (!Enabled(held.level)) return;
  const LogFields& about = held.fields;
  if (about.cause == LogCause::kNone) {
    Put(held.level, about, HeldBackText(held.lines, "of other paths", period_ns_), 0);
    return;
  }
  const std::string subject =
      about.path.empty() ? "I_T nexus " + about.nexus : "path " + about.path;
  const std::string which = fmt::format("with the cause {}", Name(about.cause));
  Put(held.level, about, subject + ": " + HeldBackText(held.lines, which, period_ns_), 0);
}

void Log::Put(LogLevel level, const LogFields& fields, std::string text, std::uint64_t held_back) {
  if (held_back > 0) {
    text += " (" + HeldBackText(held_back, "like this", period_ns_) + ")";
  }
  sink_->Write({.level = level, .fields = fields, .text = text});
}

std::uint64_t Log::lost() const {
  return sink_->lost() + (notices_ == nullptr ? 0 : notices_->lost());
}

absl::Status Log::Flush(std::int64_t until_ns) {
  absl::Status written = sink_->Flush(until_ns);
  if (notices_ != nullptr) written.Update(notices_->Flush(until_ns));
  return written;
}

}  // namespace pathwatch::service
