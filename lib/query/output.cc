#include "lib/query/output.h"

namespace pathwatch::query {
namespace {

// Memory that is not worth giving back.
constexpr std::size_t kKept = 512;

void Empty(std::string& text) {
  text.clear();
  if (text.capacity() > kKept) std::string().swap(text);
}

}  // namespace

std::span<const std::byte> Output::Next() {
  if (written_ == writing_.size()) {
    writing_.clear();
    written_ = 0;
    writing_.swap(filling_);
  }
  return std::as_bytes(std::span(writing_)).subspan(written_);
}

void Output::Written(std::size_t bytes) {
  written_ += bytes;
  if (unread() > 0) return;
  written_ = 0;
  Empty(writing_);
  Empty(filling_);
}

}  // namespace pathwatch::query
