#include "service/cli/path_format.h"

#include <sys/sysmacros.h>

#include <string>

#include "service/cli/dm_maps.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

class PathFormatTest : public PublishedStateTest {
 protected:
  // sda in dm map mpatha, and sdb of which little is known.
  void PublishTwoPaths() {
    pw_path_record known = UpPath(3, 1, "sda");
    known.sd_devt = makedev(8, 16);
    known.flags |= PW_PATH_MARGINAL;
    SetText(known.vendor, "LSI     ");
    SetText(known.product, "INF-01-00       ");
    SetText(known.revision, "0784");
    pw_path_record unknown = UncheckedPath(4, 2, "", kSecond);
    unknown.nexus_index = PW_NO_INDEX;
    unknown.wwid[0] = '\0';
    Publish({known, unknown});
    pw_detail_record detail{};
    detail.generation = known.generation;
    SetText(detail.dm_name, "mpatha");
    SetText(detail.device_state, "running");
    ASSERT_TRUE(file().PutDetail(0, detail).ok());
  }

  std::string Formatted(const std::string& format) {
    const Outcome outcome = Run({"paths", "--format", format});
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(outcome.code, 0);
    return outcome.out;
  }
};

TEST_F(PathFormatTest, LettersMeanWhatTheyMeanToMultipathd) {
  PublishTwoPaths();
  EXPECT_EQ(Formatted("%w %i %d %D %o"),
            "3600a0980000000000000000000000101 3:0:0:1 sda 8:16 running\n"
            "- 4:0:0:2 - #:# unknown\n");
  EXPECT_EQ(Formatted("%s|%m|%A|%M"),
            "LSI,INF-01-00,0784|mpatha|0x0001|marginal\n##,##,##|[orphan]|[undef]|normal\n");
  EXPECT_EQ(Formatted("%T %R %r %P"),
            "up 0x10000000c9000003 0x5006016090200030 scsi:fcp\n"
            "unknown [undef] [undef] scsi:unspec\n");
}

TEST_F(PathFormatTest, FieldsHaveTheNamesOfJson) {
  PublishTwoPaths();
  EXPECT_EQ(Formatted("%{path}=%{device} %{latency_us} %{marginal} 100%%"),
            "3:0:0:1=sda 812 yes 100%\n4:0:0:2=- - no 100%\n");
}

TEST_F(PathFormatTest, TextWithoutWildcardsIsPrintedForEachPath) {
  PublishTwoPaths();
  EXPECT_EQ(Formatted("-\t-"), "-\t-\n-\t-\n");
}

TEST_F(PathFormatTest, FiltersChooseThePaths) {
  PublishTwoPaths();
  EXPECT_EQ(Run({"paths", "--format", "%i", "--host", "4"}).out, "4:0:0:2\n");
}

TEST_F(PathFormatTest, ValuesDoNotSteerTheTerminal) {
  pw_path_record path = UpPath(3, 1, "sda");
  SetText(path.wwid, "\x1b[2J");
  Publish({path});
  EXPECT_EQ(Formatted("%w %{wwid}"), "\\x1b[2J \\x1b[2J\n");
}

TEST_F(PathFormatTest, UnknownWildcardIsAnsweredWithAllThatThereAre) {
  const Outcome outcome = Run({"paths", "--format", "%d %Q"});
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(
      outcome.err.starts_with("pathwatch: --format: the format has no wildcard %Q; there are:\n"
                              "  %w  WWID of the logical unit\n"))
      << outcome.err;
  EXPECT_NE(outcome.err.find("fields: path device "), std::string::npos);
  EXPECT_EQ(outcome.code, 64);
}

TEST_F(PathFormatTest, BrokenFormatsAreWrongUsage) {
  const auto sentence = [](std::string_view format) {
    return std::string(PathFormat::Parse(format).status().message());
  };
  EXPECT_EQ(sentence("%{colour}"), "the format has no field %{colour}");
  EXPECT_EQ(sentence("%{path"), "%{path of the format lacks its }");
  EXPECT_EQ(sentence("100%"), "the format ends with %; %% stands for one");
  EXPECT_EQ(Run({"paths", "--format", "%d", "--json"}).code, 64);
}

TEST_F(PathFormatTest, DmStatesAreAskedForOnlyIfTheyAreShown) {
  EXPECT_FALSE(PathFormat::Parse("%d %T %%t %{state}")->WantsDmState());
  EXPECT_TRUE(PathFormat::Parse("%d %t")->WantsDmState());
}

// As the kernel prints it: two groups, one path failed.
constexpr const char* kStatus =
    "2 0 0 0 2 1 A 0 2 2 8:16 A 0 0 1 8:32 F 3 0 1 E 0 1 2 65:0 A 0 0 1 ";

TEST(DmPathStatesTest, ActiveAndFailedPathsOfAllGroups) {
  const auto states = ParseMultipathStatus(kStatus);
  ASSERT_TRUE(states.ok()) << states.status();
  EXPECT_EQ(*states, (DmPathStates{{"8:16", true}, {"8:32", false}, {"65:0", true}}));
}

TEST(DmPathStatesTest, MapWithoutPaths) {
  EXPECT_EQ(*ParseMultipathStatus("2 0 0 0 0 0"), DmPathStates{});
}

TEST(DmPathStatesTest, HandlerAndSelectorWordsArePassedOver) {
  EXPECT_EQ(*ParseMultipathStatus("2 0 0 1 emc 1 1 A 1 busy 1 0 8:16 F 12"),
            (DmPathStates{{"8:16", false}}));
}

TEST(DmPathStatesTest, NothingIsTakenFromWhatIsCutOrNonsense) {
  const std::string status = "2 0 0 0 2 1 A 0 2 2 8:16 A 0 0 1 8:32 F 3 0 1 E 0 1 2 65:0 A 0 0 1";
  for (std::size_t end = 0; end < status.size(); end++) {
    if (end > status.rfind(' ')) continue;  // the last word may be cut
    EXPECT_FALSE(ParseMultipathStatus(status.substr(0, end)).ok()) << end;
  }
  EXPECT_FALSE(ParseMultipathStatus("2 0 0 0 4294967295 1 A").ok());
  EXPECT_FALSE(ParseMultipathStatus("-1 0 0 0 1 1").ok());
  EXPECT_FALSE(ParseMultipathStatus("0 0 1 1 A 0 1 0 8:16 X 0").ok());
}

class DmMapsTest : public testing::Test {
 protected:
  DmMapsTest() {
    path_.sd_devt = makedev(8, 32);
    SetText(detail_.dm_name, "mpatha");
  }

  pw_path_record path_ = UpPath(3, 1, "sdc");
  pw_detail_record detail_{};
};

TEST_F(DmMapsTest, EachMapIsAskedOnce) {
  int asked = 0;
  DmMaps maps([&asked](const std::string& map) {
    asked++;
    EXPECT_EQ(map, "mpatha");
    return std::string(kStatus);
  });
  EXPECT_EQ(maps.StateOf({path_, nullptr, &detail_}), "failed");
  path_.sd_devt = makedev(8, 16);
  EXPECT_EQ(maps.StateOf({path_, nullptr, &detail_}), "active");
  path_.sd_devt = makedev(8, 48);
  EXPECT_EQ(maps.StateOf({path_, nullptr, &detail_}), "undef");
  EXPECT_EQ(maps.StateOf({path_}), "undef");
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(maps.complaint(), "");
}

TEST_F(DmMapsTest, OneSentenceHoweverManyMapsCannotBeAsked) {
  DmMaps maps([](const std::string& map) { return absl::UnavailableError("dm map " + map); });
  EXPECT_EQ(maps.StateOf({path_, nullptr, &detail_}), "undef");
  SetText(detail_.dm_name, "mpathb");
  EXPECT_EQ(maps.StateOf({path_, nullptr, &detail_}), "undef");
  EXPECT_EQ(maps.complaint(), "dm map mpatha");
}

TEST_F(DmMapsTest, MapOfAnotherKind) {
  DmMaps maps([](const std::string&) { return std::string(); });
  EXPECT_EQ(maps.StateOf({path_, nullptr, &detail_}), "undef");
  EXPECT_EQ(maps.complaint(), "");
}

}  // namespace
}  // namespace pathwatch::cli
