#include "lib/discovery/hctl.h"

#include "lib/discovery/number.h"

namespace pathwatch::discovery {
namespace {

// Takes the number before the next colon, and the colon, off the front of `text`.
bool TakeNumber(std::string_view& text, std::uint32_t& ret_number) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const auto number = ParseNumber<std::uint32_t>(text.substr(0, colon));
  if (!number) return false;
  ret_number = *number;
  text.remove_prefix(colon + 1);
  return true;
}

}  // namespace

std::optional<Hctl> ParseHctl(std::string_view text) {
  Hctl hctl;
  if (!TakeNumber(text, hctl.host) || !TakeNumber(text, hctl.channel) ||
      !TakeNumber(text, hctl.target)) {
    return std::nullopt;
  }
  const auto lun = ParseNumber<std::uint64_t>(text);
  if (!lun) return std::nullopt;
  hctl.lun = *lun;
  return hctl;
}

std::string FormatHctl(const Hctl& hctl) {
  return FormatNexus(hctl) + ":" + std::to_string(hctl.lun);
}

std::string FormatNexus(const Hctl& hctl) {
  return std::to_string(hctl.host) + ":" + std::to_string(hctl.channel) + ":" +
         std::to_string(hctl.target);
}

}  // namespace pathwatch::discovery

std::size_t std::hash<pathwatch::discovery::Hctl>::operator()(
    const pathwatch::discovery::Hctl& hctl) const noexcept {
  // Multiply by an odd constant (2^64 divided by the golden ratio) per part, so that neighbouring
  // LUNs and targets spread over all bits.
  constexpr std::uint64_t kSpread = 0x9e3779b97f4a7c15;
  std::uint64_t mixed = hctl.host;
  for (const std::uint64_t part :
       {std::uint64_t{hctl.channel}, std::uint64_t{hctl.target}, hctl.lun}) {
    mixed = (mixed ^ (mixed >> 32)) * kSpread + part;
  }
  mixed *= kSpread;
  return mixed ^ (mixed >> 32);
}
