#include <string>

#include "tests/query/json.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

// In slots 0 and 1 are the nexuses 3:0:0 and 4:0:0 of the other tests; here 10:0:0 is in slot 0.
class NexusesCommandTest : public PublishedStateTest {
 protected:
  void PublishTwo() {
    Publish({});
    pw_nexus_record session{};
    SetText(session.name, "10:0:0");
    SetText(session.initiator_port, "iqn.2026-11.org.example:host");
    SetText(session.target_port, "iqn.2026-11.org.example:array,1");
    session.transport = PW_TRANSPORT_ISCSI;
    session.silent = 1;
    session.in_flight = 5;
    session.paths_total = 4;
    session.paths_by_state[PW_STATE_UP] = 1;
    session.paths_by_state[PW_STATE_NO_ANSWER] = 3;
    session.oldest_unanswered_boottime_ns = Ago(65 * kSecond);
    SetText(session.port_name, "session4");
    SetText(session.port_state, "LOGGED_IN");
    SetText(session.portal, "192.0.2.7:3260");
    ASSERT_TRUE(file().PutNexus(0, session).ok());
  }
};

TEST_F(NexusesCommandTest, TableIsInTheOrderOfAddresses) {
  PublishTwo();
  const Outcome outcome = Run({"nexuses"});
  EXPECT_EQ(outcome.out,
            "NEXUS   HOST    TRANSPORT  INITIATOR                     TARGET"
            "                           PORT                PATHS              IN-FLIGHT  SILENT"
            "  UNANSWERED\n"
            "4:0:0   host4   fc         0x10000000c9000004            0x5006016090200040"
            "               -                   none               0          no      -\n"
            "10:0:0  host10  iscsi      iqn.2026-11.org.example:host  "
            "iqn.2026-11.org.example:array,1  session4 LOGGED_IN  1 up, 3 no_answer  5          "
            "yes     65s\n")
      << outcome.out;
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(NexusesCommandTest, JsonHasTheWordsOfPathObjects) {
  PublishTwo();
  const auto document = query::Parsed(Run({"nexuses", "--json"}).out);
  ASSERT_EQ(document["nexuses"].Size(), 2U);
  const auto& quiet = document["nexuses"][0];
  EXPECT_STREQ(quiet["nexus"].GetString(), "4:0:0");
  EXPECT_FALSE(quiet["silent"].GetBool());
  EXPECT_TRUE(quiet["oldest_unanswered_s"].IsNull());
  const auto& silent = document["nexuses"][1];
  EXPECT_STREQ(silent["nexus"].GetString(), "10:0:0");
  EXPECT_STREQ(silent["host"].GetString(), "host10");
  EXPECT_STREQ(silent["transport"].GetString(), "iscsi");
  EXPECT_STREQ(silent["initiator_port"].GetString(), "iqn.2026-11.org.example:host");
  EXPECT_STREQ(silent["target_port"].GetString(), "iqn.2026-11.org.example:array,1");
  EXPECT_STREQ(silent["port_name"].GetString(), "session4");
  EXPECT_STREQ(silent["port_state"].GetString(), "LOGGED_IN");
  EXPECT_STREQ(silent["portal"].GetString(), "192.0.2.7:3260");
  EXPECT_EQ(silent["paths"]["total"].GetInt(), 4);
  EXPECT_EQ(silent["paths"]["no_answer"].GetInt(), 3);
  EXPECT_EQ(silent["in_flight"].GetInt(), 5);
  EXPECT_TRUE(silent["silent"].GetBool());
  EXPECT_EQ(silent["oldest_unanswered_s"].GetDouble(), 65.0);
}

TEST_F(NexusesCommandTest, RecordWithAStrangeNameComesLastWithoutAHost) {
  PublishTwo();
  pw_nexus_record strange{};
  SetText(strange.name, "\x1b[2J");
  ASSERT_TRUE(file().PutNexus(1, strange).ok());
  const std::string out = Run({"nexuses"}).out;
  EXPECT_GT(out.find("\\x1b[2J"), out.find("10:0:0")) << out;
  EXPECT_STREQ(query::Parsed(Run({"nexuses", "--json"}).out)["nexuses"][1]["host"].GetString(), "");
}

TEST_F(NexusesCommandTest, MissingFileIsNoData) { EXPECT_EQ(Run({"nexuses", "--json"}).code, 3); }

}  // namespace
}  // namespace pathwatch::cli
