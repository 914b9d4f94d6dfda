// The control socket: <run_dir>/control, a Unix datagram socket for requests that may be lost and
// never make their sender wait. One request per datagram, in ASCII:
//
//   check-now H:C:T:L         the path is checked without waiting for its turn
//   accept-identity H:C:T:L   the logical unit that answers now is the right one
//
// Who may write to the socket may ask: root, the daemon's own user, and administrators.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_CONTROL_H_
#define PATHWATCH_SERVICE_DAEMON_CONTROL_H_

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/discovery/hctl.h"
#include "lib/ring/datagram_source.h"
#include "lib/ring/loop.h"

namespace pathwatch::service {

struct CheckNowRequest {
  discovery::Hctl path;
};
struct AcceptIdentityRequest {
  discovery::Hctl path;
};
using Request = std::variant<CheckNowRequest, AcceptIdentityRequest>;

// On failure a sentence that quotes the request (cut, and made printable) and says what is
// expected.
absl::StatusOr<Request> ParseRequest(std::string_view text);

class ControlHandler {
 public:
  virtual void OnRequest(const Request& request) = 0;
  // A request was not understood, or the socket has failed for good.
  virtual void OnControlProblem(const std::string& sentence) = 0;

 protected:
  ~ControlHandler() = default;
};

class ControlSocket final : private ring::DatagramReceiver {
 public:
  struct Options {
    std::string run_dir;
    // Whose members may write to it, by name or number; empty: only the process's own user.
    std::string group;
  };
  // Binds the socket, in the place of one that a daemon before this has left. May look the group up
  // in the system's database.
  // On failure the status names the path and the remedy. Must outlive `loop`.
  static absl::StatusOr<std::unique_ptr<ControlSocket>> Open(ring::Loop& loop,
                                                             const Options& options,
                                                             ControlHandler& handler);
  // Removes the socket.
  ~ControlSocket();

 private:
  ControlSocket(ControlHandler& handler, std::string path, int file)
      : handler_(handler), path_(std::move(path)), file_(file) {}

  void OnDatagram(const ring::Datagram& datagram) override;
  void OnDatagramsEnded(const absl::Status& status) override;

  ControlHandler& handler_;
  const std::string path_;
  const int file_;
  std::unique_ptr<ring::DatagramSource> source_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_CONTROL_H_
