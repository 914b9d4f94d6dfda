// Writing into the mapping so that a reader can tell a finished record from an unfinished one.
//
// Thread rule: one writer.
#ifndef PATHWATCH_LIB_PUBLISH_RECORD_WRITER_H_
#define PATHWATCH_LIB_PUBLISH_RECORD_WRITER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "proto/state_table.h"

namespace pathwatch::publish {

// Makes a sequence odd for as long as it lives.
class OddWhileWriting {
 public:
  explicit OddWhileWriting(std::uint32_t& sequence) : sequence_(sequence), before_(sequence) {
    std::atomic_ref(sequence_).store(before_ + 1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
  }
  ~OddWhileWriting() { std::atomic_ref(sequence_).store(next(), std::memory_order_release); }
  OddWhileWriting(const OddWhileWriting&) = delete;
  OddWhileWriting& operator=(const OddWhileWriting&) = delete;

  // What the sequence will be at the end.
  std::uint32_t next() const { return before_ + 2; }

 private:
  std::uint32_t& sequence_;
  std::uint32_t before_;
};

// Writes a record whose head is made here. REQUIRES: `to` is in the mapping, 8-byte aligned.
template <class Record>
void WriteRecord(Record& to, const Record& from, bool in_use) {
  const OddWhileWriting writing(to.head.sequence);
  Record copy = from;
  copy.head = {writing.next(), in_use ? 1U : 0U, 0};
  to.head.in_use = copy.head.in_use;
  to.head.checksum = pw_record_checksum(&copy, sizeof copy);
  constexpr std::size_t kBody = sizeof(Record) - sizeof(pw_record_head);
  std::memcpy(reinterpret_cast<std::byte*>(&to) + sizeof(pw_record_head),
              reinterpret_cast<const std::byte*>(&copy) + sizeof(pw_record_head), kBody);
}

// Lets `change` modify the header, and seals it again.
template <class Change>
void WriteHeader(pw_header& header, Change change) {
  const OddWhileWriting writing(header.sequence);
  change(header);
  pw_header copy = header;
  copy.sequence = writing.next();
  header.checksum = pw_header_checksum(&copy, sizeof copy);
}

}  // namespace pathwatch::publish

#endif  // PATHWATCH_LIB_PUBLISH_RECORD_WRITER_H_
