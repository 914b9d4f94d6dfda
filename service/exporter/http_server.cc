#include "service/exporter/http_server.h"

#include <civetweb.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "service/exporter/answer.h"
#include "service/exporter/listen_check.h"

namespace pathwatch::exporter {
namespace {

using Clock = std::chrono::steady_clock;

// The library begins to count anew with each piece that it is given.
constexpr std::size_t kPiece = 1 << 16;

std::string_view OrEmpty(const char* text) { return text == nullptr ? "" : text; }

// False: the client has gone, or was too slow.
bool Send(mg_connection* connection, std::string_view bytes, Clock::time_point deadline) {
  while (!bytes.empty()) {
    const std::size_t size = std::min(kPiece, bytes.size());
    if (Clock::now() > deadline) return false;
    if (mg_write(connection, bytes.data(), size) != static_cast<int>(size)) return false;
    bytes.remove_prefix(size);
  }
  return true;
}

Answer AnswerOrError(const Request& request, Expositions& expositions) {
  try {
    return AnswerTo(request, expositions);
  } catch (const std::exception&) {  // the library is C
    return InternalError();
  }
}

// What the library has to say is about single requests, and anybody on the network can cause it.
int IgnoreMessage(const mg_connection* /*connection*/, const char* /*message*/) { return 1; }

}  // namespace

HttpServer::HttpServer(std::int64_t request_timeout_ns, Expositions& expositions)
    : request_timeout_ns_(request_timeout_ns), expositions_(expositions) {
  mg_init_library(0);
}

HttpServer::~HttpServer() {
  if (context_ != nullptr) mg_stop(context_);
  mg_exit_library();
}

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(const config::ListenAddress& address,
                                                              std::int64_t request_timeout_ns,
                                                              Expositions& expositions) {
  // The library only knows that something has failed.
  if (absl::Status status = CanListen(address); !status.ok()) return status;
  std::unique_ptr<HttpServer> server(new HttpServer(request_timeout_ns, expositions));
  if (absl::Status status = server->Run(address); !status.ok()) return status;
  return server;
}

absl::Status HttpServer::Run(const config::ListenAddress& address) {
  const std::string listen = TextOf(address);
  const std::string timeout_ms = absl::StrCat(request_timeout_ns_ / 1'000'000);
  const std::string threads = absl::StrCat(kThreads);
  const std::array<const char*, 13> options = {"listening_ports",
                                               listen.c_str(),  //
                                               "num_threads",
                                               threads.c_str(),  //
                                               "request_timeout_ms",
                                               timeout_ms.c_str(),  //
                                               "connection_queue",
                                               threads.c_str(),  //
                                               "listen_backlog",
                                               "256",  //
                                               "enable_keep_alive",
                                               "no",  // see AnswerTo
                                               nullptr};
  mg_callbacks callbacks = {};
  callbacks.begin_request = OnRequest;
  callbacks.log_message = IgnoreMessage;
  std::array<char, 256> text = {};
  mg_error_data error = {.code = nullptr, .text = text.data(), .text_buffer_size = text.size()};
  std::array<const char*, 13> changeable = options;
  mg_init_data init = {
      .callbacks = &callbacks, .user_data = this, .configuration_options = changeable.data()};
  context_ = mg_start2(&init, &error);
  if (context_ != nullptr) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("cannot listen on ", listen, ": ", text.data()));
}

std::uint16_t HttpServer::port() const {
  mg_server_port port = {};
  return mg_get_server_ports(context_, 1, &port) == 1 ? static_cast<std::uint16_t>(port.port) : 0;
}

int HttpServer::OnRequest(mg_connection* connection) {
  void* const server = mg_get_user_data(mg_get_context(connection));
  return static_cast<HttpServer*>(server)->Serve(connection);
}

int HttpServer::Serve(mg_connection* connection) {
  const mg_request_info& info = *mg_get_request_info(connection);
  const Answer answer =
      AnswerOrError({.method = OrEmpty(info.request_method),
                     .path = OrEmpty(info.local_uri),
                     .accept_encoding = OrEmpty(mg_get_header(connection, "Accept-Encoding"))},
                    expositions_);
  mg_disable_keep_alive(connection);
  const Clock::time_point deadline = Clock::now() + std::chrono::nanoseconds(request_timeout_ns_);
  if (Send(connection, answer.head, deadline)) Send(connection, answer.body(), deadline);
  return answer.status;
}

}  // namespace pathwatch::exporter
