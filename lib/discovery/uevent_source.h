// The kernel's uevents, received through the ring.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_DISCOVERY_UEVENT_SOURCE_H_
#define PATHWATCH_LIB_DISCOVERY_UEVENT_SOURCE_H_

#include <cstddef>
#include <memory>
#include <span>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/ring/datagram_source.h"
#include "lib/ring/loop.h"

namespace pathwatch::discovery {

class UeventReceiver {
 public:
  // A uevent, as the kernel has sent it: "ACTION@DEVPATH", then "KEY=VALUE", each with a NUL.
  virtual void OnUevent(std::span<const std::byte> datagram) = 0;
  // Some were lost, since they came faster than they were received: nobody knows which.
  virtual void OnUeventsLost() = 0;
  // Receiving has failed for good. The status names the system error and the remedy.
  virtual void OnUeventsEnded(const absl::Status& status) = 0;

 protected:
  ~UeventReceiver() = default;
};

class UeventSource final : private ring::DatagramReceiver {
 public:
  // Starts to receive. On failure the status names what is missing and the remedy. Needs no
  // privilege. `receiver` is not owned. The result must outlive `loop`.
  static absl::StatusOr<std::unique_ptr<UeventSource>> Open(ring::Loop& loop,
                                                            UeventReceiver& receiver);
  // The same with a bound netlink socket, which is owned from now on: for tests.
  static absl::StatusOr<std::unique_ptr<UeventSource>> Take(ring::Loop& loop, int socket,
                                                            UeventReceiver& receiver);
  ~UeventSource();

 private:
  UeventSource(int socket, UeventReceiver& receiver) : socket_(socket), receiver_(receiver) {}

  void OnDatagram(const ring::Datagram& datagram) override;
  void OnDatagramsLost() override { receiver_.OnUeventsLost(); }
  void OnDatagramsEnded(const absl::Status& status) override;

  const int socket_;
  UeventReceiver& receiver_;
  std::unique_ptr<ring::DatagramSource> source_;
};

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_LIB_DISCOVERY_UEVENT_SOURCE_H_
