#include "service/daemon/checks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <string>
#include <vector>

#include "tests/service/daemon/kept_lines.h"

namespace pathwatch::service {
namespace {

// A device that keeps its command until the test answers it.
class HeldDevice final : public passthrough::Device {
 public:
  explicit HeldDevice(int& alive) : alive_(alive) { ++alive_; }
  ~HeldDevice() override { --alive_; }
  void Submit(passthrough::Command& command) override { command_ = &command; }
  void Answer(int error) {
    scsi::Reply reply;
    reply.error = error;
    std::exchange(command_, nullptr)->Answer(reply);
  }
  // GOOD with data.
  void AnswerWith(const std::vector<std::uint8_t>& data) {
    scsi::Reply reply;
    reply.data_length = data.size();
    std::copy(data.begin(), data.end(), command_->data_in.begin());
    std::exchange(command_, nullptr)->Answer(reply);
  }
  bool has_command() const { return command_ != nullptr; }

 private:
  int& alive_;
  passthrough::Command* command_ = nullptr;
};

class HeldSource final : public DeviceSource {
 public:
  Opened Open(const discovery::DiscoveredPath& path, std::uint32_t, bool distrust_bsg) override {
    ++opens;
    Opened opened;
    opened.way = distrust_bsg ? Way{PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_BSG_NONSENSE} : way;
    opened.node = path.sg_name.empty() ? "" : "/dev/" + path.sg_name;
    opened.error = error;
    if (error == 0 && !opened.node.empty()) {
      auto device = std::make_unique<HeldDevice>(alive);
      last = device.get();
      opened.device = std::move(device);
    }
    return opened;
  }
  discovery::DeviceLook Look(const discovery::DiscoveredPath&,
                             const discovery::DiscoveredNexus&) const override {
    return {};
  }
  std::string Describe() const override { return "held"; }

  Way way{PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_BSG_NO_COMMANDS};
  int opens = 0;
  int alive = 0;
  int error = 0;
  HeldDevice* last = nullptr;
};

class ChecksTest : public testing::Test, protected CheckListener {
 protected:
  void SetUp() override {
    auto loop = ring::Loop::Create({.entries = 64});
    ASSERT_TRUE(loop.ok()) << loop.status();
    loop_ = *std::move(loop);
    auto sink = std::make_unique<KeptLines>();
    lines_ = sink.get();
    log_ = std::make_unique<Log>(*loop_, LogOptions{}, std::move(sink));
    discovery::Snapshot snapshot;
    discovery::DiscoveredPath path;
    path.hctl = {3, 0, 0, 1};
    path.nexus = "3:0:0";
    path.sd_name = "sdc";
    path.sg_name = "sg4";
    path.lu_id = "3600a0b80000f5e7d";
    snapshot.paths = {path};
    snapshot.hosts = {{3, "lpfc", 192}};
    inventory_.Apply(snapshot);
    MakeChecks(0);
  }
  void MakeChecks(std::int64_t quiet_ns) {
    CheckListener& listener = *this;
    checks_ = std::make_unique<Checks>(*loop_, source_, inventory_, listener, *log_, quiet_ns);
  }
  void OnCheckDone(const health::CommandDone& done) override {
    done_.emplace_back(done.command, done.reply.error);
    data_.assign(done.data.begin(), done.data.end());
  }
  void OnReached(health::PathId, const Way& way) override { reached_.push_back(way); }
  Checks::Outcome Start(health::CommandId command) {
    health::StartCommand start;
    start.path = 0;
    start.command = command;
    start.cdb = scsi::TestUnitReady();
    return checks_->Start(start);
  }
  std::string Logged() {
    std::string text;
    for (const KeptLine& line : lines_->Take()) text += line.text + "\n";
    return text;
  }

  std::unique_ptr<ring::Loop> loop_;
  HeldSource source_;
  Inventory inventory_;
  KeptLines* lines_ = nullptr;  // the log's
  std::unique_ptr<Log> log_;
  std::unique_ptr<Checks> checks_;
  std::vector<std::pair<health::CommandId, int>> done_;
  std::vector<std::uint8_t> data_;  // of the last one
  std::vector<Way> reached_;
};

TEST_F(ChecksTest, TheNodeIsOpenedOnceAndEachReplyIsReportedWithItsCommand) {
  EXPECT_TRUE(Start(1).sent);
  source_.last->Answer(0);
  EXPECT_TRUE(Start(2).sent);
  source_.last->Answer(EAGAIN);
  EXPECT_EQ(source_.opens, 1);
  EXPECT_EQ(done_, (std::vector<std::pair<health::CommandId, int>>{{1, 0}, {2, EAGAIN}}));
  EXPECT_EQ(checks_->busy(), 1u);
}

TEST_F(ChecksTest, WhatWasTransferredIsReportedAndNoMore) {
  health::StartCommand start;
  start.command = 1;
  start.path = 0;
  start.cdb = scsi::StandardInquiry(36);
  start.data_length = 36;
  EXPECT_TRUE(checks_->Start(start).sent);
  source_.last->AnswerWith({1, 2, 3});
  EXPECT_EQ(data_, (std::vector<std::uint8_t>{1, 2, 3}));
  Start(2);
  source_.last->Answer(0);
  EXPECT_TRUE(data_.empty());
}

TEST_F(ChecksTest, ANodeThatCannotBeOpenedIsNamedOnceWithReasonAndRemedy) {
  source_.error = EACCES;
  const Checks::Outcome outcome = Start(1);
  EXPECT_FALSE(outcome.sent);
  EXPECT_EQ(outcome.error, EACCES);
  EXPECT_EQ(Logged(),
            "path 3:0:0:1 cannot be checked: cannot open /dev/sg4: Permission denied; run "
            "pathwatchd as root, or give its user the node by a udev rule\n");
  Start(2);
  EXPECT_EQ(Logged(), "");
  source_.error = 0;
  EXPECT_TRUE(Start(3).sent);
  EXPECT_EQ(Logged(), "path 3:0:0:1 can be checked again: /dev/sg4 is open\n");
}

TEST_F(ChecksTest, LinesAboutAPathNameItInTheirFields) {
  source_.error = EACCES;
  Start(1);
  source_.error = 0;
  Start(2);
  const std::vector<KeptLine> lines = lines_->Take();
  ASSERT_EQ(lines.size(), 2u);
  LogFields fields = {.path = "3:0:0:1",
                      .device = "sdc",
                      .lun = "3600a0b80000f5e7d",
                      .nexus = "3:0:0",
                      .cause = LogCause::kOpenFailed};
  EXPECT_EQ(lines[0].fields, fields);
  EXPECT_EQ(lines[0].level, LogLevel::kWarn);
  fields.cause = LogCause::kOpened;
  EXPECT_EQ(lines[1].fields, fields);
  EXPECT_EQ(lines[1].level, LogLevel::kInfo);
}

TEST_F(ChecksTest, AFreshFailureIsQuietSinceUdevMayNotBeDone) {
  MakeChecks(Checks::kQuietNs);
  source_.error = ENOENT;
  EXPECT_FALSE(Start(1).sent);
  EXPECT_EQ(Logged(), "");
}

TEST_F(ChecksTest, AStaleDescriptorIsClosedAndTheNodeOpenedAgain) {
  Start(1);
  source_.last->Answer(ENODEV);
  checks_->Sweep();
  EXPECT_EQ(source_.alive, 0);
  EXPECT_TRUE(Start(2).sent);
  EXPECT_EQ(source_.opens, 2);
}

TEST_F(ChecksTest, HowAPathIsReachedIsReportedWhenItsDeviceIsOpened) {
  Start(1);
  source_.last->Answer(0);
  Start(2);
  EXPECT_EQ(reached_, std::vector<Way>{source_.way});
}

TEST_F(ChecksTest, BsgNodeWhoseReplyContradictsItselfIsNotTrustedAgain) {
  source_.way = {PW_PASSTHROUGH_BSG_URING, PW_CHOICE_BEST};
  Start(1);
  source_.last->Answer(EPROTO);
  EXPECT_EQ(done_.back(), (std::pair<health::CommandId, int>{1, EPROTO}));
  EXPECT_EQ(Logged(),
            "path 3:0:0:1: a reply through its bsg node contradicted itself: the node is not "
            "trusted\n");
  Start(2);
  EXPECT_EQ(reached_.back(), (Way{PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_BSG_NONSENSE}));
  EXPECT_EQ(source_.opens, 2);
  // What sg cannot explain is no reason to open it again and again.
  source_.last->Answer(EPROTO);
  Start(3);
  EXPECT_EQ(source_.opens, 2);
}

TEST_F(ChecksTest, AnotherDeviceUnderTheSameAddressIsTrusted) {
  source_.way = {PW_PASSTHROUGH_BSG_URING, PW_CHOICE_BEST};
  Start(1);
  source_.last->Answer(EPROTO);
  checks_->Retire(0);
  Start(2);
  EXPECT_EQ(reached_.back(), source_.way);
}

TEST_F(ChecksTest, BsgNodeThatWasOrderedAndCannotBeUsedIsNamedWithTheReason) {
  source_.way = {PW_PASSTHROUGH_BSG_URING, PW_CHOICE_BSG_NO_COMMANDS, EOPNOTSUPP};
  source_.error = EOPNOTSUPP;
  EXPECT_FALSE(Start(1).sent);
  EXPECT_EQ(Logged(),
            "path 3:0:0:1 cannot be checked through /dev/sg4: the kernel's bsg takes no io_uring "
            "commands (Linux 7.1 and newer do)\n");
}

TEST_F(ChecksTest, ACommandThatIsOutKeepsItsDeviceWhenThePathIsRetired) {
  Start(1);
  HeldDevice* old = source_.last;
  checks_->Retire(0);
  checks_->Sweep();
  EXPECT_EQ(source_.alive, 1);
  Start(2);  // the path is back: another device, another command
  EXPECT_TRUE(old->has_command());
  EXPECT_NE(source_.last, old);
  old->Answer(ENODEV);
  EXPECT_EQ(done_, (std::vector<std::pair<health::CommandId, int>>{{1, ENODEV}}));
  checks_->Sweep();
  EXPECT_EQ(source_.alive, 1);
  source_.last->Answer(0);
  EXPECT_EQ(done_.back(), (std::pair<health::CommandId, int>{2, 0}));
}

}  // namespace
}  // namespace pathwatch::service
