// Log lines on their way to a descriptor that may be slow, full or gone.
//
// The caller never waits: lines go into a bounded queue that ring writes empty. A line that
// doesn't fit is lost and counted, and the next one that fits is preceded by
// "N log lines were lost". When a write fails, everything queued is lost in the same way and the
// next line is tried again, as a disk may get room and a pipe a new reader.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_RING_LINE_WRITER_H_
#define PATHWATCH_LIB_RING_LINE_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "lib/ring/byte_queue.h"
#include "lib/ring/loop.h"

namespace pathwatch::ring {

class LineWriter final {
 public:
  struct Options {
    std::size_t lines_max = 4096;     // queued lines
    std::size_t bytes_max = 1 << 20;  // queued bytes; allocated at once
  };

  // `fd` isn't owned and may be blocking or not. The writer must outlive `loop`. A reader that
  // goes away raises SIGPIPE, which the process must ignore.
  LineWriter(Loop& loop, int fd, const Options& options);
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  // Queues `line`, with a newline added unless it ends with one. May be called at any time.
  void Write(std::string_view line);

  // Lines that were lost since the start.
  std::uint64_t lost() const { return lost_; }

  // For the end of the program: turns the loop until the queue is empty, and reports lines lost
  // at its end. On failure, says how many lines weren't written because `until_ns` came first or
  // the descriptor is broken, or what is wrong with the ring.
  // REQUIRES: not called from a callback.
  absl::Status Flush(TimeNs until_ns);

 private:
  struct Entry {
    std::size_t bytes = 0;         // still to be written
    std::uint64_t lines = 0;       // 1, or 0 for a note alone
    std::uint64_t lost_noted = 0;  // that the note in it reports
  };

  bool Fits(std::size_t bytes) const;
  std::string LostNote() const;
  void Start();
  void OnWritten(const Result& result);
  void OnWritable(const Result& result);
  void RemoveWritten(std::size_t bytes);
  void LoseAll();
  absl::Status Drain(TimeNs until_ns);

  Loop& loop_;
  int fd_;
  Options options_;
  ByteQueue bytes_;
  std::deque<Entry> entries_;
  std::uint64_t lost_ = 0;
  std::uint64_t lost_unreported_ = 0;
  bool torn_ = false;  // the last thing written was a part of a line
  Bound<LineWriter, &LineWriter::OnWritten> written_{*this};
  Bound<LineWriter, &LineWriter::OnWritable> writable_{*this};
};

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_LINE_WRITER_H_
