// Datagrams on their way to a Unix datagram socket whose reader may be slow, full, restarted or
// gone.
//
// The caller never waits: datagrams go into a bounded queue that the ring empties, one at a time
// and in order. One that doesn't fit into the queue, or is longer than the socket takes, is lost
// and counted. While there is no reader, the queue is kept and the path is connected to again and
// again: a restarted reader binds a new socket to it.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_RING_DATAGRAM_WRITER_H_
#define PATHWATCH_LIB_RING_DATAGRAM_WRITER_H_

#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "lib/ring/byte_queue.h"
#include "lib/ring/loop.h"

namespace pathwatch::ring {

class DatagramWriter final {
 public:
  struct Options {
    std::size_t datagrams_max = 4096;  // queued datagrams
    std::size_t bytes_max = 1 << 20;   // queued bytes; allocated at once
    TimeNs retry_ns = 1'000'000'000;   // between two attempts to reach a reader that is gone
  };

  // Nothing is opened yet. The writer must outlive `loop`.
  DatagramWriter(Loop& loop, std::string path, const Options& options);
  DatagramWriter(const DatagramWriter&) = delete;
  DatagramWriter& operator=(const DatagramWriter&) = delete;
  ~DatagramWriter();

  // For those who want to know at once whether there is a reader; otherwise the first datagram
  // connects. Does nothing if connected. On failure, the status names the path and the system
  // error, and nothing has changed.
  absl::Status Connect();

  // True if a datagram of so many bytes would be queued now.
  bool Fits(std::size_t bytes) const;

  // Queues the datagram. May be called at any time.
  void Write(std::string_view datagram);

  // Datagrams that were lost since the start.
  std::uint64_t lost() const { return lost_; }

  // For the end of the program: turns the loop until the queue is empty. On failure, says how many
  // datagrams weren't sent because `until_ns` came first and why, how many of them were lost, or
  // what is wrong with the ring.
  // REQUIRES: not called from a callback.
  absl::Status Flush(TimeNs until_ns);

 private:
  void Start();
  void StartLater();
  void OnSent(const Result& result);
  void OnWritable(const Result& result);
  void OnRetry(TimeNs now_ns);
  void DropFirst();
  void Disconnect();
  absl::Status NotSentInTime() const;

  Loop& loop_;
  const std::string path_;
  const Options options_;
  ByteQueue bytes_;
  std::deque<std::size_t> lengths_;  // of the queued datagrams
  int fd_ = -1;                      // -1: not connected
  int failure_ = 0;                  // the last attempt to send ended with this errno
  std::uint64_t lost_ = 0;
  std::array<iovec, 2> pieces_ = {};
  msghdr message_ = {};
  Bound<DatagramWriter, &DatagramWriter::OnSent> sent_{*this};
  Bound<DatagramWriter, &DatagramWriter::OnWritable> writable_{*this};
  BoundTimer<DatagramWriter, &DatagramWriter::OnRetry> retry_{*this};
};

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_DATAGRAM_WRITER_H_
