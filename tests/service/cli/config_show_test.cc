#include <algorithm>
#include <string>
#include <vector>

#include "lib/config/option.h"
#include "tests/query/json.h"
#include "tests/service/cli/config_files.h"

namespace pathwatch::cli {
namespace {

class ConfigShowTest : public ConfigFilesTest {
 protected:
  ConfigShowTest() {
    WriteMain("[check]\ninterval = \"7s\"\n");
    WriteMore("10.toml",
              "[fc]\n"
              "interval = \"20s\"\n"
              "[array.\"LSI/*\"]\n"
              "interval = \"30s\"\n"
              "retry_later_max = 60\n"
              "[array.\"LSI/INF-01-00\"]\n"
              "retry_later_max = 90\n");
  }

  // The lines of the table without its heading, with single blanks.
  std::vector<std::string> Rows(const std::vector<std::string>& arguments) {
    const Outcome outcome = RunConfig("show", arguments);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    std::vector<std::string> rows(1);
    for (const char c : outcome.out) {
      if (c == '\n') {
        rows.emplace_back();
      } else if (c != ' ' || !rows.back().ends_with(' ')) {
        rows.back() += c;
      }
    }
    rows.pop_back();
    EXPECT_EQ(rows.front(), "OPTION VALUE DEVICES FROM");
    rows.erase(rows.begin());
    return rows;
  }
};

using Lines = std::vector<std::string>;

TEST_F(ConfigShowTest, EveryOptionIsShownWithWhereItComesFrom) {
  const Lines rows = Rows({});
  EXPECT_EQ(rows.size(), config::kOptionCount + 4);
  for (const std::string& expected : {"check.interval \"7s\" all " + main_file() + ":2",
                                      std::string("check.nexus_commands_max 8 all default"),
                                      std::string("daemon.bsg_dir \"\" all default"),
                                      std::string("paths.include [] all default")}) {
    EXPECT_EQ(std::count(rows.begin(), rows.end(), expected), 1) << expected;
  }
}

TEST_F(ConfigShowTest, ParticularDevicesComeAfterAllDevices) {
  EXPECT_EQ(
      Rows({"check.interval", "check.retry_later_max"}),
      (Lines{"check.interval \"7s\" all " + main_file() + ":2",
             "check.retry_later_max 6 all default", "check.interval \"20s\" fc " + At("10.toml", 2),
             "check.interval \"30s\" LSI/* " + At("10.toml", 4),
             "check.retry_later_max 60 LSI/* " + At("10.toml", 5),
             "check.retry_later_max 90 LSI/INF-01-00 " + At("10.toml", 7)}));
}

TEST_F(ConfigShowTest, ForATransportItShowsWhatCountsThere) {
  EXPECT_EQ(Rows({"check.interval", "--transport", "fc"}),
            Lines{"check.interval \"20s\" fc " + At("10.toml", 2)});
  EXPECT_EQ(Rows({"check.interval", "--transport", "iscsi"}),
            Lines{"check.interval \"7s\" all " + main_file() + ":2"});
}

TEST_F(ConfigShowTest, ForAnArrayItShowsWhatCountsThere) {
  const Lines names = {"interval", "deadline", "retry_later_max", "--transport", "fc", "--array"};
  Lines arguments = names;
  arguments.emplace_back("LSI/INF-01-00");
  EXPECT_EQ(Rows(arguments), (Lines{"check.interval \"30s\" LSI/* " + At("10.toml", 4),
                                    "check.deadline \"5s\" all default",
                                    "check.retry_later_max 90 LSI/INF-01-00 " + At("10.toml", 7)}));
  arguments.back() = "ACME/RAID 5/6";
  EXPECT_EQ(Rows(arguments),
            (Lines{"check.interval \"20s\" fc " + At("10.toml", 2),
                   "check.deadline \"5s\" all default", "check.retry_later_max 6 all default"}));
}

TEST_F(ConfigShowTest, JsonHasTheTypesOfTheFile) {
  WriteMore("20.toml",
            "[paths]\nexclude = [\"wwid=3600*\", \"transport=sas\"]\n[query]\nsocket_mode = "
            "\"0666\"\n");
  const auto document = query::Parsed(
      RunConfig("show", {"--json", "exclude", "removed_max", "socket_mode", "retry_later_max"})
          .out);
  const auto& options = document["options"];
  ASSERT_EQ(options.Size(), 6U);
  EXPECT_STREQ(options[0]["option"].GetString(), "daemon.removed_max");
  EXPECT_EQ(options[0]["value"].GetInt64(), 10'000);
  EXPECT_TRUE(options[0]["default"].GetBool());
  EXPECT_STREQ(options[0]["place"].GetString(), "default");
  EXPECT_STREQ(options[0]["file"].GetString(), "");
  EXPECT_EQ(options[0]["line"].GetInt(), 0);

  EXPECT_STREQ(options[2]["value"][1].GetString(), "transport=sas");
  EXPECT_FALSE(options[2]["default"].GetBool());
  EXPECT_STREQ(options[2]["place"].GetString(), "global");
  EXPECT_EQ(options[2]["file"].GetString() + std::string(":2"), At("20.toml", 2));
  EXPECT_EQ(options[2]["line"].GetInt(), 2);
  EXPECT_STREQ(options[3]["value"].GetString(), "0666");

  EXPECT_STREQ(options[5]["place"].GetString(), "array");
  EXPECT_STREQ(options[5]["array"].GetString(), "LSI/INF-01-00");
}

TEST_F(ConfigShowTest, JsonNamesTheTransport) {
  const auto document =
      query::Parsed(RunConfig("show", {"--json", "check.interval", "--transport", "fc"}).out);
  ASSERT_EQ(document["options"].Size(), 1U);
  EXPECT_STREQ(document["options"][0]["option"].GetString(), "check.interval");
  EXPECT_STREQ(document["options"][0]["value"].GetString(), "20s");
  EXPECT_STREQ(document["options"][0]["place"].GetString(), "fc");
  EXPECT_STREQ(document["options"][0]["array"].GetString(), "");
}

TEST_F(ConfigShowTest, UnknownOptionIsAnsweredWithTheNearest) {
  const Outcome outcome = RunConfig("show", {"check.intervall", "deadlin", "interval"});
  EXPECT_EQ(outcome.err,
            "pathwatch: there is no option check.intervall; did you mean check.interval?\n"
            "pathwatch: there is no option deadlin; did you mean deadline?\n");
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.code, 4);
}

TEST_F(ConfigShowTest, FilesWithProblemsHaveNoValues) {
  WriteMore("20.toml", "[check]\ninterval = \"soon\"\n");
  const Outcome outcome = RunConfig("show", {"--json"});
  EXPECT_TRUE(outcome.err.starts_with(At("20.toml", 2) + ": check.interval: \"soon\" is not "))
      << outcome.err;
  EXPECT_TRUE(outcome.err.ends_with("\n1 problem\n")) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.code, 2);
}

TEST_F(ConfigShowTest, DeviceThatIsNone) {
  const auto complaint = [&](const std::string& option, const std::string& word) {
    const Outcome outcome = RunConfig("show", {option, word});
    EXPECT_EQ(outcome.code, 64);
    return outcome.err.substr(0, outcome.err.find('\n'));
  };
  EXPECT_EQ(complaint("--array", "LSI"), "pathwatch: --array: LSI is not VENDOR/PRODUCT");
  EXPECT_EQ(complaint("--array", "LSI/"), "pathwatch: --array: LSI/ is not VENDOR/PRODUCT");
  EXPECT_EQ(complaint("--transport", "fcp"),
            "pathwatch: --transport: no transport fcp; there are: fc, iscsi, sas, other");
}

}  // namespace
}  // namespace pathwatch::cli
