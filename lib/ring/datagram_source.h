// Datagrams of a Unix or netlink socket, each with the identity of its sender as the kernel vouches
// for it.
//
// One datagram is received per turn of the loop, so a flood of them can't keep others waiting.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_RING_DATAGRAM_SOURCE_H_
#define PATHWATCH_LIB_RING_DATAGRAM_SOURCE_H_

#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/ring/loop.h"

namespace pathwatch::ring {

struct Datagram {
  std::span<const std::byte> bytes;  // valid during the call only
  bool truncated = false;            // it was longer than `bytes`; the rest is lost (MSG_TRUNC)
  // SCM_CREDENTIALS. Should the kernel give none, pid 0 and the uid and gid (id)-1, which belong
  // to nobody.
  ucred sender = {};
  // The address that it was sent from (sockaddr_un, sockaddr_nl); empty if it has none. Valid
  // during the call only.
  std::span<const std::byte> from = {};
};

class DatagramReceiver {
 public:
  virtual void OnDatagram(const Datagram& datagram) = 0;
  // Some were lost, as the socket had no room for them (ENOBUFS, of netlink sockets); receiving
  // goes on.
  virtual void OnDatagramsLost() {}
  // Receiving failed for good: no further call follows. The status names the system error.
  virtual void OnDatagramsEnded(const absl::Status& status) = 0;

 protected:
  ~DatagramReceiver() = default;
};

class DatagramSource final {
 public:
  // Starts to receive from `fd`, a bound datagram socket that isn't owned, and turns
  // SO_PASSCRED on for it. Datagrams longer than `bytes_max` are truncated.
  // On failure, the status names the system error and nothing was started.
  // The result must outlive `loop`.
  static absl::StatusOr<std::unique_ptr<DatagramSource>> Create(Loop& loop, int fd,
                                                                std::size_t bytes_max,
                                                                DatagramReceiver& receiver);

  DatagramSource(const DatagramSource&) = delete;
  DatagramSource& operator=(const DatagramSource&) = delete;

 private:
  DatagramSource(Loop& loop, int fd, std::size_t bytes_max, DatagramReceiver& receiver);

  void StartReceive();
  void OnReceived(const Result& result);
  void OnReadable(const Result& result);
  ucred Sender();

  Loop& loop_;
  int fd_;
  DatagramReceiver& receiver_;
  std::vector<std::byte> bytes_;
  sockaddr_storage from_ = {};
  iovec buffer_ = {};
  msghdr message_ = {};
  // Room for credentials and nothing else: the kernel then drops descriptors that a sender
  // attaches, instead of opening them here.
  alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(ucred))> control_ = {};
  Bound<DatagramSource, &DatagramSource::OnReceived> received_{*this};
  Bound<DatagramSource, &DatagramSource::OnReadable> readable_{*this};
};

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_DATAGRAM_SOURCE_H_
