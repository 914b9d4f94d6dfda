#include "lib/config/listen_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::config {
namespace {

constexpr std::size_t kPortDigitsMax = 5;

absl::Status Wrong(const char* what) { return absl::InvalidArgumentError(what); }

bool AllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isdigit(c); });
}

bool IsIpv4(const std::string& text) {
  in_addr address = {};
  // What follows a NUL would not be looked at.
  return text.find('\0') == std::string::npos && inet_pton(AF_INET, text.c_str(), &address) == 1;
}

std::optional<std::uint16_t> Port(std::string_view text) {
  std::uint32_t port = 0;
  if (text.empty() || text.size() > kPortDigitsMax || !AllDigits(text)) return std::nullopt;
  if (!absl::SimpleAtoi(std::string(text), &port)) return std::nullopt;
  if (port > std::numeric_limits<std::uint16_t>::max()) return std::nullopt;
  return static_cast<std::uint16_t>(port);
}

}  // namespace

absl::StatusOr<ListenAddress> ParseListenAddress(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == 0 || (!text.empty() && AllDigits(text))) {
    return Wrong("has no address: write 0.0.0.0 if all of this host are meant");
  }
  if (colon == std::string_view::npos) return Wrong("has no port after the address");
  const std::string ip(text.substr(0, colon));
  if (ip.starts_with('[') || ip.find(':') != std::string::npos) {
    return Wrong("is an IPv6 address, and only IPv4 can be served: let a proxy listen there");
  }
  if (!IsIpv4(ip)) return Wrong("does not begin with an IP address (names are not looked up)");
  const std::optional<std::uint16_t> port = Port(text.substr(colon + 1));
  if (!port) return Wrong("has no port between 0 and 65535 after the address");
  return ListenAddress{.ip = ip, .port = *port};
}

std::string TextOf(const ListenAddress& address) {
  return absl::StrCat(address.ip, ":", address.port);
}

}  // namespace pathwatch::config
