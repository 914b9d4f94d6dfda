// The bytes that a client sends, cut into frames: each ends with a NUL.
//
// Whoever receives writes right into the room that the buffer offers; it grows and shrinks with
// what waits in it, so that a client that says nothing costs kSmallest bytes.
//
// Pure; one thread.
#ifndef PATHWATCH_LIB_QUERY_FRAMES_H_
#define PATHWATCH_LIB_QUERY_FRAMES_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace pathwatch::query {

class Frames final {
 public:
  static constexpr std::size_t kSmallest = 512;

  // No frame is longer than `bytes_max`, its NUL included. REQUIRES: bytes_max > 0
  explicit Frames(std::size_t bytes_max);

  // Where the next bytes go: kSmallest of them or more, fewer only where bytes_max ends; none if
  // all of it is full. Moves what is there: views of frames end. The room stays where it is until
  // the next call.
  std::span<std::byte> Room();
  // So many bytes were written to the room's begin. REQUIRES: no more than there was room.
  void Filled(std::size_t bytes);

  // The oldest frame without its NUL; nothing if none is whole. It is valid until Room().
  std::optional<std::string_view> First() const;
  // REQUIRES: First()
  void DropFirst();

  // The oldest frame is longer than it may be. Nothing helps but to give up.
  bool too_long() const { return !has_frame() && size() >= bytes_max_; }
  bool has_frame() const { return frame_end_ < end_; }
  // Bytes that wait, frames and what follows them.
  std::size_t size() const { return end_ - begin_; }
  // More memory is held than what waits needs.
  bool oversized() const { return size() == 0 && capacity_ > kSmallest; }

 private:
  void Resize(std::size_t capacity);
  void FindEnd(std::size_t from);

  const std::size_t bytes_max_;
  std::unique_ptr<std::byte[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t frame_end_ = 0;  // of the first NUL; end_: there is none
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_FRAMES_H_
