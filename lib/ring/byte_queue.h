// Bytes in a ring of fixed size, allocated at once: what writers keep while it is on its way.
//
// Thread rule: one thread.
#ifndef PATHWATCH_LIB_RING_BYTE_QUEUE_H_
#define PATHWATCH_LIB_RING_BYTE_QUEUE_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace pathwatch::ring {

class ByteQueue final {
 public:
  // REQUIRES: capacity > 0
  explicit ByteQueue(std::size_t capacity) : bytes_(capacity) {}

  std::size_t size() const { return size_; }
  std::size_t room() const { return bytes_.size() - size_; }

  // REQUIRES: text.size() <= room()
  void Append(std::string_view text) {
    const std::size_t end = (first_ + size_) % bytes_.size();
    const std::size_t before_wrap = std::min(text.size(), bytes_.size() - end);
    std::copy_n(text.begin(), before_wrap, bytes_.begin() + static_cast<std::ptrdiff_t>(end));
    std::copy(text.begin() + static_cast<std::ptrdiff_t>(before_wrap), text.end(), bytes_.begin());
    size_ += text.size();
  }

  // The oldest `count` bytes; the second piece is empty unless they wrap around. They stay where
  // they are until they are dropped. REQUIRES: count <= size()
  std::array<std::span<char>, 2> First(std::size_t count) {
    const std::size_t before_wrap = std::min(count, bytes_.size() - first_);
    return {std::span(bytes_).subspan(first_, before_wrap),
            std::span(bytes_).first(count - before_wrap)};
  }

  // Drops the oldest. REQUIRES: count <= size()
  void Drop(std::size_t count) {
    first_ = (first_ + count) % bytes_.size();
    size_ -= count;
  }

 private:
  std::vector<char> bytes_;
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_BYTE_QUEUE_H_
