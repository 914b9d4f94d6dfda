#include "lib/discovery/uevent_source.h"

#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::discovery {
namespace {

// Group 1 has what the kernel itself says, group 2 what udev makes of it.
constexpr unsigned kKernelGroup = 1;
// The kernel builds uevents in 2 KiB (UEVENT_BUFFER_SIZE) after a device path of at most 4 KiB.
constexpr std::size_t kUeventBytesMax = 8192;
// Thousands of paths may fail at once, while the kernel tells of thousands of other devices.
constexpr int kReceiveBytes = 16 << 20;

absl::Status Failed(const char* what, int error) {
  return absl::ErrnoToStatus(
      error, absl::StrCat("cannot ", what,
                          " the kernel's uevents, which tell when device mapper fails a path: "
                          "allow this service sockets of the family AF_NETLINK"));
}

// The kernel's port is 0, and no process can have it.
bool IsFromKernel(const ring::Datagram& datagram) {
  sockaddr_nl from{};
  if (datagram.from.size() < sizeof from) return false;
  std::memcpy(&from, datagram.from.data(), sizeof from);
  return from.nl_family == AF_NETLINK && from.nl_pid == 0 && datagram.sender.uid == 0;
}

}  // namespace

absl::StatusOr<std::unique_ptr<UeventSource>> UeventSource::Open(ring::Loop& loop,
                                                                 UeventReceiver& receiver) {
  const int file =
      socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);
  if (file < 0) return Failed("receive", errno);
  absl::Cleanup close_file = [file] { close(file); };
  // Beyond the system's limit where that is allowed; without, more may get lost, which is told.
  if (setsockopt(file, SOL_SOCKET, SO_RCVBUFFORCE, &kReceiveBytes, sizeof kReceiveBytes) != 0) {
    setsockopt(file, SOL_SOCKET, SO_RCVBUF, &kReceiveBytes, sizeof kReceiveBytes);
  }
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = kKernelGroup;
  if (bind(file, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {  // NOLINT
    return Failed("listen to", errno);
  }
  std::move(close_file).Cancel();
  return Take(loop, file, receiver);
}

absl::StatusOr<std::unique_ptr<UeventSource>> UeventSource::Take(ring::Loop& loop, int socket,
                                                                 UeventReceiver& receiver) {
  std::unique_ptr<UeventSource> uevents(new UeventSource(socket, receiver));
  auto source = ring::DatagramSource::Create(loop, socket, kUeventBytesMax, *uevents);
  if (!source.ok()) return source.status();
  uevents->source_ = *std::move(source);
  return uevents;
}

UeventSource::~UeventSource() { close(socket_); }

void UeventSource::OnDatagram(const ring::Datagram& datagram) {
  if (!IsFromKernel(datagram)) return;
  if (datagram.truncated) {
    receiver_.OnUeventsLost();
  } else {
    receiver_.OnUevent(datagram.bytes);
  }
}

void UeventSource::OnDatagramsEnded(const absl::Status& status) {
  receiver_.OnUeventsEnded(absl::Status(
      status.code(), absl::StrCat("the kernel's uevents can't be received any more, restart "
                                  "pathwatchd: ",
                                  std::string(status.message()))));
}

}  // namespace pathwatch::discovery
