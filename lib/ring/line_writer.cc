#include "lib/ring/line_writer.h"

#include <poll.h>

#include <cerrno>
#include <span>

#include "absl/strings/str_cat.h"

namespace pathwatch::ring {

LineWriter::LineWriter(Loop& loop, int fd, const Options& options)
    : loop_(loop), fd_(fd), options_(options), bytes_(options.bytes_max) {}

void LineWriter::Write(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  const std::string note = LostNote();
  const std::size_t bytes = note.size() + line.size() + 1;
  if (!Fits(bytes)) {
    ++lost_;
    ++lost_unreported_;
    return;
  }
  bytes_.Append(note);
  bytes_.Append(line);
  bytes_.Append("\n");
  entries_.push_back({.bytes = bytes, .lines = 1, .lost_noted = lost_unreported_});
  lost_unreported_ = 0;
  Start();
}

std::string LineWriter::LostNote() const {
  if (lost_unreported_ == 0) return "";
  // After a failed write the descriptor may have got the beginning of a line that is lost.
  return absl::StrCat(torn_ && entries_.empty() ? "\n" : "", lost_unreported_,
                      lost_unreported_ == 1 ? " log line was lost\n" : " log lines were lost\n");
}

bool LineWriter::Fits(std::size_t bytes) const {
  return entries_.size() < options_.lines_max && bytes <= bytes_.room();
}

void LineWriter::Start() {
  if (bytes_.size() == 0 || written_.pending() || writable_.pending()) return;
  loop_.Write(fd_, std::as_bytes(bytes_.First(bytes_.size())[0]), written_);
}

void LineWriter::OnWritten(const Result& result) {
  if (result.value > 0) {
    RemoveWritten(static_cast<std::size_t>(result.value));
  } else if (result.value == -EAGAIN) {
    // A full pipe behind a non-blocking descriptor.
    loop_.Poll(fd_, POLLOUT, writable_);
    return;
  } else if (result.value != -EINTR) {
    LoseAll();
  }
  Start();
}

// Whatever happened to the descriptor: the next write meets it as well and reports it better.
void LineWriter::OnWritable(const Result&) { Start(); }

void LineWriter::RemoveWritten(std::size_t bytes) {
  bytes_.Drop(bytes);
  while (!entries_.empty() && bytes >= entries_.front().bytes) {
    bytes -= entries_.front().bytes;
    entries_.pop_front();
    torn_ = false;
  }
  if (bytes > 0) {
    entries_.front().bytes -= bytes;
    torn_ = true;
  }
}

void LineWriter::LoseAll() {
  for (const Entry& entry : entries_) {
    lost_ += entry.lines;
    lost_unreported_ += entry.lines + entry.lost_noted;
  }
  entries_.clear();
  bytes_.Drop(bytes_.size());
}

absl::Status LineWriter::Flush(TimeNs until_ns) {
  const std::uint64_t lost_before = lost_;
  absl::Status status = Drain(until_ns);
  const std::string note = LostNote();
  if (status.ok() && lost_ == lost_before && !note.empty() && Fits(note.size())) {
    bytes_.Append(note);
    entries_.push_back({.bytes = note.size(), .lines = 0, .lost_noted = lost_unreported_});
    lost_unreported_ = 0;
    Start();
    status = Drain(until_ns);
  }
  if (!status.ok() || lost_ == lost_before) return status;
  return absl::DataLossError(
      absl::StrCat(lost_ - lost_before, " queued log lines were lost: the log can't be written"));
}

absl::Status LineWriter::Drain(TimeNs until_ns) {
  while (bytes_.size() > 0) {
    if (loop_.clock_ns() >= until_ns) {
      return absl::DeadlineExceededError(absl::StrCat(
          entries_.size(), " queued log lines were not written in time: the log isn't read"));
    }
    absl::Status status = loop_.RunOnce(until_ns);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace pathwatch::ring
