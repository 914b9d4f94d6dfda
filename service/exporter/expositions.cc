#include "service/exporter/expositions.h"

#include <malloc.h>

#include <algorithm>
#include <future>
#include <utility>

#include "absl/cleanup/cleanup.h"

namespace pathwatch::exporter {

std::shared_ptr<const Exposition> Expositions::Get() {
  const std::uint64_t begun_before = begun_;
  ++waiting_;
  const std::lock_guard<std::mutex> lock(mutex_);
  const absl::Cleanup leave = [this] {
    if (--waiting_ == 0) last_.reset();
  };
  return MadeSince(begun_before);
}

std::shared_ptr<const Exposition> Expositions::MadeSince(std::uint64_t begun_before) {
  if (last_ != nullptr && begun_ > begun_before) return last_;
  last_.reset();
  if (!HasRoom()) return nullptr;
  // The server's threads have 100 kB of stack.
  last_ = std::async(std::launch::async, [this] { return Make(); }).get();
  alive_.push_back(last_);
  return last_;
}

std::shared_ptr<const Exposition> Expositions::Make() {
  ++begun_;
  std::shared_ptr<const Exposition> made =
      std::make_shared<Exposition>(source_.Collect(), bytes_ + bytes_ / 8);
  bytes_ = made->text().size();
  // The families are hundreds of thousands of small pieces, several times the size of the text, and
  // the next ones are needed in many seconds.
  malloc_trim(0);
  return made;
}

bool Expositions::HasRoom() {
  alive_.erase(std::remove_if(alive_.begin(), alive_.end(),
                              [](const auto& exposition) { return exposition.expired(); }),
               alive_.end());
  return alive_.size() < kAliveMax;
}

}  // namespace pathwatch::exporter
