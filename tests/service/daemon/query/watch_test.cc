// Watch.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/fuzz/seed.h"
#include "tests/query/json.h"
#include "tests/service/daemon/query/query_testing.h"

namespace pathwatch::service {
namespace {

using cli::PathInState;
using cli::UpPath;

// What a client makes of the replies, by the rules of the interface.
struct Picture {
  std::map<std::string, std::string> states;  // by path
  std::string epoch;
  std::int64_t sequence = 0;
  bool complete = false;
  int lost = 0;
  std::vector<std::int64_t> changes;  // sequences, since the last `complete`

  void Take(const std::vector<Told>& told) {
    for (const Told& one : told) Take(query::Parsed(one.text));
  }
  void Take(const rapidjson::Document& reply) {
    if (reply.HasMember("lost") && reply["lost"].GetBool()) {
      const int times = lost + 1;
      *this = {};
      lost = times;
    }
    epoch = reply["epoch"].GetString();
    sequence = reply["sequence"].GetInt64();
    if (reply.HasMember("snapshot")) {
      for (const auto& path : reply["snapshot"].GetArray()) {
        states[path["path"].GetString()] = path["state"].GetString();
      }
    }
    if (reply.HasMember("changes")) {
      for (const auto& change : reply["changes"].GetArray()) TakeChange(change);
    }
    if (reply.HasMember("complete")) {
      complete = true;
      changes.clear();
    }
  }
  void TakeChange(const rapidjson::Value& change) {
    changes.push_back(change["sequence"].GetInt64());
    const std::string path = change["path"].GetString();
    const std::string to = change["to"].GetString();
    if (to == "removed") {
      states.erase(path);
    } else {
      states[path] = to;
    }
  }
};

constexpr const char* kFields = R"({"fields":["path","state"]})";

class WatchTest : public QueryServiceTest {
 protected:
  WatchTest() {
    Put(0, UpPath(3, 1, "sda"));
    Put(1, PathInState(4, 1, "sdb", PW_STATE_DOWN));
    Put(2, PathInState(3, 2, "sdc", PW_STATE_REMOVED));
  }
  std::string Resumption(const Picture& picture) const {
    return R"({"epoch":")" + picture.epoch + R"(","sequence":)" + std::to_string(picture.sequence) +
           "}";
  }
};

TEST_F(WatchTest, ASnapshotComesFirstWithoutRemovedPaths) {
  Ongoing watch = Begin("Watch", kFields, /*more=*/true);
  EXPECT_EQ(watch.Continue(), query::Progress::kWaiting);
  const auto told = watch.Take();
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(PathsOf(told[0], "snapshot"), "3:0:0:1 up, 4:0:0:1 down");
  EXPECT_EQ(told[1].text, R"({"epoch":"0000000000001234","sequence":0,"complete":true})");
  EXPECT_TRUE(told[0].continues && told[1].continues);
}

TEST_F(WatchTest, WatchersAreWokenForAChangeAndToldOfIt) {
  Ongoing watch = Begin("Watch", kFields, true);
  watch.Continue();
  watch.Take();
  Change(0, PW_STATE_NO_ANSWER);
  Change(1, PW_STATE_UP);
  EXPECT_TRUE(woken().empty());  // what comes within a moment goes together
  ASSERT_TRUE(loop().RunOnce(loop().now_ns() + 10 * QueryService::kGatherNs).ok());
  EXPECT_EQ(woken(), std::set<query::CallId>{watch.id()});
  EXPECT_EQ(watch.Continue(), query::Progress::kWaiting);
  Picture picture;
  picture.Take(watch.Take());
  EXPECT_EQ(picture.changes, (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(picture.sequence, 2);
  EXPECT_EQ(picture.states["3:0:0:1"], "no_answer");
}

TEST_F(WatchTest, ACallThatIsOverIsNotWoken) {
  Ongoing watch = Begin("Watch", kFields, true);
  watch.Continue();
  EXPECT_EQ(service().watchers(), 1u);
  watch.Drop();
  EXPECT_EQ(service().watchers(), 0u);
}

TEST_F(WatchTest, WithoutMoreItIsRefused) {
  EXPECT_EQ(AskOne("Watch").error, "org.varlink.service.ExpectedMore");
}

TEST_F(WatchTest, AOnewayCallWouldNeverEnd) {
  const rapidjson::Document none = query::Parsed("{}");
  const query::Call call = {
      .id = 77, .method = "Watch", .parameters = none, .more = true, .oneway = true, .caller = {}};
  CollectedReplies replies;
  EXPECT_EQ(service().Start(call)->Continue(replies), query::Progress::kDone);
  EXPECT_EQ(service().watchers(), 0u);
}

TEST_F(WatchTest, WhoResumesHearsWhatHasChangedSinceAndNoSnapshot) {
  Picture picture;
  Ongoing watch = Begin("Watch", kFields, true);
  watch.Continue();
  picture.Take(watch.Take());
  watch.Drop();
  Change(0, PW_STATE_DOWN);
  Change(2, PW_STATE_UP);
  Ongoing resumed = Begin("Watch", Resumption(picture), true);
  EXPECT_EQ(resumed.Continue(), query::Progress::kWaiting);
  const auto told = resumed.Take();
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].text.find("snapshot"), std::string::npos);
  EXPECT_EQ(told[1].text, R"({"epoch":"0000000000001234","sequence":2,"complete":true})");
  picture.Take(told);
  EXPECT_EQ(picture.lost, 0);
  EXPECT_EQ(picture.states, (std::map<std::string, std::string>{
                                {"3:0:0:1", "down"}, {"4:0:0:1", "down"}, {"3:0:0:2", "up"}}));
}

TEST_F(WatchTest, ADaemonThatWasRestartedSaysThatChangesAreLost) {
  Picture old;
  old.epoch = "0000000000009999";
  old.sequence = 7;
  Ongoing watch = Begin("Watch", Resumption(old), true);
  watch.Continue();
  old.Take(watch.Take());
  EXPECT_EQ(old.lost, 1);
  EXPECT_EQ(old.states.size(), 2u);
  EXPECT_TRUE(old.complete);
  EXPECT_EQ(service().watchers_lost(), 0u);  // it was not too slow
}

TEST_F(WatchTest, WhatTheLogHasForgottenIsLost) {
  Picture picture;
  Ongoing watch = Begin("Watch", kFields, true);
  watch.Continue();
  picture.Take(watch.Take());
  while (file().change(1) == nullptr || file().last_change() == 0) Change(0, PW_STATE_DOWN);
  for (int i = 0; file().change(1) != nullptr; i++) {
    Change(0, i % 2 == 0 ? PW_STATE_UP : PW_STATE_DOWN);
  }
  // The one that was there all the time and did not read, and one that comes back.
  Ongoing resumed = Begin("Watch", Resumption(picture), true);
  for (Ongoing* call : {&watch, &resumed}) {
    EXPECT_EQ(call->Continue(), query::Progress::kWaiting);
    Picture seen = picture;
    seen.Take(call->Take());
    EXPECT_EQ(seen.lost, 1);
    EXPECT_TRUE(seen.complete);
    EXPECT_EQ(seen.sequence, static_cast<std::int64_t>(file().last_change()));
    EXPECT_EQ(seen.states.at("4:0:0:1"), "down");
  }
  EXPECT_EQ(service().watchers_lost(), 2u);
}

TEST_F(WatchTest, AnOldLogOfTheSameEpochCannotBeAhead) {
  const Told told = Ask("Watch", R"({"epoch":"0000000000001234","sequence":1})", true).front();
  EXPECT_EQ(told.text, R"({"parameter":"sequence"})");
  EXPECT_EQ(Ask("Watch", R"({"epoch":"0000000000001234"})", true).front().text,
            R"({"parameter":"sequence"})");
  EXPECT_EQ(Ask("Watch", R"({"sequence":1})", true).front().text, R"({"parameter":"epoch"})");
}

TEST_F(WatchTest, AFilterOnStatesTellsHowAPathLeaves) {
  Ongoing watch =
      Begin("Watch", R"({"filter":{"states":["down"]},"fields":["path","state"]})", true);
  watch.Continue();
  Picture picture;
  picture.Take(watch.Take());
  EXPECT_EQ(picture.states, (std::map<std::string, std::string>{{"4:0:0:1", "down"}}));
  Change(0, PW_STATE_GHOST);  // from up: nobody's business
  Change(1, PW_STATE_UP);
  Change(0, PW_STATE_DOWN);
  watch.Continue();
  picture.Take(watch.Take());
  EXPECT_EQ(picture.changes, (std::vector<std::int64_t>{2, 3}));
}

TEST_F(WatchTest, WhoHearsNothingForLongIsToldHowFarItIs) {
  Ongoing watch = Begin("Watch", R"({"filter":{"hosts":["host9"]}})", true);
  watch.Continue();
  watch.Take();
  for (int i = 0; i < 900; i++) Change(0, i % 2 == 0 ? PW_STATE_UP : PW_STATE_DOWN);
  watch.Continue();
  EXPECT_TRUE(watch.Take().empty());
  for (int i = 0; i < 200; i++) Change(0, i % 2 == 0 ? PW_STATE_UP : PW_STATE_DOWN);
  watch.Continue();
  const auto told = watch.Take();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].text, R"({"epoch":"0000000000001234","sequence":1100})");
}

// Interrupted at every point, while paths change, come and go between the pieces.
TEST_F(WatchTest, ASnapshotInPiecesAndWhatChangesMeanwhileGiveThePicture) {
  const std::uint64_t seed = Seed();
  std::mt19937_64 random(seed);
  constexpr pw_state kStates[] = {PW_STATE_UP, PW_STATE_DOWN, PW_STATE_REMOVED, PW_STATE_GHOST};
  for (std::uint32_t slot = 3; slot < 300; slot++) Put(slot, UpPath(3 + slot % 2, slot, "sdz"));
  for (int round = 0; round < 50; round++) {
    Ongoing watch = Begin("Watch", kFields, true);
    Picture picture;
    while (watch.Continue(1 + random() % 3) == query::Progress::kMore) {
      for (std::uint64_t n = random() % 6; n > 0; n--) {
        Change(static_cast<std::uint32_t>(random() % 300), kStates[random() % 4]);
      }
      picture.Take(watch.Take());
      ASSERT_FALSE(picture.complete);
    }
    picture.Take(watch.Take());
    ASSERT_TRUE(picture.complete);
    std::map<std::string, std::string> truth;
    for (const Told& page : Ask("ListPaths", kFields, true)) {
      const rapidjson::Document paths = query::Parsed(page.text);
      for (const auto& path : paths["paths"].GetArray()) {
        const std::string state = path["state"].GetString();
        if (state != "removed") truth[path["path"].GetString()] = state;
      }
    }
    ASSERT_EQ(picture.states, truth) << "seed " << seed << ", round " << round;
  }
}

}  // namespace
}  // namespace pathwatch::service
