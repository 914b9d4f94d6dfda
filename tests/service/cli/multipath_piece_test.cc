#include "service/cli/multipath_piece.h"

#include <gtest/gtest.h>

#include <string>

#include "service/cli/multipath_conf.h"

namespace pathwatch::cli {
namespace {

Array Named(const std::string& vendor, const std::string& product) {
  return {.vendor = vendor,
          .product = product,
          .luns = 2,
          .alua_luns = 2,
          .unread_luns = 0,
          .own_checker = ""};
}

MultipathPiece PieceOf(const Array& array) {
  return {.arrays = {array}, .warnings = {}, .other_disks = {}};
}

// What multipathd would read, as far as our reader goes.
MultipathConf Read(const MultipathPiece& piece) {
  MultipathConf conf;
  AddMultipathText(PieceText(piece), "piece", conf);
  return conf;
}

TEST(MultipathPieceTest, PatternIsForTheWholeNameAndNothingElse) {
  EXPECT_EQ(PatternFor("LUN C-Mode"), "^LUN C-Mode$");
  EXPECT_EQ(PatternFor("a.b*c[d](e)|f+g?h{i}^$\\"),
            "^a\\.b\\*c\\[d\\]\\(e\\)\\|f\\+g\\?h\\{i\\}\\^\\$\\\\$");
  EXPECT_EQ(PatternFor("a\"b\nc\xff#"), "^a.b.c.#$");
  EXPECT_EQ(PatternFor(""), "^$");
}

TEST(MultipathPieceTest, SectionTakesThePluginForItsArrayOnly) {
  const MultipathConf conf = Read(PieceOf(Named("NETAPP", "LUN C-Mode")));
  EXPECT_TRUE(conf.remarks.empty());
  ASSERT_EQ(conf.sections.size(), 1U);
  EXPECT_EQ(conf.sections[0].name, "device ^NETAPP$/^LUN C-Mode$");
  EXPECT_EQ(Setting(conf.sections[0], "path_checker"), "pathwatch");
  EXPECT_EQ(Setting(conf.sections[0], "detect_checker"), "no");
  EXPECT_EQ(conf.sections[0].settings.size(), 2U);
  EXPECT_TRUE(Matches(conf.sections[0], "NETAPP", "LUN C-Mode"));
  EXPECT_FALSE(Matches(conf.sections[0], "NETAPP", "LUN C-Mode 2"));
}

TEST(MultipathPieceTest, NamesWithAnyBytesMatchThemselvesAndBreakNothing) {
  for (const std::string name : {"a.b*c[d](e)|f+g?h{i}^$\\", "} devices {", "# ! \"quoted\"",
                                 "two\nlines", "\x1b[7m\xff", "\\"}) {
    MultipathPiece piece = PieceOf(Named(name, name));
    piece.arrays.push_back(piece.arrays[0]);
    piece.arrays[1].own_checker = "rdac";
    piece.other_disks = {"1 disk (" + name + ")"};
    piece.warnings = {Warning("x", name, name)};
    const MultipathConf conf = Read(piece);
    EXPECT_TRUE(conf.remarks.empty()) << PieceText(piece);
    ASSERT_EQ(conf.sections.size(), 1U) << PieceText(piece);
    EXPECT_TRUE(Matches(conf.sections[0], name, name)) << PieceText(piece);
    EXPECT_FALSE(Matches(conf.sections[0], name, name + "x")) << PieceText(piece);
  }
}

TEST(MultipathPieceTest, BracesStandAsMultipathdWantsThem) {
  const std::string text = PieceText(PieceOf(Named("NETAPP", "LUN")));
  EXPECT_NE(text.find("\ndevices {\n\tdevice {\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\n\t}\n}\n"), std::string::npos) << text;
}

TEST(MultipathPieceTest, ArraysThatAreNotJudgedAreNamedInComments) {
  Array rdac = Named("LSI", "INF-01-00");
  rdac.own_checker = "rdac";
  Array plain = Named("ACME", "JBOD");
  plain.alua_luns = 0;
  MultipathPiece piece = PieceOf(Named("NETAPP", "LUN"));
  piece.arrays.push_back(rdac);
  piece.arrays.push_back(plain);
  EXPECT_EQ(Read(piece).sections.size(), 1U);
  const std::string text = PieceText(piece);
  for (const char* expected :
       {"# LSI INF-01-00: not judged by pathwatch: keeps multipathd's own checker (what its ports "
        "can do is only known to rdac).\n",
        "# ACME JBOD: not judged by pathwatch: keeps multipathd's own checker (it has no target "
        "port groups).\n"}) {
    EXPECT_NE(text.find(expected), std::string::npos) << text;
  }
}

TEST(MultipathPieceTest, LogicalUnitsWithoutPortGroupsOfAJudgedArrayAreCounted) {
  Array array = Named("NETAPP", "LUN");
  array.luns = 3;
  const std::string text = PieceText(PieceOf(array));
  EXPECT_NE(text.find("# NETAPP LUN: 3 logical units\n\t\t# 1 of them without target port groups"),
            std::string::npos)
      << text;
}

TEST(MultipathPieceTest, OverridesAreOfferedAsACommentWherePathwatchJudgesEverything) {
  MultipathPiece piece = PieceOf(Named("NETAPP", "LUN"));
  const std::string offered = PieceText(piece);
  EXPECT_NE(offered.find("\n#overrides {\n#\tdetect_checker no\n"), std::string::npos) << offered;
  EXPECT_EQ(Setting(Read(piece), "overrides", "path_checker"), "");
  // Without the comment signs it is one that counts.
  MultipathConf conf;
  std::string uncommented = offered.substr(offered.find("#overrides"));
  for (std::size_t at = 0; (at = uncommented.find('#')) != std::string::npos;) {
    uncommented.erase(at, 1);
  }
  AddMultipathText(uncommented, "piece", conf);
  EXPECT_EQ(Setting(conf, "overrides", "path_checker"), "pathwatch");

  piece.other_disks = {"there is NVMe (nvme-subsys0), for which multipathd's checker is none"};
  const std::string refused = PieceText(piece);
  EXPECT_EQ(refused.find("overrides {"), std::string::npos) << refused;
  EXPECT_NE(refused.find("# - there is NVMe (nvme-subsys0)"), std::string::npos) << refused;
}

TEST(MultipathPieceTest, WarningsStandInFrontWithWhatToDo) {
  MultipathPiece piece = PieceOf(Named("NETAPP", "LUN"));
  piece.warnings = {Warning("plugin", "it is missing", "Install it.")};
  EXPECT_NE(PieceText(piece).find("#\n# WARNING: it is missing.\n#   What to do: Install it.\n"),
            std::string::npos)
      << PieceText(piece);
}

TEST(MultipathPieceTest, HostWithoutSuchArraysGetsCommentsOnly) {
  Array array = Named("ACME", "JBOD");
  array.alua_luns = 0;
  const std::string text = PieceText(PieceOf(array));
  EXPECT_NE(text.find("there is nothing to set"), std::string::npos) << text;
  EXPECT_EQ(("\n" + text).find("\ndevices"), std::string::npos) << text;
}

}  // namespace
}  // namespace pathwatch::cli
