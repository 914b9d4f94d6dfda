#include "service/cli/change_follower.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>

#include "tests/service/cli/change_log.h"

namespace pathwatch::cli {
namespace {

// A log that holds eight changes.
constexpr publish::Capacities kSmall = {.paths = 4, .changes = 8};

std::string Text(const Step& step) {
  if (const auto* change = std::get_if<pw_change_record>(&step)) {
    return std::to_string(change->sequence);
  }
  if (const auto* missed = std::get_if<Missed>(&step)) {
    return "missed " + std::to_string(missed->changes);
  }
  if (const auto* lost = std::get_if<Lost>(&step)) return "lost: " + lost->why;
  if (std::holds_alternative<Restarted>(step)) return "restarted";
  return std::holds_alternative<Back>(step) ? "back" : "";
}

class ChangeFollowerTest : public PublishedStateTest {
 protected:
  void Start(std::uint64_t epoch, const publish::Capacities& capacities = kSmall) {
    publish::Writer writer;
    writer.epoch = epoch;
    auto created = publish::StateFile::Create(run_dir(), capacities, writer, kNow.boot_now_ns);
    ASSERT_TRUE(created.ok()) << created.status();
    daemon = *std::move(created);
  }

  void Follow(std::uint64_t last = 0) {
    auto begun = ChangeFollower::Begin(run_dir(), last);
    ASSERT_TRUE(begun.ok()) << begun.status();
    follower = *std::move(begun);
  }

  // What there is until nothing is new: "1 2 missed 3 6".
  std::string Drain(std::int64_t now_ns = kNow.boot_now_ns) {
    std::string all;
    for (std::string step = Text(follower->Next(now_ns)); !step.empty();
         step = Text(follower->Next(now_ns))) {
      all += (all.empty() ? "" : " ") + step;
    }
    return all;
  }

  std::unique_ptr<publish::StateFile> daemon;
  std::unique_ptr<ChangeFollower> follower;
};

TEST_F(ChangeFollowerTest, FirstNothingThenEachNewChange) {
  Start(1);
  Append(*daemon, 3);
  Follow();
  EXPECT_EQ(Drain(), "");
  Append(*daemon, 2);
  EXPECT_EQ(Drain(), "4 5");
  EXPECT_EQ(Drain(), "");
}

TEST_F(ChangeFollowerTest, EmptyLog) {
  Start(1);
  Follow(10);
  EXPECT_EQ(Drain(), "");
  Append(*daemon, 1);
  EXPECT_EQ(Drain(), "1");
}

TEST_F(ChangeFollowerTest, LastOnesAreReadAgain) {
  Start(1);
  Append(*daemon, 5);
  Follow(2);
  EXPECT_EQ(Drain(), "4 5");
  Follow(5);
  EXPECT_EQ(Drain(), "1 2 3 4 5");
  Follow(100);
  EXPECT_EQ(Drain(), "1 2 3 4 5");
}

TEST_F(ChangeFollowerTest, BeginningIsFoundInALogThatWasWrittenManyTimesOver) {
  for (const int changes : {7, 8, 9, 15, 16, 17, 100, 1'000}) {
    Start(static_cast<std::uint64_t>(changes));
    Append(*daemon, changes);
    Follow();
    EXPECT_EQ(Drain(), "") << changes;
    Follow(1);
    EXPECT_EQ(Drain(), std::to_string(changes));
    Follow(100);
    EXPECT_TRUE(Drain().starts_with(std::to_string(changes < 8 ? 1 : changes - 7) + " "))
        << changes;
  }
}

TEST_F(ChangeFollowerTest, OverwrittenChangesAreCounted) {
  Start(1);
  Follow();
  Append(*daemon, 20);
  EXPECT_EQ(Drain(), "missed 12 13 14 15 16 17 18 19 20");
}

TEST_F(ChangeFollowerTest, BiggerFileOfTheSameDaemonLosesNothing) {
  Start(1);
  Append(*daemon, 6);
  Follow(2);
  ASSERT_TRUE(daemon->PutPath(9, UpPath(3, 1, "sda")).ok());
  Append(*daemon, 3);
  EXPECT_EQ(Drain(), "5 6 7 8 9");
}

TEST_F(ChangeFollowerTest, ChangesThatWereGoneWhenTheFileGrewAreCounted) {
  Start(1);
  Follow();
  Append(*daemon, 20);
  ASSERT_TRUE(daemon->PutPath(9, UpPath(3, 1, "sda")).ok());
  follower->Next(kNow.boot_now_ns);  // it still has the old file
  EXPECT_EQ(Drain(), "13 14 15 16 17 18 19 20");
  Follow(100);
  EXPECT_EQ(Drain(), "13 14 15 16 17 18 19 20");
}

TEST_F(ChangeFollowerTest, RestartedDaemonIsFollowedFromItsFirstChange) {
  Start(1);
  Follow();
  Append(*daemon, 2);
  Start(2);
  Append(*daemon, 3);
  EXPECT_EQ(follower->epoch(), 1U);
  EXPECT_EQ(Drain(), "1 2 restarted 1 2 3");
  EXPECT_EQ(follower->epoch(), 2U);
}

TEST_F(ChangeFollowerTest, RestartedDaemonThatWasTooFast) {
  Start(1);
  Follow();
  Start(2);
  Append(*daemon, 11);
  EXPECT_EQ(Drain(), "restarted missed 3 4 5 6 7 8 9 10 11");
}

TEST_F(ChangeFollowerTest, DaemonThatGivesNoSignOfLifeIsToldOnce) {
  Start(1);
  Follow();
  const std::int64_t later_ns = kNow.boot_now_ns + 11 * kSecond;
  Append(*daemon, 1);
  EXPECT_EQ(Drain(later_ns), "1 lost: pathwatchd gives no sign of life");
  EXPECT_EQ(Drain(later_ns), "");
  daemon->Heartbeat(later_ns);
  Append(*daemon, 1);
  EXPECT_EQ(Drain(later_ns), "2 back");
  EXPECT_EQ(Drain(later_ns), "");
}

TEST_F(ChangeFollowerTest, DaemonThatWasLostAndCameAsAnotherIsRestarted) {
  Start(1);
  Follow();
  const std::int64_t later_ns = kNow.boot_now_ns + 11 * kSecond;
  EXPECT_EQ(Drain(later_ns), "lost: pathwatchd gives no sign of life");
  Start(2);
  daemon->Heartbeat(later_ns);
  Append(*daemon, 1);
  EXPECT_EQ(Drain(later_ns), "restarted 1");
}

TEST_F(ChangeFollowerTest, DeletedFileIsNoticedWhenItIsStale) {
  Start(1);
  Follow();
  std::filesystem::remove(run_dir() + "/state");
  const std::int64_t later_ns = kNow.boot_now_ns + 11 * kSecond;
  EXPECT_TRUE(Drain(later_ns).starts_with("lost: "));
  EXPECT_EQ(Drain(later_ns), "");
  Start(2);
  daemon->Heartbeat(later_ns);
  EXPECT_EQ(Drain(later_ns), "restarted");
}

TEST_F(ChangeFollowerTest, DamagedChangeIsMissedAndTheNextOnesAreRead) {
  Start(1);
  Follow();
  Append(*daemon, 3);
  pw_header layout{};
  publish::LayOut(daemon->capacities(), layout);
  Damage(layout.sections[PW_SECTION_CHANGES - 1].offset + 2 * sizeof(pw_change_record) +
             offsetof(pw_change_record, wwid),
         "X");
  EXPECT_EQ(Drain(), "1 missed 1 3");
}

TEST_F(ChangeFollowerTest, ChangeThatADeadDaemonLeftUnfinishedIsNotWaitedFor) {
  Start(1);
  Follow();
  Append(*daemon, 2);
  pw_header layout{};
  publish::LayOut(daemon->capacities(), layout);
  Damage(layout.sections[PW_SECTION_CHANGES - 1].offset + 2 * sizeof(pw_change_record), "\x01");
  EXPECT_EQ(Drain(), "1");
  Start(2);
  EXPECT_EQ(Drain(), "restarted");
}

TEST_F(ChangeFollowerTest, MissingFileIsNamedWithTheRemedy) {
  EXPECT_EQ(ChangeFollower::Begin(run_dir(), 0).status().message(),
            run_dir() + "/state: there is no state file: start pathwatchd, or name its --run-dir");
}

TEST_F(ChangeFollowerTest, FileOfTheFirstMinorHasNoChangeLog) {
  Start(1);
  pw_header header{};
  publish::LayOut(daemon->capacities(), header);
  daemon.reset();
  // The section becomes one of a kind that nobody knows.
  std::string bytes(sizeof header, '\0');
  {
    std::ifstream state(run_dir() + "/state", std::ios::binary);
    state.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  std::memcpy(&header, bytes.data(), sizeof header);
  header.sections[PW_SECTION_CHANGES - 1].kind = 200;
  header.checksum = pw_header_checksum(&header, sizeof header);
  bytes.assign(reinterpret_cast<const char*>(&header), sizeof header);
  Damage(0, bytes);
  EXPECT_EQ(ChangeFollower::Begin(run_dir(), 0).status().message(),
            run_dir() +
                "/state: this pathwatchd publishes no changes: use one of the same release as this "
                "tool");
}

}  // namespace
}  // namespace pathwatch::cli
