#include "service/left_out.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/config/loading.h"

namespace pathwatch::service {
namespace {

discovery::DiscoveredPath Path(std::uint32_t host, std::uint64_t lun, const std::string& vendor) {
  discovery::DiscoveredPath path;
  path.hctl = {host, 0, 0, lun};
  path.nexus = std::to_string(host) + ":0:0";
  path.vendor = vendor;
  path.product = "disk";
  path.lu_id = "3600" + std::to_string(lun);
  return path;
}

class LeftOutTest : public testing::Test {
 protected:
  LeftOutTest() {
    snapshot_.paths = {Path(3, 1, "ACME"), Path(3, 2, "OTHER"), Path(4, 1, "ACME")};
    discovery::DiscoveredNexus first;
    first.name = "3:0:0";
    first.transport = discovery::Transport::kFc;
    discovery::DiscoveredNexus second;
    second.name = "4:0:0";
    second.transport = discovery::Transport::kIscsi;
    snapshot_.nexuses = {first, second};
  }
  // The addresses of the paths that are left.
  std::vector<std::string> Kept(const std::string& paths_table) {
    left_out_ = TakeLeftOut(config::GoodText("[paths]\n" + paths_table + "\n"), snapshot_);
    std::vector<std::string> kept;
    for (const auto& path : snapshot_.paths) kept.push_back(discovery::FormatHctl(path.hctl));
    return kept;
  }

  using Names = std::vector<std::string>;
  discovery::Snapshot snapshot_;
  LeftOut left_out_;
};

TEST_F(LeftOutTest, WithoutRulesEverythingIsWatched) {
  EXPECT_EQ(Kept(""), (Names{"3:0:0:1", "3:0:0:2", "4:0:0:1"}));
  EXPECT_TRUE(left_out_.Remarks().empty());
}

TEST_F(LeftOutTest, WhatARuleOfExcludeMatchesIsTakenOutAndCounted) {
  EXPECT_EQ(Kept(R"(exclude = ["array=ACME/*"])"), Names{"3:0:0:2"});
  EXPECT_TRUE(left_out_.paths.contains(discovery::Hctl{4, 0, 0, 1}));
  ASSERT_EQ(left_out_.Remarks().size(), 1u);
  EXPECT_EQ(left_out_.Remarks()[0], "devices left out by [paths] (array=ACME/*): 2");
}

TEST_F(LeftOutTest, WithIncludeOnlyWhatItMatchesIsWatched) {
  EXPECT_EQ(Kept(R"(include = ["path=3:*:*:*"])"), (Names{"3:0:0:1", "3:0:0:2"}));
}

TEST_F(LeftOutTest, ExcludeWinsOverInclude) {
  EXPECT_EQ(Kept(R"(include = ["path=3:*:*:*"]
exclude = ["wwid=36001"])"),
            Names{"3:0:0:2"});
}

TEST_F(LeftOutTest, ANexusWithoutAPathIsTakenOutToo) {
  EXPECT_EQ(Kept(R"(exclude = ["transport=iscsi"])"), (Names{"3:0:0:1", "3:0:0:2"}));
  ASSERT_EQ(snapshot_.nexuses.size(), 1u);
  EXPECT_EQ(snapshot_.nexuses[0].name, "3:0:0");
}

}  // namespace
}  // namespace pathwatch::service
