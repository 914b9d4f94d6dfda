#include "lib/query/turns.h"

#include <algorithm>

namespace pathwatch::query {
namespace {

// A shorter share would be spent on taking turns.
constexpr ring::TimeNs kShareMin = 20'000;

}  // namespace

void Turns::Add(Taker& taker) {
  if (taker.place_) return;
  taker.place_ = waiting_.insert(waiting_.end(), &taker);
  if (!timer_.armed()) loop_.Arm(timer_, loop_.now_ns());
}

void Turns::Remove(Taker& taker) {
  if (!taker.place_) return;
  waiting_.erase(*taker.place_);
  taker.place_.reset();
}

void Turns::OnTimer(ring::TimeNs) {
  const ring::TimeNs begin_ns = loop_.clock_ns();
  const ring::TimeNs end_ns = begin_ns + slice_ns_;
  ring::TimeNs now_ns = begin_ns;
  while (!waiting_.empty() && now_ns < end_ns) {
    const auto takers = static_cast<ring::TimeNs>(waiting_.size());
    const ring::TimeNs share_ns = std::max((end_ns - now_ns) / takers, kShareMin);
    Taker& taker = *waiting_.front();
    Remove(taker);
    taker.TakeTurn(std::min(now_ns + share_ns, end_ns));
    now_ns = loop_.clock_ns();
  }
  longest_ns_ = std::max(longest_ns_, now_ns - begin_ns);
  if (!waiting_.empty()) loop_.Arm(timer_, loop_.now_ns());
}

}  // namespace pathwatch::query
