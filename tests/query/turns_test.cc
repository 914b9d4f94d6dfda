#include "lib/query/turns.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>

#include "tests/ring/loop_testing.h"

namespace pathwatch::query {
namespace {

using ring::kMillisecond;

class Worker final : public Turns::Taker {
 public:
  explicit Worker(std::function<void(ring::TimeNs)> work) : work_(std::move(work)) {}

 private:
  void TakeTurn(ring::TimeNs end_ns) override { work_(end_ns); }

  std::function<void(ring::TimeNs)> work_;
};

class TurnsTest : public testing::Test {
 protected:
  ~TurnsTest() override { loop_.reset(); }
  // Writes its name, and comes again.
  Worker Endless(char name, ring::TimeNs duration_ns, Worker*& self) {
    return Worker([this, name, duration_ns, &self](ring::TimeNs) {
      order_ += name;
      ring::Spin(*loop_, duration_ns);
      turns_.Add(*self);
    });
  }

  std::string order_;
  std::unique_ptr<ring::Loop> loop_ = ring::MakeLoop();
  Turns turns_{*loop_, 5 * kMillisecond};
};

TEST_F(TurnsTest, TurnIsNeverTakenAtOnce) {
  Worker worker([&](ring::TimeNs) { order_ += 'w'; });
  turns_.Add(worker);
  turns_.Add(worker);
  EXPECT_EQ(order_, "");
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_EQ(order_, "w");
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_EQ(order_, "w");
}

TEST_F(TurnsTest, WhoWantsMoreComesLastAgain) {
  Worker* self_a = nullptr;
  Worker* self_b = nullptr;
  Worker a = Endless('a', kMillisecond / 10, self_a);
  Worker b = Endless('b', kMillisecond / 10, self_b);
  self_a = &a;
  self_b = &b;
  turns_.Add(a);
  turns_.Add(b);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_EQ(order_.substr(0, 6), "ababab");
  turns_.Remove(a);
  order_.clear();
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_EQ(order_.find('a'), std::string::npos);
  turns_.Remove(b);
}

TEST_F(TurnsTest, TurnOfTheLoopEndsWithTheSlice) {
  Worker* self = nullptr;
  Worker worker = Endless('w', kMillisecond, self);
  self = &worker;
  turns_.Add(worker);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_GE(order_.size(), 1U);
  EXPECT_LE(order_.size(), 5U);
  EXPECT_GE(turns_.longest_ns(), 5 * kMillisecond);
  turns_.Remove(worker);
}

TEST_F(TurnsTest, TakersShareTheSlice) {
  ring::TimeNs first_ns = 0;
  ring::TimeNs second_ns = 0;
  Worker first([&](ring::TimeNs end_ns) { first_ns = end_ns - loop_->clock_ns(); });
  Worker second([&](ring::TimeNs end_ns) { second_ns = end_ns - loop_->clock_ns(); });
  turns_.Add(first);
  turns_.Add(second);
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_LE(first_ns, 5 * kMillisecond / 2);
  EXPECT_LE(second_ns, 5 * kMillisecond);
}

TEST_F(TurnsTest, TakerMayRemoveAnother) {
  Worker other([&](ring::TimeNs) { order_ += 'o'; });
  Worker worker([&](ring::TimeNs) {
    order_ += 'w';
    turns_.Remove(other);
  });
  turns_.Add(worker);
  turns_.Add(other);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(loop_->RunOnce(0).ok());
  EXPECT_EQ(order_, "w");
}

}  // namespace
}  // namespace pathwatch::query
