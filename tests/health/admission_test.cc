#include "lib/health/admission.h"

#include <vector>

#include "gtest/gtest.h"

namespace pathwatch::health {
namespace {

class AdmissionTest : public testing::Test {
 protected:
  // Starts as many as may start now, and returns them.
  std::vector<PathId> StartAll(HostId host, TimeNs now_ns = 0) {
    std::vector<PathId> started;
    for (;;) {
      const PathId path = admission_.Next(host, command_ + 1, now_ns);
      if (path == kNone) return started;
      ++command_;
      started.push_back(path);
    }
  }
  void EnqueueRange(PathId first, PathId end, NexusId nexus) {
    for (PathId path = first; path < end; ++path) admission_.Enqueue(path, nexus, false, 0);
  }

  Options options_;
  Admission admission_{options_};
  CommandId command_ = 0;
};

TEST_F(AdmissionTest, EightCommandsPerNexus) {
  admission_.SetHost(0, 1024);
  admission_.SetNexus(0, 0);
  EnqueueRange(0, 20, 0);
  EXPECT_EQ(StartAll(0).size(), 8u);
  EXPECT_EQ(admission_.Enqueue(20, 0, false, 0), Wait::kNexusLimit);
  EXPECT_FALSE(admission_.Returned(0, 1, false, Answer::kAnswered, 0));
  EXPECT_EQ(StartAll(0), std::vector<PathId>{8});
}

TEST_F(AdmissionTest, AnEighthOfTheHostsQueueIsShared) {
  admission_.SetHost(0, 192);
  for (NexusId nexus = 0; nexus < 10; ++nexus) {
    admission_.SetNexus(nexus, 0);
    EnqueueRange(nexus * 10, nexus * 10 + 10, nexus);
  }
  EXPECT_EQ(StartAll(0).size(), 24u);
  admission_.SetNexus(10, 0);
  EXPECT_EQ(admission_.Enqueue(100, 10, false, 0), Wait::kHostLimit);
}

TEST_F(AdmissionTest, NeverMoreThan64PerHost) {
  admission_.SetHost(0, 4096);
  for (NexusId nexus = 0; nexus < 20; ++nexus) {
    admission_.SetNexus(nexus, 0);
    EnqueueRange(nexus * 10, nexus * 10 + 10, nexus);
  }
  EXPECT_EQ(StartAll(0).size(), 64u);
}

TEST_F(AdmissionTest, AHostWithOneTagStillHasOneCommand) {
  admission_.SetHost(0, 1);
  admission_.SetNexus(0, 0);
  EnqueueRange(0, 3, 0);
  EXPECT_EQ(StartAll(0), std::vector<PathId>{0});
  // The tag is used up: a silent command leaves no room, as there is none.
  EXPECT_FALSE(admission_.Overdue(0, 1, 0));
  EXPECT_TRUE(StartAll(0).empty());
}

TEST_F(AdmissionTest, NexusesTakeTurns) {
  admission_.SetHost(0, 16);  // two commands
  for (NexusId nexus = 0; nexus < 3; ++nexus) {
    admission_.SetNexus(nexus, 0);
    EnqueueRange(nexus * 10, nexus * 10 + 3, nexus);
  }
  EXPECT_EQ(StartAll(0), (std::vector<PathId>{0, 10}));
  admission_.Returned(0, 1, false, Answer::kAnswered, 0);
  EXPECT_EQ(StartAll(0), std::vector<PathId>{20});
  admission_.Returned(1, 2, false, Answer::kAnswered, 0);
  EXPECT_EQ(StartAll(0), std::vector<PathId>{1});
}

TEST_F(AdmissionTest, AnUrgentPathGoesFirst) {
  admission_.SetHost(0, 8);
  admission_.SetNexus(0, 0);
  EnqueueRange(0, 3, 0);
  admission_.Enqueue(9, 0, /*first=*/true, 0);
  EXPECT_EQ(StartAll(0), std::vector<PathId>{9});
}

TEST_F(AdmissionTest, AWithdrawnPathIsNotStarted) {
  admission_.SetHost(0, 192);
  admission_.SetNexus(0, 0);
  EnqueueRange(0, 3, 0);
  admission_.Withdraw(1, 0);
  admission_.Withdraw(1, 0);
  EXPECT_EQ(StartAll(0), (std::vector<PathId>{0, 2}));
}

TEST_F(AdmissionTest, OverdueCommandsHoldAtMostHalfOfTheNexus) {
  admission_.SetHost(0, 1024);
  admission_.SetNexus(0, 0);
  EnqueueRange(0, 40, 0);
  ASSERT_EQ(StartAll(0).size(), 8u);
  // The eighth command answers, so the seven others do not make the nexus silent.
  admission_.Returned(0, 8, false, Answer::kAnswered, 0);
  for (CommandId command = 1; command <= 7; ++command) {
    EXPECT_FALSE(admission_.Overdue(0, command, 0)) << command;
  }
  EXPECT_EQ(StartAll(0).size(), 4u);
}

TEST_F(AdmissionTest, OverdueCommandsOfAHostHoldHalfOfItAndNeverMoreThanItsTags) {
  admission_.SetHost(0, 192);  // limit 24, at most 96 in all
  for (NexusId nexus = 0; nexus < 300; ++nexus) {
    admission_.SetNexus(nexus, 0);
    admission_.Enqueue(nexus, nexus, false, 0);
  }
  CommandId overdue = 0;
  std::vector<std::size_t> rounds;
  for (int round = 0; round < 9; ++round) {
    rounds.push_back(StartAll(0).size());
    while (overdue < command_) {
      ++overdue;
      admission_.Overdue(static_cast<NexusId>(overdue - 1), overdue, 0);
    }
  }
  EXPECT_EQ(rounds, (std::vector<std::size_t>{24, 12, 12, 12, 12, 12, 12, 0, 0}));
  EXPECT_EQ(admission_.HostOut(0), 96u);
}

class SilentNexusTest : public AdmissionTest {
 protected:
  void SetUp() override {
    admission_.SetHost(0, 1024);
    admission_.SetNexus(0, 0);
    EnqueueRange(0, 40, 0);
    ASSERT_EQ(StartAll(0).size(), 8u);
    for (CommandId command = 1; command <= 3; ++command) {
      ASSERT_FALSE(admission_.Overdue(0, command, 0));
    }
    ASSERT_TRUE(admission_.Overdue(0, 4, 0));
  }
};

TEST_F(SilentNexusTest, OnlyOneProbeGoesThere) {
  EXPECT_TRUE(admission_.Silent(0));
  EXPECT_EQ(StartAll(0), std::vector<PathId>{8});
  EXPECT_EQ(admission_.Enqueue(99, 0, false, 0), Wait::kNexusSilent);
  EXPECT_FALSE(admission_.Overdue(0, command_, 0));
  EXPECT_TRUE(StartAll(0).empty());
}

TEST_F(SilentNexusTest, AnAnswerToAnOlderCommandProvesNothing) {
  EXPECT_FALSE(admission_.Returned(0, 2, true, Answer::kAnswered, 0));
  EXPECT_TRUE(admission_.Silent(0));
}

TEST_F(SilentNexusTest, AnAnswerToALaterCommandEndsIt) {
  EXPECT_TRUE(admission_.Returned(0, 5, false, Answer::kAnswered, 0));
  EXPECT_FALSE(admission_.Silent(0));
  // Eight less four silent ones; three of the first round are still out.
  EXPECT_EQ(StartAll(0).size(), 1u);
}

TEST_F(SilentNexusTest, AProbeThatWasNeverSentMakesRoomForAnother) {
  ASSERT_EQ(StartAll(0), std::vector<PathId>{8});
  EXPECT_FALSE(admission_.Returned(0, command_, false, Answer::kNotSent, 0));
  EXPECT_EQ(StartAll(0), std::vector<PathId>{9});
}

TEST_F(SilentNexusTest, KernelTimeoutsOfOneBurstBackOffOnce) {
  for (CommandId command = 1; command <= 8; ++command) {
    admission_.Returned(0, command, command <= 4, Answer::kTimedOut, kSecond);
  }
  EXPECT_EQ(admission_.HoldUntil(0), kSecond + 5 * kSecond);
  EXPECT_TRUE(StartAll(0, 2 * kSecond).empty());
  EXPECT_EQ(admission_.Enqueue(99, 0, false, 2 * kSecond), Wait::kBackOff);

  admission_.EndBackOff(0, 6 * kSecond);
  ASSERT_EQ(StartAll(0, 6 * kSecond).size(), 1u);
  admission_.Returned(0, command_, true, Answer::kTimedOut, 40 * kSecond);
  EXPECT_EQ(admission_.HoldUntil(0), 40 * kSecond + 10 * kSecond);
}

TEST(BackOffTest, DoublesUpToTheMaximum) {
  const Options options;
  std::vector<std::int64_t> seconds;
  for (std::uint32_t step = 0; step < 7; ++step) {
    seconds.push_back(BackOff(options, step) / kSecond);
  }
  EXPECT_EQ(seconds, (std::vector<std::int64_t>{5, 10, 20, 40, 80, 120, 120}));
  EXPECT_EQ(BackOff(options, 1'000'000), 120 * kSecond);
}

}  // namespace
}  // namespace pathwatch::health
