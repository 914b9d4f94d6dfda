// The core against the fabric in virtual time: after faults have held still for long enough, what
// the core believes is what the fabric really is like. One seed is the whole test.
#include "tests/sim/simulation.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/fuzz/seed.h"

namespace pathwatch::sim {
namespace {

using health::kSecond;
using health::State;
using passthrough::kNoStory;

// In all stories what changes for good has changed early enough to be read before the end.
constexpr health::TimeNs kHold = 120 * kSecond;
constexpr health::DurationNs kChangesWithin = 40 * kSecond;

struct Scene {
  const char* name;
  passthrough::FabricOptions fabric;
  // A state that some paths must have come into, so that the story was told at all.
  State seen = State::kUp;
};

class SimulationTest : public testing::TestWithParam<Scene> {};

TEST_P(SimulationTest, EndsWithTheTruth) {
  passthrough::FabricOptions options = GetParam().fabric;
  options.seed = Seed();
  options.story.changes_within_ns = kChangesWithin;
  Simulation simulation(options, {}, kHold);
  simulation.RunUntil(kHold + simulation.SettlingTime());
  EXPECT_EQ(simulation.Differences(), "");
  EXPECT_EQ(simulation.violations(), "");
  EXPECT_GT(simulation.entered(GetParam().seen), 0u);
  EXPECT_LE(simulation.worst_nexus_in_time(), 8u);
  EXPECT_LE(simulation.worst_groups_rate(), 60u);
}

passthrough::FabricOptions Only(passthrough::Story story) {
  return {.paths = 600, .faulty_paths = 0, .silent_nexuses = 0, .story = story};
}

passthrough::Story WithFailovers() {
  passthrough::Story story = kNoStory;
  story.failovers = 0.6;
  return story;
}

passthrough::Story WithFlapping() {
  passthrough::Story story = kNoStory;
  story.flapping_nexuses = 0.4;
  return story;
}

passthrough::Story WithRemapped() {
  passthrough::Story story = kNoStory;
  story.remapped_paths = 0.1;
  return story;
}

passthrough::Story WithUnmappedLun0() {
  passthrough::Story story = kNoStory;
  story.unmapped_lun0 = 0.8;
  return story;
}

passthrough::Story WithFormatting() {
  passthrough::Story story = kNoStory;
  story.formatted_units = 0.2;
  return story;
}

passthrough::Story Everything() {
  return {.failovers = 0.4,
          .flapping_nexuses = 0.1,
          .formatted_units = 0.05,
          .remapped_paths = 0.02,
          .unmapped_lun0 = 0.3};
}

INSTANTIATE_TEST_SUITE_P(
    Stories, SimulationTest,
    testing::Values(
        Scene{"Calm", passthrough::Calm({.paths = 400})}, Scene{"Demo", {.paths = 1'000}},
        Scene{"ManyFaults", {.paths = 1'000, .faulty_paths = 0.3, .story = kNoStory}},
        Scene{"SilentNexuses",
              {.paths = 1'000, .faulty_paths = 0.02, .silent_nexuses = 0.3, .story = kNoStory},
              State::kNoAnswer},
        Scene{"ShortEpisodes",
              {.paths = 500, .episode_ns = 3 * kSecond, .faulty_paths = 0.4, .story = kNoStory}},
        Scene{"FewTags", {.paths = 500, .can_queue = 64, .faulty_paths = 0.05, .story = kNoStory}},
        Scene{"Failover", Only(WithFailovers()), State::kUnavailable},
        Scene{"FlappingLinks", Only(WithFlapping()), State::kDown},
        Scene{"RemappedLuns", Only(WithRemapped()), State::kWrongLu},
        Scene{"UnmappedLun0", Only(WithUnmappedLun0()), State::kUnmapped},
        Scene{"Formatting", Only(WithFormatting()), State::kDown},
        Scene{"FailoverOfFaultyPaths",
              {.paths = 600, .faulty_paths = 0.2, .silent_nexuses = 0.1, .story = WithFailovers()}},
        Scene{
            "Everything",
            {.paths = 1'000, .faulty_paths = 0.1, .silent_nexuses = 0.05, .story = Everything()}}),
    [](const auto& scene) { return scene.param.name; });

// Options, policies and who has which change all the time, in the middle of everything else.
TEST(ReconfigurationTest, EndsWithTheTruthHoweverOftenOptionsChange) {
  const std::uint64_t seed = Seed();
  std::mt19937_64 random(seed);
  const auto between = [&](std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random);
  };
  passthrough::FabricOptions fabric{.paths = 600, .faulty_paths = 0.1, .story = Everything()};
  fabric.seed = seed;
  fabric.story.changes_within_ns = kChangesWithin;
  const auto any_policy = [&](health::Policy& policy) {
    policy.interval_ns = between(100, 20'000) * health::kMillisecond;
    policy.deadline_ns = between(200, 10'000) * health::kMillisecond;
    policy.refresh_ns = between(0, 1) * between(1, 60) * kSecond;
    policy.retry_later_max = static_cast<std::uint32_t>(between(1, 10));
  };
  constexpr health::PolicyId kPolicies = 3;
  Simulation simulation(fabric, {}, kHold);
  for (health::PolicyId id = 1; id < kPolicies; ++id) simulation.Set(id, {});
  for (health::TimeNs now = 0; now < kHold; now += between(1, 2'000) * health::kMillisecond) {
    simulation.RunUntil(now);
    health::Options options;
    any_policy(options);
    options.nexus_commands_max = static_cast<std::uint32_t>(between(1, 8));
    options.host_commands_max = static_cast<std::uint32_t>(between(1, 64));
    simulation.Set(options);
    health::Policy policy;
    any_policy(policy);
    simulation.Set(static_cast<health::PolicyId>(between(1, kPolicies - 1)), policy);
    for (int i = 0; i < 20; ++i) {
      simulation.Assign(static_cast<health::PathId>(between(0, 599)),
                        static_cast<health::PolicyId>(between(0, kPolicies - 1)));
    }
  }
  // The rest of the test takes the default values for granted.
  simulation.Set(health::Options{});
  for (health::PolicyId id = 1; id < kPolicies; ++id) simulation.Set(id, {});
  simulation.RunUntil(kHold + health::Policy{}.refresh_ns * 5 / 4 + simulation.SettlingTime());
  EXPECT_EQ(simulation.Differences(), "");
  EXPECT_EQ(simulation.violations(), "");
  EXPECT_GT(simulation.entered(State::kUnavailable), 0u);
}

TEST(DoubtTest, OnlyALaterCheckConfirmsAPathWhateverElseHappens) {
  const std::uint64_t seed = Seed();
  std::mt19937_64 random(seed);
  passthrough::FabricOptions fabric{.paths = 600, .faulty_paths = 0.1, .story = Everything()};
  fabric.seed = seed;
  fabric.story.changes_within_ns = kChangesWithin;
  Simulation simulation(fabric, {}, kHold);
  for (health::TimeNs now = 0; now < kHold; now += 20 * health::kMillisecond) {
    simulation.RunUntil(now);
    simulation.Doubt(std::uniform_int_distribution<health::PathId>(0, 599)(random));
  }
  simulation.RunUntil(kHold + health::Policy{}.refresh_ns * 5 / 4 + simulation.SettlingTime());
  EXPECT_EQ(simulation.Differences(), "");
  EXPECT_EQ(simulation.violations(), "");
  EXPECT_GT(simulation.confirmed(), 1'000u);
}

TEST(SimulationTest, ChecksOfAQuietFabricAreOnTime) {
  Simulation simulation(passthrough::Calm({.paths = 2'000}), {});
  simulation.RunUntil(60 * kSecond);
  EXPECT_GE(simulation.checks(), 2'000u * 11);
  // After the first round, which the limits pace.
  EXPECT_LT(simulation.worst_lateness_ns(), 20 * health::kMillisecond);
}

}  // namespace
}  // namespace pathwatch::sim
