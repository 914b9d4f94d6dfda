#include "service/daemon/policies.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/config/loading.h"

namespace pathwatch::service {
namespace {

using discovery::Transport;

constexpr char kTwoArrays[] = R"(
[check]
interval = "7s"
[fc]
interval = "10s"
[array."ACME/*"]
interval = "1s"
)";

class PoliciesTest : public testing::Test {
 protected:
  health::PolicyId Assign(health::PathId path, const std::string& vendor,
                          Transport transport = Transport::kOther) {
    discovery::DiscoveredPath facts;
    facts.vendor = vendor;
    facts.product = "disk";
    return policies_.Assign(path, facts, transport,
                            [this](const health::PolicySet& set) { announced_.push_back(set); });
  }
  // The interval in force under that number, in seconds.
  std::int64_t Interval(health::PolicyId id) const {
    for (auto set = announced_.rbegin(); set != announced_.rend(); ++set) {
      if (set->id == id) return set->policy.interval_ns / health::kSecond;
    }
    return -1;
  }

  const config::Configuration configuration_ = config::GoodText(kTwoArrays);
  Policies policies_{configuration_};
  std::vector<health::PolicySet> announced_;
};

TEST_F(PoliciesTest, APolicyIsAnnouncedBeforeItsFirstPathGetsIt) {
  EXPECT_EQ(Interval(Assign(0, "OTHER")), 7);
  EXPECT_EQ(Interval(Assign(1, "OTHER", Transport::kFc)), 10);
  EXPECT_EQ(Interval(Assign(2, "ACME", Transport::kFc)), 1);
}

TEST_F(PoliciesTest, PathsWithTheSameValuesShareANumber) {
  const health::PolicyId id = Assign(0, "OTHER");
  EXPECT_EQ(Assign(1, "YET ANOTHER", Transport::kSas), id);
  EXPECT_EQ(announced_.size(), 1u);
}

TEST_F(PoliciesTest, NoPathHasTheDefaultPolicyOfTheCore) {
  EXPECT_NE(Assign(0, "OTHER"), health::kDefaultPolicy);
  policies_.Release(0);
  EXPECT_NE(Assign(1, "ACME"), health::kDefaultPolicy);
}

TEST_F(PoliciesTest, OnlyPathsOfTheArrayWhoseTableChangesGetAnotherNumber) {
  const health::PolicyId other = Assign(0, "OTHER");
  const health::PolicyId acme = Assign(1, "ACME");
  const config::Configuration next =
      config::GoodText("[check]\ninterval = \"7s\"\n[array.\"ACME/*\"]\ninterval = \"2s\"\n");
  policies_.Use(next);
  EXPECT_EQ(Assign(0, "OTHER"), other);
  EXPECT_EQ(Interval(Assign(1, "ACME")), 2);
  EXPECT_EQ(Interval(policies_.of(1)), 2);
  EXPECT_EQ(Interval(other), 7);
  EXPECT_NE(other, policies_.of(1));
  EXPECT_NE(acme, other);
}

TEST_F(PoliciesTest, ANumberThatNobodyHasIsGivenToOtherValues) {
  const health::PolicyId acme = Assign(0, "ACME");
  policies_.Release(0);
  EXPECT_EQ(policies_.of(0), health::kNone);
  EXPECT_EQ(Assign(1, "OTHER"), acme);
  EXPECT_EQ(Interval(acme), 7);
}

TEST_F(PoliciesTest, APathThatIsAloneWithItsPolicyKeepsItsNumber) {
  Assign(0, "ACME");
  const health::PolicyId id = Assign(1, "OTHER");
  policies_.Release(0);
  announced_.clear();
  EXPECT_EQ(Assign(1, "OTHER"), id);
  EXPECT_TRUE(announced_.empty());
}

TEST_F(PoliciesTest, ManyReloadsDoNotUseNumbersUp) {
  health::PolicyId highest = 0;
  for (int ms = 100; ms < 200; ++ms) {
    const config::Configuration next =
        config::GoodText("check.interval = \"" + std::to_string(ms) + "ms\"\n");
    policies_.Use(next);
    for (health::PathId path = 0; path < 4; ++path) {
      highest = std::max(highest, Assign(path, "OTHER"));
    }
    policies_.Use(configuration_);
  }
  EXPECT_LE(highest, 2u);
}

}  // namespace
}  // namespace pathwatch::service
