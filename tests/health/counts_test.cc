// What the core counts: how long commands took, and how checks failed.
#include <cstdint>
#include <numeric>
#include <vector>

#include "gtest/gtest.h"
#include "lib/health/duration_histogram.h"
#include "tests/health/world.h"

namespace pathwatch::health {
namespace {

const DurationHistogram& Of(const World& world, NexusId nexus, CommandKind kind) {
  return world.core().nexus_durations(nexus)[static_cast<std::size_t>(kind)];
}

std::uint64_t Total(const DurationHistogram& histogram) {
  return std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::uint64_t{0});
}

std::uint32_t Failures(const World& world, State state) {
  return world.core().path(0).failures.of(state);
}

TEST(DurationHistogramTest, ADurationThatEqualsABoundIsWithinIt) {
  DurationHistogram histogram;
  histogram.Add(kCommandBounds, kMillisecond);
  histogram.Add(kCommandBounds, kMillisecond + 1);
  EXPECT_EQ(histogram.counts[1], 1u);
  EXPECT_EQ(histogram.counts[2], 1u);
  EXPECT_EQ(histogram.sum_ns, 2'000'001u);
}

TEST(DurationHistogramTest, BeyondAllBoundsAndBelowZeroHaveTheirPlaces) {
  DurationHistogram histogram;
  histogram.Add(kCommandBounds, kHour);
  histogram.Add(kCommandBounds, -5);
  EXPECT_EQ(histogram.counts[kDurationBounds], 1u);
  EXPECT_EQ(histogram.counts[0], 1u);
  EXPECT_EQ(histogram.sum_ns, static_cast<std::uint64_t>(kHour));
}

TEST(CountsTest, DurationsAreThoseOfThePathsOwnNexus) {
  World world;
  world.Host(0, 192);
  world.Path(0, {.nexus = 0, .lun = 0});
  world.Behave(1, Good(40));
  world.Path(1, {.nexus = 1, .lun = 0});
  world.Elapse(20'000);
  const DurationHistogram& fast = Of(world, 0, CommandKind::kCheck);
  const DurationHistogram& slow = Of(world, 1, CommandKind::kCheck);
  EXPECT_EQ(fast.counts[1], Total(fast));  // 1 ms
  EXPECT_EQ(slow.counts[6], Total(slow));  // 25 to 50 ms
  EXPECT_EQ(Total(fast), world.core().path(0).checks);
  EXPECT_EQ(slow.sum_ns, Total(slow) * 40 * kMillisecond);
  EXPECT_GE(Total(slow), 3u);
}

TEST(CountsTest, CommandsThatAreNoChecksAreCountedApart) {
  World world{Options{}};
  world.Host(0, 192);
  world.Path(0, {.nexus = 0, .lun = 0, .tpgs = 1, .group = 1});
  world.Elapse(3'000);
  EXPECT_EQ(Total(Of(world, 0, CommandKind::kCheck)), world.core().path(0).checks);
  EXPECT_EQ(Total(Of(world, 0, CommandKind::kGroups)), world.core().counters().groups_sent);
  EXPECT_EQ(Total(Of(world, 0, CommandKind::kIdentity)), world.core().counters().identity_sent);
  EXPECT_GE(Total(Of(world, 0, CommandKind::kGroups)), 1u);
  EXPECT_GE(Total(Of(world, 0, CommandKind::kIdentity)), 1u);
  EXPECT_EQ(Total(Of(world, 0, CommandKind::kLuns)), 0u);
}

TEST(CountsTest, ACommandThatWasNeverSentTookNoTime) {
  World world;
  world.Host(0, 192);
  Behaviour closed = Errno(6);
  closed.can_open = false;
  world.Behave(0, closed);
  world.Path(0, {});
  world.Elapse(20'000);
  EXPECT_EQ(Total(Of(world, 0, CommandKind::kCheck)), 0u);
}

TEST(CountsTest, ANexusThatHasTheNumberOfAnotherStartsAnew) {
  Options options = Unrefreshed();
  options.removed_keep_ns = 10 * kSecond;
  World world(options);
  world.Host(0, 192);
  world.Path(0, {});
  world.Elapse(20'000);
  ASSERT_GE(Total(Of(world, 0, CommandKind::kCheck)), 3u);
  world.Gone(0);
  world.Elapse(5'000);
  world.Path(0, {});
  EXPECT_GE(Total(Of(world, 0, CommandKind::kCheck)), 3u);  // as long as it is remembered
  world.Gone(0);
  world.Elapse(20'000);
  world.Path(0, {});
  EXPECT_LE(Total(Of(world, 0, CommandKind::kCheck)), 1u);
}

TEST(CountsTest, FailuresAreCountedByTheStateThatTheyLeave) {
  World world;
  world.Host(0, 192);
  world.Path(0, {});
  world.Elapse(10'000);
  EXPECT_EQ(world.core().path(0).failures.total(), 0u);
  world.Behave(0, HostStatus(0x01));  // DID_NO_CONNECT
  world.Elapse(20'000);
  const std::uint32_t down = Failures(world, State::kDown);
  EXPECT_GE(down, 3u);
  EXPECT_EQ(world.core().path(0).failures.total(), down);
  EXPECT_EQ(Failures(world, State::kUp), 0u);
  EXPECT_EQ(Failures(world, State::kRemoved), 0u);
}

TEST(CountsTest, ACheckThatPassesItsDeadlineIsOneFailureEvenIfItComesBackBad) {
  World world;
  world.Host(0, 192);
  world.Path(0, {});
  world.Elapse(10'000);
  world.Behave(0, Silent());
  world.Elapse(30'000);
  EXPECT_EQ(Failures(world, State::kNoAnswer), 1u);
  world.Behave(0, Good());
  world.Return(0, HostStatus(0x03));  // DID_TIME_OUT
  EXPECT_EQ(world.core().path(0).failures.total(), 1u);
}

}  // namespace
}  // namespace pathwatch::health
