#include "lib/query/frames.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace pathwatch::query {

Frames::Frames(std::size_t bytes_max) : bytes_max_(bytes_max) {}

std::span<std::byte> Frames::Room() {
  const std::size_t wanted = std::min(size() + kSmallest, bytes_max_);
  const bool fits = wanted <= capacity_;
  if (!fits || oversized()) {
    Resize(fits ? std::min(kSmallest, bytes_max_)
                : std::min(std::max(wanted, 2 * capacity_), bytes_max_));
  } else if (begin_ > 0) {
    std::memmove(bytes_.get(), bytes_.get() + begin_, size());
  }
  frame_end_ -= begin_;
  end_ -= begin_;
  begin_ = 0;
  return {bytes_.get() + end_, capacity_ - end_};
}

// Leaves what waits at the begin; the caller moves the positions.
void Frames::Resize(std::size_t capacity) {
  auto bytes = std::make_unique_for_overwrite<std::byte[]>(capacity);
  if (size() > 0) std::memcpy(bytes.get(), bytes_.get() + begin_, size());
  bytes_ = std::move(bytes);
  capacity_ = capacity;
}

void Frames::Filled(std::size_t bytes) {
  const bool had_frame = has_frame();
  const std::size_t from = end_;
  end_ += bytes;
  if (!had_frame) FindEnd(from);
}

void Frames::FindEnd(std::size_t from) {
  const void* const found =
      from < end_ ? std::memchr(bytes_.get() + from, 0, end_ - from) : nullptr;
  frame_end_ = found == nullptr
                   ? end_
                   : static_cast<std::size_t>(static_cast<const std::byte*>(found) - bytes_.get());
}

std::optional<std::string_view> Frames::First() const {
  if (!has_frame()) return std::nullopt;
  return std::string_view(reinterpret_cast<const char*>(bytes_.get()) + begin_,
                          frame_end_ - begin_);
}

void Frames::DropFirst() {
  begin_ = frame_end_ + 1;
  FindEnd(begin_);
}

}  // namespace pathwatch::query
