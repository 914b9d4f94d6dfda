// Where a server listens: one IPv4 address and one TCP port, "127.0.0.1:9837".
//
// The address is never left out, so that nobody serves the whole network by accident, and never a
// name, since looking one up could wait for a network that is not there. IPv6 is refused: Debian
// builds the HTTP server (libcivetweb) without it.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_CONFIG_LISTEN_ADDRESS_H_
#define PATHWATCH_LIB_CONFIG_LISTEN_ADDRESS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace pathwatch::config {

struct ListenAddress {
  std::string ip = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any that is free
};

// On failure what is wrong, to be put after the text: "has no port after the address".
absl::StatusOr<ListenAddress> ParseListenAddress(std::string_view text);

// As it is parsed, and as it stands in a URL.
std::string TextOf(const ListenAddress& address);

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_LISTEN_ADDRESS_H_
