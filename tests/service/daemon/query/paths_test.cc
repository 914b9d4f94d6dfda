// ListPaths, GetPath and Explain.
#include <gtest/gtest.h>

#include "tests/query/json.h"
#include "tests/service/daemon/query/query_testing.h"

namespace pathwatch::service {
namespace {

using cli::PathInState;
using cli::UpPath;

class PathsTest : public QueryServiceTest {
 protected:
  PathsTest() {
    Put(0, UpPath(3, 1, "sda"));
    Put(1, PathInState(4, 1, "sdb", PW_STATE_DOWN));
    Put(2, UpPath(3, 2, "sdc"));
    Put(4, PathInState(4, 2, "sdd", PW_STATE_REMOVED));
    Put(5, UpPath(4, 2, "sdd"));
  }
  std::string Listed(const std::string& filter) {
    return PathsOf(AskOne("ListPaths", R"({"filter":)" + filter + "}"));
  }
};

TEST_F(PathsTest, EveryPathIsListedInOneReply) {
  EXPECT_EQ(PathsOf(AskOne("ListPaths")),
            "3:0:0:1 up, 4:0:0:1 down, 3:0:0:2 up, 4:0:0:2 removed, 4:0:0:2 up");
}

TEST_F(PathsTest, ThereMayBeNone) {
  for (const std::uint32_t slot : {0, 1, 2, 4, 5}) file().RemovePath(slot);
  EXPECT_EQ(AskOne("ListPaths").text, R"({"paths":[]})");
  EXPECT_EQ(Ask("ListPaths", "{}", /*more=*/true).size(), 1u);
}

TEST_F(PathsTest, AFilterNarrows) {
  EXPECT_EQ(Listed(R"({"states":["down","removed"]})"), "4:0:0:1 down, 4:0:0:2 removed");
  EXPECT_EQ(Listed(R"({"nexuses":["4:0:0"],"states":["up"]})"), "4:0:0:2 up");
  EXPECT_EQ(Listed(R"({"hosts":["host3"]})"), "3:0:0:1 up, 3:0:0:2 up");
  EXPECT_EQ(Listed(R"({"devices":["sdb","/dev/sdc"]})"), "4:0:0:1 down, 3:0:0:2 up");
  EXPECT_EQ(Listed(R"({"devices":["sg0","4:0:0:1"]})"), "3:0:0:1 up, 4:0:0:1 down");
  EXPECT_EQ(Listed(std::string(R"({"luns":[")") + file().path(2)->wwid + "\"]}"),
            "3:0:0:2 up, 4:0:0:2 removed, 4:0:0:2 up");
  EXPECT_EQ(Listed(R"({"luns":["nobody's"]})"), "");
  EXPECT_EQ(Listed("{}"), "3:0:0:1 up, 4:0:0:1 down, 3:0:0:2 up, 4:0:0:2 removed, 4:0:0:2 up");
}

TEST_F(PathsTest, AFilterThatMeansNothingIsRefusedByItsName) {
  const auto refused = [this](const std::string& parameters) {
    const Told told = AskOne("ListPaths", parameters);
    EXPECT_EQ(told.error, "org.varlink.service.InvalidParameter");
    return told.text;
  };
  EXPECT_EQ(refused(R"({"filter":{"states":["uhp"]}})"), R"({"parameter":"filter.states"})");
  EXPECT_EQ(refused(R"({"filter":{"nexuses":["4:0"]}})"), R"({"parameter":"filter.nexuses"})");
  EXPECT_EQ(refused(R"({"filter":{"hosts":["4"]}})"), R"({"parameter":"filter.hosts"})");
  EXPECT_EQ(refused(R"({"fields":["paht"]})"), R"({"parameter":"fields"})");
  EXPECT_EQ(refused(R"({"page":0})"), R"({"parameter":"page"})");
  EXPECT_EQ(refused(R"({"page":10001})"), R"({"parameter":"page"})");
}

TEST_F(PathsTest, FieldsAreThoseThatWereChosenInTheOrderOfTheInterface) {
  EXPECT_EQ(AskOne("ListPaths", R"({"fields":["state","path"],"filter":{"states":["down"]}})").text,
            R"({"paths":[{"path":"4:0:0:1","state":"down"}]})");
}

TEST_F(PathsTest, PagesHoldAsManyPathsAsTheCallerWants) {
  const auto pages = Ask("ListPaths", R"({"page":2})", /*more=*/true);
  ASSERT_EQ(pages.size(), 3u);
  EXPECT_EQ(PathsOf(pages[0]), "3:0:0:1 up, 4:0:0:1 down");
  EXPECT_EQ(PathsOf(pages[1]), "3:0:0:2 up, 4:0:0:2 removed");
  EXPECT_EQ(PathsOf(pages[2]), "4:0:0:2 up");
  EXPECT_TRUE(pages[0].continues && pages[1].continues && !pages[2].continues);
}

TEST_F(PathsTest, ALastPageThatIsFullIsTheLast) {
  EXPECT_EQ(Ask("ListPaths", R"({"page":5})", /*more=*/true).size(), 1u);
}

TEST_F(PathsTest, WithoutMoreThereIsOneReplyWhateverThePage) {
  EXPECT_EQ(Ask("ListPaths", R"({"page":1})").size(), 1u);
}

TEST_F(PathsTest, HoweverOftenItIsInterruptedTheAnswerIsTheSame) {
  for (std::uint32_t lun = 10; lun < 200; lun++) Put(lun, UpPath(3, lun, "sdz"));
  for (const char* method : {"GetStatus", "ListPaths", "ListLuns", "ListNexuses"}) {
    EXPECT_EQ(Ask(method, "{}", false, /*patience=*/1).front().text, AskOne(method).text) << method;
  }
  for (const char* method : {"GetPath", "Explain"}) {
    for (const char* path : {R"({"path":"sdc"})", R"({"path":"sdx"})"}) {
      EXPECT_EQ(Ask(method, path, false, 1).front().text, AskOne(method, path).text) << method;
    }
  }
}

TEST_F(PathsTest, OnePathIsFoundByAnyOfItsNames) {
  for (const char* name : {"sdc", "/dev/sdc", "sg2", "3:0:0:2", "/dev/bsg/3:0:0:2"}) {
    EXPECT_EQ(AskOne("GetPath", std::string(R"({"fields":["path"],"path":")") + name + "\"}").text,
              R"({"path":{"path":"3:0:0:2"}})")
        << name;
  }
}

TEST_F(PathsTest, ARemovedPathGivesItsNameToItsSuccessor) {
  EXPECT_EQ(AskOne("GetPath", R"({"path":"4:0:0:2","fields":["state"]})").text,
            R"({"path":{"state":"up"}})");
  file().RemovePath(5);
  EXPECT_EQ(AskOne("GetPath", R"({"path":"4:0:0:2","fields":["state"]})").text,
            R"({"path":{"state":"removed"}})");
}

TEST_F(PathsTest, ANameThatNobodyHasIsAnErrorWithTheNearestOne) {
  for (const char* method : {"GetPath", "Explain"}) {
    const Told told = AskOne(method, R"({"path":"sdac"})");
    EXPECT_EQ(told.error, "NoSuchPath");
    EXPECT_EQ(told.text, R"({"path":"sdac","nearest":"sda"})");
    EXPECT_EQ(AskOne(method, R"({"path":""})").text, R"({"path":"","nearest":""})");
    EXPECT_EQ(AskOne(method, "{\"path\":\"\\u0001\"}").error, "NoSuchPath");
  }
}

TEST_F(PathsTest, ExplainTellsTheStory) {
  pw_change change{};
  change.when_boottime_ns = cli::Ago(cli::kHour);
  change.from = PW_STATE_UP;
  change.to = PW_STATE_DOWN;
  change.reason_kind = PW_REASON_DEVICE_OFFLINE;
  ASSERT_TRUE(file().AppendHistory(1, file().path(1)->generation, change).ok());
  const rapidjson::Document story = query::Parsed(AskOne("Explain", R"({"path":"sdb"})").text);
  EXPECT_STREQ(story["path"]["path"].GetString(), "4:0:0:1");
  ASSERT_EQ(story["history"].Size(), 1u);
  EXPECT_STREQ(story["history"][0]["to"].GetString(), "down");
  std::string text;
  for (const auto& sentence : story["sentences"].GetArray()) {
    text += sentence.GetString() + std::string("\n");
  }
  EXPECT_NE(text.find("Other paths of the logical unit: 1 up."), std::string::npos) << text;
  EXPECT_NE(text.find("Other paths on I_T nexus 4:0:0: 1 up."), std::string::npos) << text;
}

TEST_F(PathsTest, BytesThatAreNoTextComeEscaped) {
  pw_path_record path = UpPath(3, 9, "sdi");
  cli::SetText(path.wwid, "\xff\"\\\n\xc3\xa9");
  Put(9, path);
  EXPECT_EQ(AskOne("GetPath", R"({"path":"sdi","fields":["wwid"]})").text,
            R"({"path":{"wwid":"\\xff\"\\\n\u00E9"}})");
}

TEST_F(PathsTest, StatusCountsWhatThereIs) {
  const rapidjson::Document status = query::Parsed(AskOne("GetStatus").text);
  EXPECT_EQ(status["paths"]["total"].GetInt(), 4);
  EXPECT_EQ(status["paths"]["removed"].GetInt(), 1);
  EXPECT_EQ(status["luns"]["degraded"].GetInt(), 1);
  EXPECT_EQ(status["luns"]["no_path"].GetInt(), 0);
  EXPECT_STREQ(status["daemon"]["epoch"].GetString(), "0000000000001234");
  EXPECT_EQ(status["daemon"]["heartbeat_age_s"].GetDouble(), 0.3);
}

TEST_F(PathsTest, LunsAreFoundByTheirWwidOrTheirMap) {
  const std::string wwid = file().lun(2)->wwid;
  for (const std::string& name : {wwid, std::string("mpath2")}) {
    const rapidjson::Document luns =
        query::Parsed(AskOne("ListLuns", R"({"luns":[")" + name + "\"]}").text);
    ASSERT_EQ(luns["luns"].Size(), 1u);
    EXPECT_EQ(luns["luns"][0]["wwid"].GetString(), wwid);
  }
  EXPECT_EQ(query::Parsed(AskOne("ListLuns").text)["luns"].Size(), 2u);
}

TEST_F(PathsTest, PortGroupsAreToldWithTheirLunInTheOrderOfTheirNumbers) {
  for (const std::uint16_t tpg : {7, 3}) {
    pw_port_group_record group{};
    group.lun_index = 2;
    group.tpg = tpg;
    ASSERT_TRUE(file().PutPortGroup(tpg, group).ok());
  }
  const rapidjson::Document luns = query::Parsed(AskOne("ListLuns", R"({"luns":["mpath2"]})").text);
  const auto& groups = luns["luns"][0]["port_groups"];
  ASSERT_EQ(groups.Size(), 2u);
  EXPECT_EQ(groups[0]["tpg"].GetInt(), 3);
  EXPECT_EQ(groups[1]["tpg"].GetInt(), 7);
}

TEST_F(PathsTest, NamesOfLunsAndNexusesThatNobodyHasAreErrors) {
  const Told lun = AskOne("ListLuns", R"({"luns":["mpath1","mpath3"]})");
  EXPECT_EQ(lun.error, "NoSuchLun");
  EXPECT_EQ(lun.text, R"({"lun":"mpath3","nearest":"mpath1"})");
  const Told nexus = AskOne("ListNexuses", R"({"nexuses":["4:0:0","5:0:0"]})");
  EXPECT_EQ(nexus.error, "NoSuchNexus");
  EXPECT_EQ(nexus.text, R"({"nexus":"5:0:0","nearest":"3:0:0"})");
  EXPECT_EQ(query::Parsed(AskOne("ListNexuses", R"({"nexuses":["4:0:0"]})").text)["nexuses"].Size(),
            1u);
}

}  // namespace
}  // namespace pathwatch::service
