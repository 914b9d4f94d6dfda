#include "service/daemon/control.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "service/daemon/group_name.h"

namespace pathwatch::service {
namespace {

constexpr std::size_t kRequestBytesMax = 256;
constexpr std::string_view kCheckNow = "check-now ";
constexpr std::string_view kAcceptIdentity = "accept-identity ";

absl::Status Failed(std::string_view what, const std::string& path, int error) {
  return absl::ErrnoToStatus(
      error, absl::StrCat("cannot ", std::string(what), " the control socket ", path));
}

}  // namespace

absl::StatusOr<Request> ParseRequest(std::string_view text) {
  if (text.starts_with(kCheckNow)) {
    const auto hctl = discovery::ParseHctl(text.substr(kCheckNow.size()));
    if (hctl.has_value()) return CheckNowRequest{*hctl};
  }
  if (text.starts_with(kAcceptIdentity)) {
    const auto hctl = discovery::ParseHctl(text.substr(kAcceptIdentity.size()));
    if (hctl.has_value()) return AcceptIdentityRequest{*hctl};
  }
  return absl::InvalidArgumentError(
      absl::StrCat("request \"", absl::CEscape(std::string(text.substr(0, 40))),
                   "\" is not understood: 'check-now H:C:T:L' or 'accept-identity H:C:T:L' is "
                   "expected"));
}

absl::StatusOr<std::unique_ptr<ControlSocket>> ControlSocket::Open(ring::Loop& loop,
                                                                   const Options& options,
                                                                   ControlHandler& handler) {
  const std::string path = options.run_dir + "/control";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    return absl::InvalidArgumentError(absl::StrCat("the path of the control socket ", path,
                                                   " is longer than ", sizeof address.sun_path - 1,
                                                   " bytes: choose a shorter --run-dir"));
  }
  std::memcpy(address.sun_path, path.data(), path.size());

  const int file = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (file < 0) return Failed("create", path, errno);
  absl::Cleanup close_file = [file] { close(file); };
  // The lock on the run directory says that nobody listens there any more.
  if (unlink(path.c_str()) != 0 && errno != ENOENT) return Failed("replace", path, errno);
  if (bind(file, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {  // NOLINT
    return Failed("bind", path, errno);
  }
  if (!options.group.empty()) {
    const auto group = GroupNamed(options.group, "query.admin_group");
    if (!group.ok()) return group.status();
    constexpr auto kSameUser = static_cast<uid_t>(-1);
    if (chown(path.c_str(), kSameUser, *group) != 0) {
      return Failed(absl::StrCat("give group ", options.group), path, errno);
    }
  }
  if (chmod(path.c_str(), options.group.empty() ? 0600 : 0660) != 0)
    return Failed("set the mode of", path, errno);

  std::unique_ptr<ControlSocket> control(new ControlSocket(handler, path, file));
  std::move(close_file).Cancel();
  auto source = ring::DatagramSource::Create(loop, file, kRequestBytesMax, *control);
  if (!source.ok()) return source.status();
  control->source_ = *std::move(source);
  return control;
}

ControlSocket::~ControlSocket() {
  unlink(path_.c_str());
  close(file_);
}

void ControlSocket::OnDatagram(const ring::Datagram& datagram) {
  const std::string_view text(reinterpret_cast<const char*>(datagram.bytes.data()),  // NOLINT
                              datagram.bytes.size());
  const auto request = ParseRequest(text);
  if (request.ok()) {
    handler_.OnRequest(*request);
  } else {
    handler_.OnControlProblem(absl::StrCat("process ", datagram.sender.pid, ": ",
                                           std::string(request.status().message())));
  }
}

void ControlSocket::OnDatagramsEnded(const absl::Status& status) {
  handler_.OnControlProblem(
      absl::StrCat("the control socket has failed, restart pathwatchd to have it again: ",
                   std::string(status.message())));
}

}  // namespace pathwatch::service
