// Which logical unit answers, and whether one is there at all.
#include <string>

#include "gtest/gtest.h"
#include "tests/health/replies.h"
#include "tests/health/world.h"

namespace pathwatch::health {
namespace {

// Path 0 leads to logical unit 0, path 1 of another nexus too; identities are read again every
// 20 s.
class IdentityTest : public testing::Test {
 protected:
  static Options Refreshed() {
    Options options;
    options.refresh_ns = 20 * kSecond;
    return options;
  }
  IdentityTest() : world_(Refreshed()) {
    world_.Host(0, 1024);
    for (const PathId path : {0, 1}) {
      world_.Behave(path, "inquiry", Disk(0));
      world_.Behave(path, "page", Page(7));
      world_.Path(path, {.nexus = path, .identity = Identity(7), .lun_number = path});
    }
  }
  void Begin() {
    world_.Elapse(4'000);
    ASSERT_EQ(world_.state(0), State::kUp);
    ASSERT_EQ(world_.state(1), State::kUp);
    world_.Trace();
    world_.Story();
  }

  World world_;
};

TEST_F(IdentityTest, IsReadBeforeTheFirstCheck) {
  world_.Elapse(10);
  EXPECT_EQ(world_.Trace(),
            "0 inquiry 0\n"
            "0 inquiry 1\n"
            "1 page 0\n"
            "1 page 1\n"
            "2 check 0\n"
            "2 check 1\n"
            "3 path 0: unknown -> up\n"
            "3 path 1: unknown -> up\n");
}

TEST_F(IdentityTest, AnotherLogicalUnitIsNeverUpUnderTheOldName) {
  Begin();
  world_.Behave(0, "page", Page(8));
  world_.Elapse(22'000);
  EXPECT_EQ(world_.state(0), State::kWrongLu);
  EXPECT_EQ(world_.core().path(0).standing.reason.kind, ReasonKind::kIdentityChanged);
  ASSERT_NE(world_.core().found_identity(0), nullptr);
  EXPECT_EQ(*world_.core().found_identity(0), Identity(8));
  EXPECT_EQ(world_.core().counters().identity_changes, 1u);
  world_.Story();
  // Not even if the old one comes back: nobody knows what was written meanwhile.
  world_.Behave(0, "page", Page(7));
  world_.Elapse(60'000);
  EXPECT_EQ(world_.Story(), "");
  EXPECT_EQ(world_.state(1), State::kUp);
}

TEST_F(IdentityTest, AnotherLogicalUnitStaysWrongWhateverItAnswers) {
  Begin();
  world_.Behave(0, "page", Page(8));
  world_.Elapse(22'000);
  world_.Story();
  for (const Behaviour& answer :
       {Sense(2, 0x04, 0x0B), Sense(5, 0x25, 0x00), HostStatus(0x01), Silent()}) {
    world_.Behave(0, answer);
    world_.Elapse(12'000);
  }
  EXPECT_EQ(world_.Story(), "");
}

TEST_F(IdentityTest, AnAcceptedIdentityIsThatOfAnotherLogicalUnit) {
  Begin();
  world_.Behave(0, "page", Page(8));
  world_.Elapse(22'000);
  world_.Story();
  world_.Accept(0, 1);
  world_.Elapse(1'000);
  EXPECT_EQ(world_.Story(), "26000 path 0: wrong_lu -> unknown\n26003 path 0: unknown -> up\n");
  EXPECT_EQ(world_.core().lun_counts(0)[static_cast<std::size_t>(State::kUp)], 1u);
  EXPECT_EQ(world_.core().lun_counts(1)[static_cast<std::size_t>(State::kUp)], 1u);
  EXPECT_EQ(world_.core().found_identity(0), nullptr);
}

TEST_F(IdentityTest, ThereIsNothingToAcceptOfAPathThatIsRight) {
  Begin();
  world_.Accept(0, 1);
  world_.Elapse(1'000);
  EXPECT_EQ(world_.Story(), "");
}

TEST_F(IdentityTest, ADeviceThatWasFoundAgainHasANewIdentity) {
  Begin();
  world_.Behave(0, "page", Page(8));
  world_.Elapse(22'000);
  world_.Story();
  world_.Gone(0);
  world_.Path(0, {.nexus = 0, .lun = 1, .identity = Identity(8)});
  world_.Elapse(100);
  EXPECT_EQ(world_.Story(),
            "26000 path 0: wrong_lu -> removed\n26000 path 0: removed -> unknown\n"
            "26003 path 0: unknown -> up\n");
}

TEST_F(IdentityTest, APathThatWasWrongBeforeARestartStaysWrong) {
  Standing before;
  before.state = State::kWrongLu;
  world_.Behave(2, "inquiry", Disk(0));
  world_.Behave(2, "page", Page(8));
  world_.Path(2, {.nexus = 2, .lun = 2, .identity = Identity(7)}, before);
  world_.Elapse(6'000);
  EXPECT_EQ(world_.state(2), State::kWrongLu);
  EXPECT_EQ(*world_.core().found_identity(2), Identity(8));
}

TEST_F(IdentityTest, TheFirstIdentityOfALogicalUnitWithoutANameCounts) {
  world_.Behave(2, "inquiry", Disk(0));
  world_.Behave(2, "page", Page(8));
  world_.Path(2, {.nexus = 2, .lun = 2});
  world_.Elapse(1'000);
  EXPECT_EQ(world_.state(2), State::kUp);
  world_.Behave(2, "page", Page(9));
  world_.Elapse(24'000);
  EXPECT_EQ(world_.state(2), State::kWrongLu);
}

TEST_F(IdentityTest, GoodDoesNotMeanThatALogicalUnitIsThere) {
  Begin();
  world_.Behave(0, "inquiry", NoLogicalUnit());
  world_.Elapse(22'000);
  EXPECT_EQ(world_.state(0), State::kUnmapped);
  EXPECT_EQ(world_.core().path(0).standing.reason.kind, ReasonKind::kNotMapped);
  world_.Story();
  world_.Elapse(30'000);
  EXPECT_EQ(world_.Story(), "");
  // Mapped again, it is noticed with the next check.
  world_.Behave(0, "inquiry", Disk(0));
  world_.Elapse(5'100);
  EXPECT_EQ(world_.state(0), State::kUp);
}

TEST_F(IdentityTest, AfterTheNewsOfAnotherIdentifierNothingIsUpBeforeItWasRead) {
  Begin();
  world_.Behave(0, Sense(6, 0x3F, 0x05));
  world_.Behave(0, "inquiry", Status(0x08));
  world_.Now(0);
  world_.Elapse(1);
  world_.Behave(0, Good());
  world_.Elapse(1'000);
  EXPECT_EQ(world_.state(0), State::kUnknown);
  EXPECT_EQ(world_.core().path(0).standing.reason.kind, ReasonKind::kIdentityUnread);
  world_.Behave(0, "inquiry", Disk(0));
  world_.Elapse(5'100);
  EXPECT_EQ(world_.state(0), State::kUp);
}

TEST_F(IdentityTest, ALunThatTheTargetDoesNotReportIsUnmappedUntilItsInquirySaysOtherwise) {
  world_.Path(2, {.nexus = 0, .lun = 2, .identity = Identity(7), .lun_number = 5});
  world_.Behave(2, "inquiry", Disk(0));
  world_.Behave(2, "page", Page(7));
  Begin();
  world_.Behave(0, "luns", Luns({0, 9}));
  world_.Behave(0, Sense(6, 0x3F, 0x0E));
  world_.Now(0);
  world_.Elapse(1);
  world_.Behave(0, Good());
  world_.Behave(2, "inquiry", NoLogicalUnit());
  world_.Elapse(1'000);
  EXPECT_EQ(world_.state(0), State::kUp);
  EXPECT_EQ(world_.state(2), State::kUnmapped);
  EXPECT_EQ(world_.core().path(2).standing.reason.kind, ReasonKind::kLunNotReported);
  EXPECT_EQ(world_.core().unscanned_luns(), 1u);
  EXPECT_EQ(world_.core().counters().luns_sent, 1u);
  world_.Behave(2, "inquiry", Disk(0));
  world_.Elapse(10'000);
  EXPECT_EQ(world_.state(2), State::kUp);
}

TEST_F(IdentityTest, OneListTellsAllPathsOfANexusThatReportTheChange) {
  for (PathId path = 2; path < 6; ++path) {
    world_.Path(path, {.nexus = 0, .lun = path, .lun_number = path});
    world_.Behave(path, "inquiry", Disk(0));
    world_.Behave(path, "page", Page(static_cast<std::uint8_t>(path)));
  }
  Begin();
  world_.Behave(0, "luns", Luns({0, 2, 3, 4, 5}));
  for (const PathId path : {0, 2, 3, 4, 5}) {
    world_.Behave(path, "luns", Luns({0, 2, 3, 4, 5}));
    world_.Behave(path, Sense(6, 0x3F, 0x0E));
    world_.Now(path);
  }
  world_.Elapse(1);
  for (const PathId path : {0, 2, 3, 4, 5}) world_.Behave(path, Good());
  world_.Elapse(900);
  EXPECT_EQ(world_.core().counters().luns_sent, 1u);
}

TEST_F(IdentityTest, APageThatIsLongerThanUsualIsReadWhole) {
  Begin();
  Behaviour page = Page(7);
  // A designator of the target port that fills more than the first request takes.
  for (int i = 0; i < 5; ++i) {
    page.data.insert(page.data.end(), {0x01, 0x10, 0x00, 0xFF});
    page.data.insert(page.data.end(), 0xFF, 'x');
  }
  const std::size_t length = page.data.size() - 4;
  page.data[2] = static_cast<std::uint8_t>(length >> 8);
  page.data[3] = static_cast<std::uint8_t>(length);
  world_.Behave(0, "page", page);
  world_.Elapse(22'000);
  const std::string trace = world_.Trace();
  const std::size_t first = trace.find("page 0");
  ASSERT_NE(first, std::string::npos) << trace;
  EXPECT_NE(trace.find("page 0", first + 1), std::string::npos) << trace;
  EXPECT_EQ(world_.state(0), State::kUp);
}

TEST_F(IdentityTest, AnUnreadableIdentityChangesNothing) {
  Begin();
  world_.Behave(0, "page", Sense(5, 0x24, 0x00));
  world_.Elapse(60'000);
  EXPECT_EQ(world_.Story(), "");
  EXPECT_GE(world_.core().counters().identity_failed, 2u);
}

}  // namespace
}  // namespace pathwatch::health
