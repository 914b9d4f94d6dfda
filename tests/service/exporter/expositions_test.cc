#include "service/exporter/expositions.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace pathwatch::exporter {
namespace {

// Counts collections; each takes until it is let go on.
class Source final : public prometheus::Collectable {
 public:
  std::vector<prometheus::MetricFamily> Collect() const override {
    std::unique_lock<std::mutex> lock(mutex_);
    ++begun_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    return {};
  }

  void Open(bool open) {
    const std::lock_guard<std::mutex> lock(mutex_);
    open_ = open;
    changed_.notify_all();
  }

  void AwaitBegun(int count) const {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return begun_ >= count; });
  }

  int begun() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return begun_;
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  mutable int begun_ = 0;
  bool open_ = true;
};

class ExpositionsTest : public testing::Test {
 protected:
  using Future = std::future<std::shared_ptr<const Exposition>>;
  Future GetInAThread() {
    return std::async(std::launch::async, [this] { return expositions_.Get(); });
  }

  Source source_;
  Expositions expositions_{source_};
};

TEST_F(ExpositionsTest, EachCallAfterAnotherGetsANewOne) {
  const auto first = expositions_.Get();
  const auto second = expositions_.Get();
  EXPECT_NE(first, second);
  EXPECT_EQ(source_.begun(), 2);
}

TEST_F(ExpositionsTest, CallersThatWaitTogetherShareOneThatBeganAfterThey) {
  source_.Open(false);
  Future first = GetInAThread();
  source_.AwaitBegun(1);
  std::vector<Future> others;
  for (int i = 0; i < 20; ++i) others.push_back(GetInAThread());
  while (expositions_.waiting() < 21) std::this_thread::yield();
  source_.Open(true);
  const auto first_got = first.get();
  const auto shared = others.front().get();
  EXPECT_NE(shared, first_got);
  for (std::size_t i = 1; i < others.size(); ++i) EXPECT_EQ(others[i].get(), shared);
  EXPECT_EQ(source_.begun(), 2);
}

TEST_F(ExpositionsTest, PlacesAreBoundedAndFreeAgainWhenOneIsLetGo) {
  std::vector<std::shared_ptr<const Exposition>> held;
  for (std::size_t i = 0; i < Expositions::kAliveMax; ++i) held.push_back(expositions_.Get());
  EXPECT_EQ(expositions_.Get(), nullptr);
  held.erase(held.begin() + 3);
  EXPECT_NE(expositions_.Get(), nullptr);
}

TEST_F(ExpositionsTest, NothingIsKeptOfOneThatNobodyHolds) {
  const std::weak_ptr<const Exposition> gone = expositions_.Get();
  EXPECT_TRUE(gone.expired());
}

}  // namespace
}  // namespace pathwatch::exporter
