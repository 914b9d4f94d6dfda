// A Varlink client, for programs that may wait.
//
// Thread rule: one thread at a time; Receive sleeps.
#ifndef PATHWATCH_LIB_QUERY_CLIENT_H_
#define PATHWATCH_LIB_QUERY_CLIENT_H_

#include <rapidjson/document.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace pathwatch::query {

struct Reply {
  std::string error;               // "io.pathwatch.NoSuchPath"; "": none
  rapidjson::Document parameters;  // an object, empty if the reply has none
  bool continues = false;          // another reply follows
};

class Client final {
 public:
  // On failure the sentence names the socket and the remedy (no daemon, no right, not a socket).
  static absl::StatusOr<std::unique_ptr<Client>> Connect(const std::string& path);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // `method` with its interface; `parameters`: the text of a JSON object. Where the daemon has
  // closed the connection, Receive says so: there may be an error in it that says why.
  absl::Status Send(std::string_view method, std::string_view parameters, bool more = false);

  // The next reply. DeadlineExceeded: none came in time; the next Receive may still get it.
  // Unavailable: the daemon has closed the connection. On failure the sentence says what to do.
  absl::StatusOr<Reply> Receive(std::int64_t timeout_ms);

 private:
  Client(int fd, std::string path);

  absl::Status ReceiveMore();

  int fd_;
  std::string path_;
  std::string received_;
  std::size_t taken_ = 0;    // bytes of it that a Receive has returned
  std::size_t scanned_ = 0;  // bytes of it that are taken, or hold no end of a reply
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_CLIENT_H_
