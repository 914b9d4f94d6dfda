#include <string>

#include "service/cli/top/screen.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::top {
namespace {

using cli::Ago;
using cli::kNow;
using cli::kSecond;
using cli::SetText;

// host3 ---- sda (lun 1, up), sdc (lun 2, ghost, slow)
// host4 ---- sdb (lun 1, down), sdd (lun 2, no answer)
Snapshot FourPaths() {
  Snapshot snapshot;
  SetText(snapshot.header.daemon_version, "0.1.0");
  snapshot.header.started_boottime_ns = Ago(7200 * kSecond);
  snapshot.header.heartbeat_boottime_ns = Ago(kSecond / 2);
  pw_path_record slow = cli::PathInState(3, 2, "sdc", PW_STATE_GHOST);
  slow.latency_us = 90'000;
  pw_path_record silent = cli::PathInState(4, 2, "sdd", PW_STATE_NO_ANSWER);
  silent.since_boottime_ns = Ago(2 * kSecond);
  snapshot.paths = {cli::UpPath(3, 1, "sda"), slow, cli::PathInState(4, 1, "sdb", PW_STATE_DOWN),
                    silent};
  present::Summarizer summarizer(kNow.boot_now_ns);
  for (pw_path_record& path : snapshot.paths) {
    path.head.in_use = 1;
    summarizer.Add(path);
  }
  snapshot.summary = summarizer.summary();
  for (std::uint32_t host = 3; host <= 4; host++) {
    pw_nexus_record nexus{};
    nexus.head.in_use = 1;
    SetText(nexus.name, std::to_string(host) + ":0:0");
    SetText(nexus.target_port, "0x500601609020003" + std::to_string(host));
    nexus.paths_total = 2;
    nexus.paths_by_state[host == 3 ? PW_STATE_UP : PW_STATE_DOWN] = 1;
    nexus.paths_by_state[host == 3 ? PW_STATE_GHOST : PW_STATE_NO_ANSWER] = 1;
    nexus.silent = host == 4 ? 1 : 0;
    nexus.in_flight = host;
    snapshot.nexuses.push_back(nexus);
  }
  snapshot.luns.resize(3);
  SetText(snapshot.luns[2].dm_name, "mpathb");
  return snapshot;
}

pw_change_record Change(const std::string& device, pw_state from, pw_state to,
                        std::int64_t age_ns) {
  pw_change_record record{};
  record.host = 4;
  record.lun = 2;
  SetText(record.device, device);
  record.change.when_boottime_ns = Ago(age_ns);
  record.change.from = static_cast<std::uint8_t>(from);
  record.change.to = static_cast<std::uint8_t>(to);
  record.change.reason_kind = PW_REASON_DEADLINE;
  return record;
}

constexpr ScreenSize kUsual = {80, 24};

Screen DrawNow(const Snapshot& snapshot, const Controls& controls = {},
               const ScreenSize& size = kUsual) {
  return Draw(snapshot, controls, size, kNow);
}

std::string TextOf(const Screen& screen) {
  std::string text;
  for (const Line& line : screen.lines) text += line.text + "\n";
  return text;
}

std::string DevicesOf(const Snapshot& snapshot, const Screen& screen) {
  std::string devices;
  for (const std::uint32_t slot : screen.slots) {
    devices += std::string(snapshot.paths[slot].sd_name) + " ";
  }
  return devices;
}

std::string DevicesWith(const Controls& controls) {
  const Snapshot snapshot = FourPaths();
  return DevicesOf(snapshot, DrawNow(snapshot, controls));
}

bool Has(const Screen& screen, const std::string& text) {
  return TextOf(screen).find(text) != std::string::npos;
}

TEST(TopScreenTest, WholePictureOfAUsualTerminal) {
  Snapshot snapshot = FourPaths();
  snapshot.changes = {Change("sdd", PW_STATE_UP, PW_STATE_NO_ANSWER, 2 * kSecond),
                      Change("sdb", PW_STATE_UP, PW_STATE_DOWN, 60 * kSecond)};
  snapshot.checks_per_second = 12.4;
  const Screen screen = DrawNow(snapshot);
  EXPECT_EQ(TextOf(screen),
            "pathwatchd 0.1.0, up for 119 min, heartbeat 0.5 s ago                  08:31:25Z\n"
            "paths 4: 1 up, 1 ghost, 1 down, 1 no_answer\n"
            "luns  2: 2 degraded, 0 without a usable path                         checks 12/s\n"
            "  2.0s 4:0:0:2 sdd up -> no_answer: no answer within the deadline\n"
            "   60s 4:0:0:2 sdb up -> down: no answer within the deadline\n"
            "PATH    DEVICE STATE     SINCE LATENCY DM     REASON\n"
            "4:0:0:1 sdb    down      60s   812us          GOOD: the logical unit is ready\n"
            "4:0:0:2 sdd    no_answer 2.0s  812us   mpathb GOOD: the logical unit is ready\n"
            "3:0:0:2 sdc    ghost     60s   90ms    mpathb GOOD: the logical unit is ready\n"
            "3:0:0:1 sda    up        1h00m 812us          GOOD: the logical unit is ready\n"
            "\n\n\n\n\n\n\n\n\n\n\n\n\n"
            "paths 1-4 of 4, by state   h help  q end\n");
  EXPECT_EQ(screen.lines[6].style, Style::kBad);
  EXPECT_EQ(screen.lines[9].style, Style::kPlain);
}

TEST(TopScreenTest, TroubleStandsAboveEverything) {
  Snapshot snapshot = FourPaths();
  snapshot.trouble = "pathwatchd was restarted 2 s ago";
  const Screen screen = DrawNow(snapshot);
  EXPECT_EQ(screen.lines[0].text, snapshot.trouble);
  EXPECT_EQ(screen.lines[0].style, Style::kAlarm);
  EXPECT_TRUE(Has(screen, "4:0:0:1 sdb"));
}

TEST(TopScreenTest, Sorts) {
  EXPECT_EQ(DevicesWith({.sort = SortBy::kState}), "sdb sdd sdc sda ");
  EXPECT_EQ(DevicesWith({.sort = SortBy::kLatency}), "sdc sda sdb sdd ");
  EXPECT_EQ(DevicesWith({.sort = SortBy::kDevice}), "sda sdb sdc sdd ");
  EXPECT_EQ(DevicesWith({.sort = SortBy::kChange}), "sdd sdc sdb sda ");
}

TEST(TopScreenTest, DevicesSortAsTheyWereNamed) {
  Snapshot snapshot = FourPaths();
  SetText(snapshot.paths[0].sd_name, "sdaa");
  SetText(snapshot.paths[1].sd_name, "");
  const Screen screen = DrawNow(snapshot, {.sort = SortBy::kDevice});
  EXPECT_EQ(DevicesOf(snapshot, screen), "sdb sdd sdaa  ");
}

TEST(TopScreenTest, FilterFindsEveryName) {
  EXPECT_EQ(DevicesWith({.filter = "SDB"}), "sdb ");
  EXPECT_EQ(DevicesWith({.filter = "4:0:0"}), "sdb sdd ");
  EXPECT_EQ(DevicesWith({.filter = "host3"}), "sdc sda ");
  EXPECT_EQ(DevicesWith({.filter = "mpathb"}), "sdd sdc ");
  EXPECT_EQ(DevicesWith({.filter = "no_answer"}), "sdd ");
  EXPECT_EQ(DevicesWith({.filter = "0000101"}), "sdb sda ");
  EXPECT_EQ(DevicesWith({.filter = "nowhere"}), "");
  EXPECT_EQ(DevicesWith({.only_not_usable = true}), "sdb sdd ");
  EXPECT_EQ(DevicesWith({.only_not_usable = true, .filter = "sdd"}), "sdd ");
}

TEST(TopScreenTest, RowsScrollAndTheLastPageIsFull) {
  Snapshot snapshot;
  for (std::uint64_t lun = 0; lun < 100; lun++) {
    snapshot.paths.push_back(cli::UpPath(3, lun, "sda"));
    snapshot.paths.back().head.in_use = 1;
  }
  Screen screen = DrawNow(snapshot);
  EXPECT_EQ(screen.page_rows, 19U);
  EXPECT_EQ(screen.rows, 100U);
  EXPECT_EQ(screen.slots.front(), 0U);
  screen = DrawNow(snapshot, {.first = 40});
  EXPECT_EQ(screen.slots.front(), 40U);
  EXPECT_EQ(screen.slots.back(), 58U);
  EXPECT_TRUE(Has(screen, "paths 41-59 of 100"));
  screen = DrawNow(snapshot, {.first = 1'000});
  EXPECT_EQ(screen.first, 81U);
  EXPECT_EQ(screen.slots.back(), 99U);
}

TEST(TopScreenTest, FreeSlotsAreNoPaths) {
  Snapshot snapshot = FourPaths();
  snapshot.paths[2] = {};
  EXPECT_EQ(DevicesOf(snapshot, DrawNow(snapshot)), "sdd sdc sda ");
}

TEST(TopScreenTest, NexusesWithTheLatenciesOfTheirPaths) {
  const Snapshot snapshot = FourPaths();
  const Screen screen = DrawNow(snapshot, {.page = Page::kNexuses});
  EXPECT_TRUE(
      Has(screen,
          "NEXUS PATHS                 IN-FLIGHT SILENT AVERAGE MAXIMUM TARGET\n"
          "4:0:0 2: 1 down 1 no_answer 4         yes    812us   812us   0x5006016090200034\n"
          "3:0:0 2: 1 up 1 ghost       3         no     45ms    90ms    0x5006016090200033\n"))
      << TextOf(screen);
  EXPECT_TRUE(Has(screen, "I_T nexuses 1-2 of 2, by state"));
  EXPECT_EQ(DrawNow(snapshot, {.page = Page::kNexuses, .filter = "3:0"}).rows, 1U);
  EXPECT_EQ(DrawNow(snapshot, {.page = Page::kNexuses, .only_not_usable = true}).rows, 1U);
  const std::string by_latency =
      TextOf(DrawNow(snapshot, {.page = Page::kNexuses, .sort = SortBy::kLatency}));
  EXPECT_LT(by_latency.find("\n3:0:0 "), by_latency.find("\n4:0:0 "));
}

TEST(TopScreenTest, HelpNamesTheKeysAndWhatTheLatencyOfANexusIs) {
  const Screen screen = DrawNow(FourPaths(), {.help = true});
  EXPECT_TRUE(Has(screen, "PgUp PgDn"));
  EXPECT_TRUE(Has(screen, "average"));
  EXPECT_EQ(screen.lines.size(),
            std::count_if(screen.lines.begin(), screen.lines.end(),
                          [](const Line& line) { return !line.text.ends_with('>'); }))
      << TextOf(screen);
}

TEST(TopScreenTest, FilterIsShownWhileItIsTyped) {
  EXPECT_EQ(DrawNow(FourPaths(), {.typing = true, .typed = "sd"}).lines.back().text,
            "show only what contains: sd_");
}

TEST(TopScreenTest, NothingWrapsWhateverTheSize) {
  Snapshot snapshot = FourPaths();
  snapshot.trouble = std::string(300, 'x');
  SetText(snapshot.paths[0].sd_name, "a-name-that-is-long-and-hostile\x1b");
  snapshot.changes = {Change("sdd", PW_STATE_UP, PW_STATE_NO_ANSWER, 2 * kSecond)};
  for (std::size_t width = 1; width < 200; width += 7) {
    for (std::size_t height = 1; height < 60; height++) {
      for (const Controls& controls :
           {Controls{}, Controls{.page = Page::kNexuses}, Controls{.help = true}}) {
        const Screen screen = DrawNow(snapshot, controls, {width, height});
        ASSERT_LE(screen.lines.size(), height) << width;
        for (const Line& line : screen.lines) {
          ASSERT_LE(line.text.size(), width) << line.text;
          ASSERT_EQ(line.text.find('\x1b'), std::string::npos);
        }
      }
    }
  }
}

}  // namespace
}  // namespace pathwatch::top
