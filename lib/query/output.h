// The bytes that wait for a client to read them: one piece that is being written, and one that is
// being filled meanwhile, so that neither moves the other.
//
// Thread rule: one thread.
#ifndef PATHWATCH_LIB_QUERY_OUTPUT_H_
#define PATHWATCH_LIB_QUERY_OUTPUT_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace pathwatch::query {

class Output final {
 public:
  void Append(std::string_view bytes) { filling_ += bytes; }

  // What is to be written next; empty if nothing waits. It stays where it is until Written().
  std::span<const std::byte> Next();
  // So many bytes of Next() were written. When nothing waits any more, large memory is given back.
  void Written(std::size_t bytes);

  std::size_t unread() const { return filling_.size() + writing_.size() - written_; }

 private:
  std::string filling_;
  std::string writing_;
  std::size_t written_ = 0;  // of writing_
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_OUTPUT_H_
