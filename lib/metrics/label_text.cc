#include "lib/metrics/label_text.h"

#include <algorithm>
#include <cstdint>

#include "lib/text/utf8.h"

namespace pathwatch::metrics {
namespace {

// An exposition may hold the others, but a NUL ends it for Prometheus' parser, and whoever reads it
// by lines need not agree with Prometheus on what ends one: U+0085, U+2028 and U+2029 may, as well.
bool IsHarmless(std::uint32_t c) {
  return c >= 0x20 && !(c >= 0x7f && c < 0xa0) && c != 0x2028 && c != 0x2029;
}

}  // namespace

bool IsPlainLabel(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7f'; });
}

std::string LabelText(std::string_view text) {
  return IsPlainLabel(text) ? std::string(text) : text::Escape(text, IsHarmless);
}

}  // namespace pathwatch::metrics
