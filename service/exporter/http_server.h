// The HTTP server: libcivetweb, in which prometheus-cpp's Exposer is a thin layer too. It is used
// without that layer, which keeps the families of each scrape (20 times the compressed text) until
// the client has read the last byte, and gives metrics of its own under other names.
//
// Each connection has a thread for itself while it lasts. So clients that say nothing, or read
// nothing, hold up nobody as long as threads are left, and each is dropped when its time is over.
//
// Thread rule: Start, port and the destructor in one thread.
#ifndef PATHWATCH_SERVICE_EXPORTER_HTTP_SERVER_H_
#define PATHWATCH_SERVICE_EXPORTER_HTTP_SERVER_H_

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "lib/config/listen_address.h"
#include "service/exporter/expositions.h"

struct mg_connection;
struct mg_context;

namespace pathwatch::exporter {

class HttpServer {
 public:
  // Connections at the same time; more wait until one ends.
  static constexpr int kThreads = 64;

  // Serves from now on. `expositions` is not owned; it outlives this object. `request_timeout_ns`
  // is for saying what is wanted, and again for reading the answer. On failure a sentence with the
  // address and the remedy; as the remedy may come from elsewhere, trying again makes sense.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(const config::ListenAddress& address,
                                                           std::int64_t request_timeout_ns,
                                                           Expositions& expositions);
  // Drops connections that last, and waits until their threads have noticed: up to 2 s.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // The one that was asked for, or that was free.
  std::uint16_t port() const;

 private:
  HttpServer(std::int64_t request_timeout_ns, Expositions& expositions);
  absl::Status Run(const config::ListenAddress& address);
  static int OnRequest(mg_connection* connection);
  int Serve(mg_connection* connection);

  const std::int64_t request_timeout_ns_;
  Expositions& expositions_;
  mg_context* context_ = nullptr;
};

}  // namespace pathwatch::exporter

#endif  // PATHWATCH_SERVICE_EXPORTER_HTTP_SERVER_H_
