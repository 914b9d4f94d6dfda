#include "tests/bench/passthrough/cost.h"

#include <gtest/gtest.h>

namespace pathwatch::bench {
namespace {

TEST(CostTest, MedianIsTheMiddleLatencyWhateverTheOrder) {
  Cost cost;
  cost.Begin();
  for (const std::int64_t latency_us : {900, 20, 30, 10, 40}) cost.Answered(latency_us * 1'000);
  cost.End();
  const std::string json = cost.Json("batch", "sg");
  EXPECT_EQ(json.find(R"({"mode": "batch", "passthrough": "sg", "turs": 5, )"), 0u) << json;
  EXPECT_NE(json.find(R"("latency_us_median": 30.0})"), std::string::npos) << json;
}

TEST(CostTest, TimeOutsideBeginAndEndDoesNotCount) {
  const std::int64_t before_ns = ProcessCpuNs();
  while (ProcessCpuNs() - before_ns < 50'000'000) {
  }
  Cost cost;
  cost.Begin();
  cost.Answered(1'000);
  cost.End();
  const std::string json = cost.Json("ioctl", "sg");
  const std::string key = R"("cpu_us_per_tur": )";
  const double cpu_us = std::stod(json.substr(json.find(key) + key.size()));
  EXPECT_LT(cpu_us, 40'000) << json;
}

}  // namespace
}  // namespace pathwatch::bench
