#include "service/present/escape.h"

#include <cstdint>

#include "lib/text/utf8.h"

namespace pathwatch::present {
namespace {

bool HarmlessToTerminal(std::uint32_t c) {
  const bool steers = c < 0x20 || (c >= 0x7f && c < 0xa0) ||  // C0, DEL, C1
                      c == 0x061c || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
                      (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
  return !steers;
}

}  // namespace

std::string EscapeForTerminal(std::string_view text) {
  return text::Escape(text, HarmlessToTerminal);
}

}  // namespace pathwatch::present
