// What an asynchronous operation leaves behind.
//
// A Completion belongs to the object that wants the I/O, which embeds it. The loop only links
// it into its queues, so it allocates nothing per operation.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_RING_COMPLETION_H_
#define PATHWATCH_LIB_RING_COMPLETION_H_

#include <cstdint>

namespace pathwatch::ring {

class Loop;

// The outcome of one operation.
struct Result {
  std::int32_t value = 0;   // >= 0: as the system call would return; < 0: -errno
  std::uint32_t flags = 0;  // IORING_CQE_F_*
  std::uint64_t extra = 0;  // second result word (big_cqe[0]); 0 where the ring has 16-byte CQEs
};

class Completion {
 public:
  Completion(const Completion&) = delete;
  Completion& operator=(const Completion&) = delete;

  // True from the start of the operation until just before OnComplete is called. While it is
  // true, neither this object nor the operation's buffers may be destroyed or reused.
  bool pending() const { return pending_; }

 protected:
  Completion() = default;
  ~Completion() = default;

 private:
  friend class Loop;

  // Called by the loop once per operation, never from inside the call that started it.
  virtual void OnComplete(const Result& result) = 0;

  Completion* next_ = nullptr;
  Result result_;
  bool pending_ = false;
};

// A Completion that calls a member function: Bound<Owner, &Owner::OnRead> read_done{*this};
template <class Owner, void (Owner::*Method)(const Result&)>
class Bound final : public Completion {
 public:
  explicit Bound(Owner& owner) : owner_(owner) {}

 private:
  void OnComplete(const Result& result) override { (owner_.*Method)(result); }

  Owner& owner_;
};

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_COMPLETION_H_
