#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "lib/metrics/families.h"
#include "tests/metrics/published.h"

namespace pathwatch::metrics {
namespace {

using enum MetricId;

using Names = std::vector<std::string>;

class CollectorTest : public PublishedTest {};

TEST_F(CollectorTest, FamiliesComeInTheOrderOfTheCatalogue) {
  WriteSampleFabric(file());
  Names expected;
  for (const MetricDescription& metric : Catalogue()) {
    if (metric.id != kStateProblem) expected.emplace_back(metric.name);
  }
  EXPECT_EQ(Collect().names(), expected);
}

TEST_F(CollectorTest, SampleFabricHasNoSeriesTwice) {
  WriteSampleFabric(file());
  EXPECT_EQ(Collect().doubles(), Names{});
}

TEST_F(CollectorTest, EmptyStateGivesTotalsOfZeroAndNoSeriesOfThings) {
  const Collected collected = Collect();
  EXPECT_EQ(collected.value(kStateReadable), 1);
  EXPECT_EQ(collected.value(kPaths, "up"), 0);
  EXPECT_EQ(collected.count(kPaths), std::size_t{PW_STATES});
  for (const MetricId id : {kTargetInfo, kLunInfo, kPathInfo}) EXPECT_EQ(collected.count(id), 0U);
  // They were never written.
  EXPECT_EQ(collected.count(kChecks), 0U);
  EXPECT_EQ(collected.value(kStateRecordsSkipped), 0);
}

TEST_F(CollectorTest, ReloadThatWentWellAndTimesThatNeverWere) {
  file().PutCounters({});
  const Collected collected = Collect();
  EXPECT_EQ(collected.value(kReloadSuccessful), 1);
  EXPECT_EQ(collected.value(kReloadSuccessTime), 0);
  EXPECT_EQ(collected.value(kOldestInflight), 0);
}

TEST_F(CollectorTest, DurationOfACollectionIsToldByTheNextOne) {
  const StateCollector collector(OptionsFor(state()));
  EXPECT_EQ(Collected(collector.Collect()).value(kExporterCollectSeconds), 0);
  EXPECT_GT(Collected(collector.Collect()).value(kExporterCollectSeconds), 0);
}

TEST_F(CollectorTest, EachCollectionReadsAnew) {
  const StateCollector collector(OptionsFor(state()));
  Put(0, PathAt(3, 0, 0));
  EXPECT_EQ(Collected(collector.Collect()).value(kPaths, "up"), 1);
  file().RemovePath(0);
  EXPECT_EQ(Collected(collector.Collect()).value(kPaths, "up"), 0);
}

// Both write into the same reader; the daemon goes on meanwhile.
TEST_F(CollectorTest, CollectionsOfSeveralThreadsTakeTurns) {
  WriteSampleFabric(file());
  const StateCollector collector(OptionsFor(state()));
  std::atomic<int> whole = 0;
  std::atomic<bool> done = false;
  const auto collect = [&] {
    for (int i = 0; i < 50; ++i) {
      const Collected collected(collector.Collect());
      if (collected.value(kStateReadable) == 1 && collected.count(kPaths) == PW_STATES) ++whole;
    }
  };
  std::thread daemon([&] {
    for (std::uint32_t i = 0; !done; ++i) (void)file().PutPath(0, PathAt(3, 0, i % 2));
  });
  std::thread first(collect);
  std::thread second(collect);
  first.join();
  second.join();
  done = true;
  daemon.join();
  EXPECT_EQ(whole, 100);
}

// The file grows and is replaced, again and again, while it is read.
TEST_F(CollectorTest, FileThatIsReplacedDuringACollectionIsReadToItsEnd) {
  WriteSampleFabric(file());
  const StateCollector collector(OptionsFor(state()));
  std::atomic<bool> done = false;
  std::thread daemon([&] {
    for (std::uint32_t slot = 16; slot <= 4'096; slot *= 2)
      (void)file().PutPath(slot, PathAt(9, 0, slot));
    done = true;
  });
  do {
    const Collected collected(collector.Collect());
    EXPECT_EQ(collected.value(kStateReadable), 1);
    EXPECT_EQ(collected.value(kPaths, "down"), 1);
    EXPECT_EQ(collected.doubles(), Names{});
  } while (!done);
  daemon.join();
}

TEST(FamiliesDeathTest, WrongNumberOfLabelsIsABug) {
  Families families;
  EXPECT_DEATH(families.Add(kLunPaths, {"wwid"}, 1),
               "1 values for the labels of pathwatch_lun_paths");
}

}  // namespace
}  // namespace pathwatch::metrics
