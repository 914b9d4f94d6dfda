#include "service/daemon/rescan.h"

#include <utility>

namespace pathwatch::service {

void Rescan::Request(const discovery::Snapshot& known, const std::set<discovery::Hctl>& doubtful) {
  known_ = &known;
  doubtful_.insert(doubtful.begin(), doubtful.end());
  wanted_ = true;
  if (!slice_.armed()) loop_.Arm(slice_, loop_.now_ns() + (scans_ == 0 ? 0 : kGatherNs));
}

void Rescan::Begin() {
  wanted_ = false;
  running_ = true;
  scanner_.Start(known_, std::exchange(doubtful_, {}));
}

void Rescan::OnSlice(std::int64_t now_ns) {
  if (!running_) Begin();
  const std::int64_t end = loop_.clock_ns() + kSliceNs;
  if (!scanner_.Step([&] { return loop_.clock_ns() >= end; })) {
    loop_.Arm(slice_, now_ns);
    return;
  }
  running_ = false;
  ++scans_;
  listener_.OnScanned(scanner_.TakeResult());
  if (wanted_) loop_.Arm(slice_, now_ns + kGatherNs);
}

}  // namespace pathwatch::service
