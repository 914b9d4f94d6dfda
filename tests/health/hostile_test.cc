// Arrays that lie: whatever comes back, the core keeps its limits and its promises.
// Repeat a run with PATHWATCH_SEED=<the number that it printed>.
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/fuzz/seed.h"
#include "tests/health/replies.h"
#include "tests/health/world.h"

namespace pathwatch::health {
namespace {

constexpr PathId kPaths = 12;
constexpr int kRounds = 3'000;

class HostileTest : public testing::Test {
 protected:
  HostileTest() : world_(Impatient()) {
    random_.seed(Seed());
    world_.Host(0, 64);
    world_.Host(1, 64);
    for (PathId path = 0; path < kPaths; ++path) Find(path);
  }
  static Options Impatient() {
    Options options;
    options.refresh_ns = 5 * kSecond;
    return options;
  }
  std::size_t Below(std::size_t bound) { return random_() % bound; }
  void Find(PathId path) {
    world_.Path(path, {.nexus = path % 4,
                       .lun = path / 4,
                       .host = path % 2,
                       .tpgs = static_cast<std::uint8_t>(Below(4)),
                       .group = static_cast<std::uint16_t>(path % 3),
                       .identity = Identity(static_cast<std::uint8_t>(path / 4)),
                       .lun_number = path / 4});
  }

  Behaviour AnyStatus() {
    switch (Below(7)) {
      case 0:
        return HostStatus(static_cast<std::uint16_t>(Below(0x16)));
      case 1:
        return Status(static_cast<std::uint8_t>(Below(0x42)));
      case 2:
        return Errno(static_cast<int>(1 + Below(40)));
      case 3:
      case 4:
        return Sense(static_cast<std::uint8_t>(Below(16)), static_cast<std::uint8_t>(Below(0x60)),
                     static_cast<std::uint8_t>(Below(32)));
      default:
        return Good(static_cast<std::int64_t>(Below(50)));
    }
  }
  // A sensible reply of that kind, perhaps damaged.
  Behaviour AnyData(const std::string& command) {
    Behaviour reply;
    if (command == "groups") {
      std::vector<Group> groups;
      for (std::size_t count = Below(5); count > 0; --count) {
        groups.push_back(
            {static_cast<std::uint16_t>(Below(4)), static_cast<scsi::AccessState>(Below(16)), 1});
      }
      reply = Groups(groups, static_cast<std::uint8_t>(Below(3)));
    } else if (command == "inquiry") {
      reply = Below(8) == 0 ? NoLogicalUnit() : Disk(static_cast<std::uint8_t>(Below(4)));
    } else if (command == "page") {
      reply = Page(static_cast<std::uint8_t>(Below(40) == 0 ? 9 : 0), 1);
    } else {
      reply = Luns({0, 1, static_cast<std::uint8_t>(Below(4))});
    }
    for (std::size_t damages = Below(4); damages > 1; --damages) {
      reply.data[Below(reply.data.size())] = static_cast<std::uint8_t>(random_());
    }
    if (Below(5) == 0) reply.data.resize(Below(reply.data.size() + 1));
    return reply;
  }
  void ChangeSomething() {
    const PathId path = static_cast<PathId>(Below(kPaths));
    const char* const kCommands[] = {"groups", "inquiry", "page", "luns"};
    const std::string command = kCommands[Below(4)];
    switch (Below(8)) {
      case 0:
        world_.Behave(path, command, AnyStatus());
        break;
      case 1:
      case 2:
        world_.Behave(path, command, AnyData(command));
        break;
      case 3:
        world_.Transport(path, static_cast<DeviceCondition>(Below(6)));
        break;
      case 4:
        world_.Now(path);
        break;
      case 5:
        if (world_.state(path) == State::kWrongLu) world_.Accept(path, 3 + path);
        break;
      default:
        world_.Behave(path, AnyStatus());
        break;
    }
  }

  World world_;
  std::mt19937_64 random_;
};

TEST_F(HostileTest, LimitsHoldWhateverIsAnswered) {
  for (int round = 0; round < kRounds; ++round) {
    ChangeSomething();
    world_.Elapse(static_cast<std::int64_t>(Below(400)));
    world_.Trace();
  }
  std::uint32_t paths = 0;
  for (const std::uint32_t count : world_.core().counts()) paths += count;
  EXPECT_EQ(paths, kPaths);
  for (NexusId nexus = 0; nexus < 4; ++nexus) EXPECT_LE(world_.worst_nexus_out(nexus), 8u);
  EXPECT_GT(world_.core().counters().groups_sent, 0u);
  EXPECT_GT(world_.core().counters().identity_sent, 0u);
  EXPECT_GT(world_.core().counters().checks_started, 1'000u);
}

TEST_F(HostileTest, OnceTheyTellTheTruthEverythingIsKnownAgain) {
  for (int round = 0; round < kRounds; ++round) {
    ChangeSomething();
    world_.Elapse(static_cast<std::int64_t>(Below(100)));
  }
  for (PathId path = 0; path < kPaths; ++path) {
    world_.Behave(path, Good());
    world_.Behave(path, "groups", Groups({{1, scsi::AccessState::kNonOptimized, 1}}));
    world_.Behave(path, "inquiry", Disk());
    world_.Behave(path, "luns", Luns({0, 1, 2}));
    world_.Behave(path, "page", Page(static_cast<std::uint8_t>(path), 1));
    world_.Transport(path, DeviceCondition::kReady);
  }
  // Deleted and found again, a device has no past.
  for (PathId path = 0; path < kPaths; ++path) {
    world_.Gone(path);
    world_.Path(path, {.nexus = path % 4,
                       .lun = path,
                       .host = path % 2,
                       .tpgs = 1,
                       .group = 1,
                       .identity = Identity(static_cast<std::uint8_t>(path)),
                       .lun_number = path % 3});
  }
  world_.Elapse(30'000);
  for (PathId path = 0; path < kPaths; ++path) {
    EXPECT_EQ(world_.state(path), State::kUp) << path;
    EXPECT_EQ(world_.core().path(path).access_state, scsi::AccessState::kNonOptimized) << path;
  }
  EXPECT_LE(world_.core().commands_out(), kPaths);
}

}  // namespace
}  // namespace pathwatch::health
