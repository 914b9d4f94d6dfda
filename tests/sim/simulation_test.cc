// The core against the fabric in virtual time: after faults have held still for long enough, what
// the core believes is what the fabric really is like. One seed is the whole test.
#include "tests/sim/simulation.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>

namespace pathwatch::sim {
namespace {

using health::kSecond;

struct Story {
  const char* name;
  passthrough::FabricOptions fabric;
};

class SimulationTest : public testing::TestWithParam<Story> {};

TEST_P(SimulationTest, EndsWithTheTruth) {
  passthrough::FabricOptions options = GetParam().fabric;
  const char* given = std::getenv("PATHWATCH_SEED");
  options.seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  SCOPED_TRACE("run again with PATHWATCH_SEED=" + std::to_string(options.seed));
  RecordProperty("seed", std::to_string(options.seed));
  Simulation simulation(options, {});
  simulation.HoldAt(120 * kSecond);
  simulation.RunUntil(120 * kSecond + simulation.SettlingTime());
  EXPECT_EQ(simulation.Differences(), "");
  EXPECT_LE(simulation.worst_nexus_in_time(), 8u);
}

INSTANTIATE_TEST_SUITE_P(
    Stories, SimulationTest,
    testing::Values(
        Story{"Calm", {.paths = 400, .faulty_paths = 0, .silent_nexuses = 0}},
        Story{"FewFaults", {.paths = 1'000}},
        Story{"ManyFaults", {.paths = 1'000, .faulty_paths = 0.3}},
        Story{"SilentNexuses", {.paths = 1'000, .faulty_paths = 0.02, .silent_nexuses = 0.3}},
        Story{"Flapping", {.paths = 500, .episode_ns = 3 * kSecond, .faulty_paths = 0.4}},
        Story{"FewTags", {.paths = 500, .can_queue = 64, .faulty_paths = 0.05}}),
    [](const auto& story) { return story.param.name; });

TEST(SimulationTest, ChecksOfAQuietFabricAreOnTime) {
  Simulation simulation({.paths = 2'000, .faulty_paths = 0, .silent_nexuses = 0}, {});
  simulation.RunUntil(60 * kSecond);
  EXPECT_GE(simulation.checks(), 2'000u * 11);
  // After the first round, which the limits pace.
  EXPECT_LT(simulation.worst_lateness_ns(), 20 * health::kMillisecond);
}

}  // namespace
}  // namespace pathwatch::sim
