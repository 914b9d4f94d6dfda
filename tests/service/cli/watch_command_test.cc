#include "service/cli/watch_command.h"

#include <functional>
#include <sstream>
#include <string>

#include "tests/query/json.h"
#include "tests/service/cli/change_log.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kLine =
    "2026-11-22T08:30:25.500Z  3:0:0:1  sda  up -> down  scope path, by check: host status 01 "
    "(DID_NO_CONNECT): the host adapter cannot reach the target port\n";

// Takes a number of lines, then fails like a pipe that was closed.
class ClosedPipe : public std::stringbuf {
 public:
  explicit ClosedPipe(int lines) : lines_left_(lines) {}

 protected:
  int sync() override { return lines_left_-- > 0 ? 0 : -1; }

 private:
  int lines_left_;
};

class WatchCommandTest : public PublishedStateTest {
 protected:
  // Runs the command with a clock that the pauses move on; each calls `meanwhile` first.
  int Watch(const WatchOptions& options, const std::function<void(int pause)>& meanwhile) {
    present::Clocks clocks = kNow;
    int pauses = 0;
    const Pace pace = {[&clocks] { return clocks; },
                       [&](std::int64_t pause_ns) {
                         EXPECT_EQ(pause_ns, 200 * kMillisecond);
                         meanwhile(++pauses);
                         clocks.boot_now_ns += pause_ns;
                         clocks.wall_now_ns += pause_ns;
                       }};
    return RunWatch({run_dir(), kNow, out, err}, options, pace);
  }

  std::ostringstream out;
  std::ostringstream err;
};

TEST_F(WatchCommandTest, FirstNothingThenChangesAsTheyHappen) {
  Publish({UpPath(3, 1, "sda")});
  Append(file(), 5);
  std::string before_the_change;
  const int code = Watch({.seconds = 1}, [&](int pause) {
    if (pause == 2) before_the_change = out.str();
    if (pause == 2) Append(file(), 1);
  });
  EXPECT_EQ(before_the_change, "");
  EXPECT_EQ(out.str(), kLine);
  EXPECT_EQ(err.str(), "");
  EXPECT_EQ(code, 0);
}

TEST_F(WatchCommandTest, LastChangesAreThePrefaceEvenWithoutTime) {
  Publish({UpPath(3, 1, "sda")});
  Append(file(), 5);
  EXPECT_EQ(Watch({.last = 2, .seconds = 0}, [](int) { FAIL() << "no pause is needed"; }), 0);
  EXPECT_EQ(out.str(), std::string(kLine) + kLine);
}

TEST_F(WatchCommandTest, JsonIsAnObjectInEachLine) {
  Publish({UpPath(3, 1, "sda")});
  Append(file(), 2);
  EXPECT_EQ(Watch({.last = 2, .seconds = 0, .json = true}, [](int) {}), 0);
  std::istringstream lines(out.str());
  std::string line;
  for (std::uint64_t sequence = 1; sequence <= 2; sequence++) {
    ASSERT_TRUE(std::getline(lines, line));
    const auto change = query::Parsed(line);
    EXPECT_EQ(change["sequence"].GetUint64(), sequence);
    EXPECT_STREQ(change["epoch"].GetString(), "0000000000abcdef");
    EXPECT_STREQ(change["time"].GetString(), "2026-11-22T08:30:25.500Z");
    EXPECT_STREQ(change["path"].GetString(), "3:0:0:1");
    EXPECT_STREQ(change["device"].GetString(), "sda");
    EXPECT_STREQ(change["wwid"].GetString(), "3600a");
    EXPECT_EQ(change["generation"].GetUint64(), 1003U);
    EXPECT_STREQ(change["from"].GetString(), "up");
    EXPECT_STREQ(change["to"].GetString(), "down");
    EXPECT_STREQ(change["scope"].GetString(), "path");
    EXPECT_STREQ(change["cause"].GetString(), "check");
    EXPECT_STREQ(change["reason"].GetString(),
                 "host status 01 (DID_NO_CONNECT): the host adapter cannot reach the target port");
  }
  EXPECT_FALSE(std::getline(lines, line));
}

TEST_F(WatchCommandTest, OnlyTheNamedPathsAreWatched) {
  Publish({UpPath(3, 1, "sda"), UpPath(4, 1, "sdb")});
  Append(file(), 1, 4);
  Append(file(), 1, 3);
  Append(file(), 1, 4);
  EXPECT_EQ(Watch({.paths = {"sda"}, .last = 10, .seconds = 0}, [](int) {}), 0);
  EXPECT_EQ(out.str(), kLine);
}

TEST_F(WatchCommandTest, UnknownPathEndsItAtOnce) {
  Publish({UpPath(3, 1, "sda")});
  EXPECT_EQ(Watch({.paths = {"sdx"}}, [](int) {}), 4);
  EXPECT_EQ(err.str(), "pathwatch: no path sdx; did you mean sda?\n");
}

TEST_F(WatchCommandTest, MissingFileEndsItAtOnce) {
  EXPECT_EQ(Watch({}, [](int) {}), 3);
  const std::string sentence = "pathwatch: " + run_dir() +
                               "/state: there is no state file: start pathwatchd, or name its "
                               "--run-dir\n";
  EXPECT_EQ(err.str(), sentence);
  EXPECT_EQ(Watch({.paths = {"sda"}}, [](int) {}), 3);
  EXPECT_EQ(err.str(), sentence + sentence);
}

TEST_F(WatchCommandTest, MissedChangesAreCounted) {
  Publish({UpPath(3, 1, "sda")});
  const int log_size = static_cast<int>(file().capacities().changes);
  EXPECT_EQ(Watch({.paths = {"sda"}, .seconds = 1},
                  [&](int pause) {
                    if (pause == 1) Append(file(), log_size + 12, 4);
                    if (pause == 3) Append(file(), log_size + 1, 4);
                  }),
            0);
  EXPECT_EQ(err.str(),
            "pathwatch: 12 changes were missed\n"
            "pathwatch: 1 change was missed\n");
}

TEST_F(WatchCommandTest, RestartOfTheDaemonIsToldAndItsChangesArePrinted) {
  Publish({UpPath(3, 1, "sda")});
  std::unique_ptr<publish::StateFile> next;
  EXPECT_EQ(Watch({.seconds = 1},
                  [&](int pause) {
                    if (pause != 2) return;
                    publish::Writer writer;
                    writer.epoch = 2;
                    auto created = publish::StateFile::Create(run_dir(), publish::Capacities{},
                                                              writer, kNow.boot_now_ns);
                    ASSERT_TRUE(created.ok()) << created.status();
                    next = *std::move(created);
                    Append(*next, 1);
                  }),
            0);
  EXPECT_EQ(out.str(), kLine);
  EXPECT_EQ(err.str(), "pathwatch: pathwatchd was restarted: its log of changes begins anew\n");
}

TEST_F(WatchCommandTest, DaemonThatFallsSilentIsToldOnceAndFollowedWhenItIsBack) {
  Publish({UpPath(3, 1, "sda")});
  EXPECT_EQ(Watch({.seconds = 20},
                  [&](int pause) {
                    if (pause != 90) return;  // 18 s later
                    file().Heartbeat(kNow.boot_now_ns + 18 * kSecond);
                    Append(file(), 1);
                  }),
            0);
  EXPECT_EQ(out.str(), kLine);
  EXPECT_EQ(err.str(),
            "pathwatch: pathwatchd gives no sign of life; waiting for it to be back\n"
            "pathwatch: pathwatchd is back\n");
}

TEST_F(WatchCommandTest, StormOfChangesDoesNotKeepItFromEnding) {
  Publish({UpPath(3, 1, "sda")});
  Append(file(), 100);
  present::Clocks clocks = kNow;
  int looks = 0;
  const Pace pace = {[&] {
                       looks++;
                       Append(file(), 2);
                       clocks.boot_now_ns += kSecond / 10;
                       return clocks;
                     },
                     [](std::int64_t) { FAIL() << "there is always something new"; }};
  EXPECT_EQ(RunWatch({run_dir(), kNow, out, err}, {.seconds = 1}, pace), 0);
  EXPECT_EQ(looks, 11);
}

TEST_F(WatchCommandTest, ClosedPipeEndsIt) {
  Publish({UpPath(3, 1, "sda")});
  Append(file(), 10);
  ClosedPipe pipe(2);
  std::ostream closed(&pipe);
  const Pace pace = {[] { return kNow; }, [](std::int64_t) { FAIL() << "it should have ended"; }};
  EXPECT_EQ(RunWatch({run_dir(), kNow, closed, err}, {.last = 10}, pace), 74);
}

TEST_F(WatchCommandTest, HostileNamesStayHarmless) {
  Publish({UpPath(3, 1, "sda")});
  pw_change_record record = ChangeOf(3);
  SetText(record.device, "sd\x1b\n");
  file().AppendChange(record);
  EXPECT_EQ(Watch({.last = 1, .seconds = 0}, [](int) {}), 0);
  EXPECT_NE(out.str().find("  sd\\x1b\\x0a  up -> down"), std::string::npos) << out.str();
}

}  // namespace
}  // namespace pathwatch::cli
