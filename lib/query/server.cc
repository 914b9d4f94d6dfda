#include "lib/query/server.h"

#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "lib/query/acceptor.h"
#include "lib/query/caller.h"
#include "lib/query/connection.h"
#include "lib/query/connection_counts.h"
#include "lib/query/dispatcher.h"
#include "lib/query/json_text.h"
#include "lib/query/message.h"
#include "lib/query/turns.h"

namespace pathwatch::query {

class Server::Impl final : private ClientTaker, private ConnectionOwner {
 public:
  Impl(ring::Loop& loop, int listener, std::unique_ptr<Dispatcher> dispatcher,
       const Options& options)
      : loop_(loop),
        options_(options),
        dispatcher_(std::move(dispatcher)),
        turns_(loop, options.limits.slice_ns),
        counts_(options.limits.connections_max, options.limits.connections_per_uid),
        acceptor_(loop, listener, *this) {}

  // Answers that are destroyed may still wake others.
  ~Impl() {
    calls_.clear();
    connections_.clear();
  }

  void Wake(CallId call) {
    const auto found = calls_.find(call);
    if (found != calls_.end()) found->second->Wake();
  }

  void EndCalls() {
    for (const auto& entry : connections_) entry.second->DropAnswer();
  }

  const Statistics& statistics() const {
    statistics_.connections = counts_.total();
    statistics_.longest_slice_ns = turns_.longest_ns();
    return statistics_;
  }

 private:
  void OnClient(int fd) override;
  void Refuse(int fd, const ConnectionCounts::Refusal& refusal) const;
  CallId OnCallBegins(Connection& connection) override;
  void OnCallEnds(CallId call) override { calls_.erase(call); }
  void OnEnded(Connection& connection) override;

  ring::Loop& loop_;
  const Options options_;
  const std::unique_ptr<Dispatcher> dispatcher_;
  mutable Statistics statistics_;
  Turns turns_;
  ConnectionCounts counts_;
  CallId last_call_ = 0;
  absl::flat_hash_map<CallId, Connection*> calls_;
  const Connection::Environment environment_ = {
      .loop = loop_,
      .limits = options_.limits,
      .dispatcher = *dispatcher_,
      .turns = turns_,
      .statistics = statistics_,
      .owner = *this,
  };
  absl::flat_hash_map<const Connection*, std::unique_ptr<Connection>> connections_;
  Acceptor acceptor_;
};

void Server::Impl::OnClient(int fd) {
  const absl::StatusOr<Caller> caller = CallerOf(fd, options_.admin_group);
  if (!caller.ok()) {
    ::close(fd);
    return;
  }
  const auto refusal = counts_.Admit(caller->uid);
  if (refusal) {
    Refuse(fd, *refusal);
    return;
  }
  ++statistics_.accepted;
  auto connection = std::make_unique<Connection>(environment_, fd, *caller);
  const Connection* const key = connection.get();
  connections_.emplace(key, std::move(connection));
}

// Directly: there is room in a new socket, and the ring would need an object for as long.
void Server::Impl::Refuse(int fd, const ConnectionCounts::Refusal& refusal) const {
  ++statistics_.refused;
  std::string parameters = "{\"what\":";
  AppendJsonString(refusal.what, parameters);
  absl::StrAppend(&parameters, ",\"limit\":", refusal.limit, ",\"option\":\"", refusal.option,
                  "\"}");
  const std::string frame = ErrorFrame(dispatcher_->interface() + ".TooMany", parameters);
  ::send(fd, frame.data(), frame.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  ::close(fd);
}

CallId Server::Impl::OnCallBegins(Connection& connection) {
  calls_.emplace(++last_call_, &connection);
  return last_call_;
}

void Server::Impl::OnEnded(Connection& connection) {
  counts_.Leave(connection.caller().uid);
  connections_.erase(&connection);
}

absl::StatusOr<std::unique_ptr<Server>> Server::Create(ring::Loop& loop, int listener,
                                                       std::string_view description,
                                                       Service& service, const Options& options) {
  auto dispatcher = Dispatcher::Create(description, service, options.identity);
  if (!dispatcher.ok()) {
    ::close(listener);
    return dispatcher.status();
  }
  auto impl = std::make_unique<Impl>(loop, listener, *std::move(dispatcher), options);
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() = default;

void Server::Wake(CallId call) { impl_->Wake(call); }

void Server::EndCalls() { impl_->EndCalls(); }

const Statistics& Server::statistics() const { return impl_->statistics(); }

}  // namespace pathwatch::query
