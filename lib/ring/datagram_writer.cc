#include "lib/ring/datagram_writer.h"

#include <poll.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

namespace pathwatch::ring {

DatagramWriter::DatagramWriter(Loop& loop, std::string path, const Options& options)
    : loop_(loop), path_(std::move(path)), options_(options), bytes_(options.bytes_max) {}

DatagramWriter::~DatagramWriter() { Disconnect(); }

absl::Status DatagramWriter::Connect() {
  if (fd_ >= 0) return absl::OkStatus();
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if (path_.size() >= sizeof(address.sun_path)) {
    return absl::InvalidArgumentError(absl::StrCat("the socket's path ", path_,
                                                   " is too long: ", sizeof(address.sun_path) - 1,
                                                   " bytes are possible"));
  }
  std::copy(path_.begin(), path_.end(), std::begin(address.sun_path));
  const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  // Datagram sockets have no queue of connections: this doesn't wait for the reader.
  if (fd >= 0 && ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
    fd_ = fd;
    return absl::OkStatus();
  }
  const int error = errno;
  if (fd >= 0) ::close(fd);
  return absl::UnavailableError(
      absl::StrCat(path_, " can't be reached: ", std::generic_category().message(error)));
}

bool DatagramWriter::Fits(std::size_t bytes) const {
  return lengths_.size() < options_.datagrams_max && bytes <= bytes_.room();
}

void DatagramWriter::Write(std::string_view datagram) {
  if (!Fits(datagram.size())) {
    ++lost_;
    return;
  }
  bytes_.Append(datagram);
  lengths_.push_back(datagram.size());
  Start();
}

void DatagramWriter::Start() {
  if (lengths_.empty() || sent_.pending() || writable_.pending() || retry_.armed()) return;
  if (!Connect().ok()) {
    StartLater();
    return;
  }
  const auto pieces = bytes_.First(lengths_.front());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    pieces_[i] = {.iov_base = pieces[i].data(), .iov_len = pieces[i].size()};
  }
  message_ = {};
  message_.msg_iov = pieces_.data();
  message_.msg_iovlen = pieces_.size();
  loop_.SendMessage(fd_, message_, sent_);
}

void DatagramWriter::StartLater() { loop_.Arm(retry_, loop_.now_ns() + options_.retry_ns); }

void DatagramWriter::OnSent(const Result& result) {
  const int failed_before = std::exchange(failure_, result.value < 0 ? -result.value : 0);
  switch (failure_) {
    case 0:
      DropFirst();
      break;
    case EAGAIN:
      loop_.Poll(fd_, POLLOUT, writable_);
      return;
    case EINTR:
      break;
    case EMSGSIZE:
      DropFirst();
      ++lost_;
      break;
    default:
      // The reader is gone, as far as this socket knows; another may be at the path by now. But
      // what fails again at once is not tried without a pause.
      Disconnect();
      if (failed_before == failure_) {
        StartLater();
        return;
      }
  }
  Start();
}

// Whatever happened to the reader: the next attempt meets it as well and reports it better.
void DatagramWriter::OnWritable(const Result&) { Start(); }

void DatagramWriter::OnRetry(TimeNs) { Start(); }

void DatagramWriter::DropFirst() {
  bytes_.Drop(lengths_.front());
  lengths_.pop_front();
}

void DatagramWriter::Disconnect() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

absl::Status DatagramWriter::Flush(TimeNs until_ns) {
  const std::uint64_t lost_before = lost_;
  while (!lengths_.empty()) {
    if (loop_.clock_ns() >= until_ns) return NotSentInTime();
    absl::Status status = loop_.RunOnce(until_ns);
    if (!status.ok()) return status;
  }
  if (lost_ == lost_before) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      lost_ - lost_before, " queued datagrams were lost: ", path_, " doesn't take ones that long"));
}

absl::Status DatagramWriter::NotSentInTime() const {
  return absl::DeadlineExceededError(
      absl::StrCat(lengths_.size(), " queued datagrams were not sent in time: ", path_,
                   fd_ < 0 ? " has no reader" : " isn't read"));
}

}  // namespace pathwatch::ring
