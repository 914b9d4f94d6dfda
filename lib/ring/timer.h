// A deadline that its owner embeds; see Loop::Arm.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_RING_TIMER_H_
#define PATHWATCH_LIB_RING_TIMER_H_

#include <cstddef>
#include <cstdint>

namespace pathwatch::ring {

// Nanoseconds of CLOCK_BOOTTIME.
using TimeNs = std::int64_t;

class Timer {
 public:
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  bool armed() const { return position_ != kUnarmed; }

 protected:
  Timer() = default;
  // REQUIRES: !armed(), or the Loop is destroyed already
  ~Timer() = default;

 private:
  friend class TimerHeap;

  // Called once per arming, with the time of the turn; may re-arm.
  virtual void OnTimer(TimeNs now_ns) = 0;

  static constexpr std::size_t kUnarmed = static_cast<std::size_t>(-1);
  std::size_t position_ = kUnarmed;
};

// A Timer that calls a member function: BoundTimer<Owner, &Owner::OnTick> tick{*this};
template <class Owner, void (Owner::*Method)(TimeNs)>
class BoundTimer final : public Timer {
 public:
  explicit BoundTimer(Owner& owner) : owner_(owner) {}

 private:
  void OnTimer(TimeNs now_ns) override { (owner_.*Method)(now_ns); }

  Owner& owner_;
};

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_TIMER_H_
