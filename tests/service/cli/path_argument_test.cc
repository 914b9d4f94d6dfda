#include "service/cli/path_argument.h"

#include <gtest/gtest.h>

#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

StateView TwoPaths() {
  StateView view;
  view.paths = {UpPath(3, 1, "sdp"), UpPath(4, 1, "sdr")};
  return view;
}

// The path's name, or the complaint.
std::string Find(const StateView& view, const std::string& argument) {
  const auto path = FindPath(view, argument);
  return path.ok() ? present::PathName(**path) : std::string(path.status().message());
}

TEST(PathArgumentTest, PathsAreFoundByAddressAndByDevice) {
  const StateView view = TwoPaths();
  for (const char* argument :
       {"3:0:0:1", "sdp", "sg15", "/dev/sdp", "/dev/sg15", "/dev/bsg/3:0:0:1"}) {
    EXPECT_EQ(Find(view, argument), "3:0:0:1") << argument;
  }
}

TEST(PathArgumentTest, UnknownPathIsNamedWithTheNearestOne) {
  const StateView view = TwoPaths();
  EXPECT_EQ(Find(view, "sdo"), "no path sdo; did you mean sdp?");
  EXPECT_EQ(Find(view, "sdp1"), "no path sdp1; did you mean sdp?");
  EXPECT_EQ(Find(view, "/dev/sdo"), "no path /dev/sdo; did you mean sdp?");
  EXPECT_EQ(Find(view, "4:0:0:2"), "no path 4:0:0:2; did you mean 4:0:0:1?");
}

TEST(PathArgumentTest, NothingIsSuggestedIfNothingIsNear) {
  const StateView view = TwoPaths();
  EXPECT_EQ(Find(view, "nvme0n1"), "no path nvme0n1");
  EXPECT_EQ(Find(view, "sab"), "no path sab");
  EXPECT_EQ(Find(view, ""), "no path ");
  EXPECT_EQ(Find(StateView{}, "sdp"), "no path sdp");
}

TEST(PathArgumentTest, PathWithoutADeviceIsNotFoundByAnEmptyName) {
  StateView view = TwoPaths();
  view.paths[0].sd_name[0] = '\0';
  EXPECT_EQ(Find(view, "/dev/"), "no path /dev/");
}

TEST(PathArgumentTest, RemovedPathIsFoundOnlyIfNoOtherHasTheName) {
  StateView view;
  view.paths = {PathInState(3, 1, "sdp", PW_STATE_REMOVED), UpPath(4, 1, "sdp"),
                PathInState(3, 2, "sdq", PW_STATE_REMOVED)};
  EXPECT_EQ(Find(view, "sdp"), "4:0:0:1");
  EXPECT_EQ(Find(view, "sdq"), "3:0:0:2");
}

TEST(PathArgumentTest, EveryUnknownArgumentIsComplainedAbout) {
  const StateView view = TwoPaths();
  std::vector<std::string> complaints;
  const auto found = FindPaths(view, {"sdp", "xxxxx", "sdr", "yyyyy"}, complaints);
  EXPECT_EQ(found, (std::vector<const pw_path_record*>{&view.paths[0], &view.paths[1]}));
  EXPECT_EQ(complaints, (std::vector<std::string>{"no path xxxxx", "no path yyyyy"}));
}

}  // namespace
}  // namespace pathwatch::cli
