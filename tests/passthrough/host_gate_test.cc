#include "lib/passthrough/host_gate.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace pathwatch::passthrough {
namespace {

using Way = HostGate::Way;

constexpr std::int64_t kMillisecond = 1'000'000;

class HostGateTest : public testing::Test {
 protected:
  void SetUp() override {
    const std::string folder = root_ + "/class/scsi_host/host3";
    std::filesystem::create_directories(folder);
    file_ = folder + "/host_busy";
    SetBusy(0);
  }
  void SetBusy(int busy) { std::ofstream(file_) << busy << "\n"; }

  std::string root_ = std::string(std::getenv("TEST_TMPDIR")) + "/sys";
  std::string file_;
};

TEST_F(HostGateTest, AnIdleHostIsWrittenInline) {
  const HostBusyFile busy(root_, 3);
  HostGate gate(busy, 192);
  EXPECT_EQ(gate.Choose(0), Way::kInline);
}

TEST_F(HostGateTest, AHostThatIsHalfBusyIsWrittenByTwoWorkersAndNoMore) {
  SetBusy(96);
  const HostBusyFile busy(root_, 3);
  HostGate gate(busy, 192);
  EXPECT_EQ(gate.Choose(0), Way::kWorker);
  EXPECT_EQ(gate.Choose(0), Way::kWorker);
  EXPECT_EQ(gate.Choose(0), Way::kNone);
  gate.WorkerDone();
  EXPECT_EQ(gate.Choose(0), Way::kWorker);
}

TEST_F(HostGateTest, OwnWritesSinceTheReadingCount) {
  SetBusy(94);
  const HostBusyFile busy(root_, 3);
  HostGate gate(busy, 192);
  EXPECT_EQ(gate.Choose(0), Way::kInline);
  EXPECT_EQ(gate.Choose(0), Way::kInline);
  EXPECT_EQ(gate.Choose(0), Way::kWorker);
}

TEST_F(HostGateTest, TheReadingIsRenewedAfterAMillisecond) {
  SetBusy(192);
  const HostBusyFile busy(root_, 3);
  HostGate gate(busy, 192);
  EXPECT_EQ(gate.Choose(0), Way::kWorker);
  SetBusy(0);
  EXPECT_EQ(gate.Choose(kMillisecond - 1), Way::kWorker);
  EXPECT_EQ(gate.Choose(kMillisecond), Way::kInline);
}

TEST_F(HostGateTest, AHostThatDoesNotSayHowBusyItIsIsWrittenByWorkers) {
  const HostBusyFile busy(root_, 99);
  HostGate gate(busy, 192);
  EXPECT_FALSE(busy.Read().has_value());
  EXPECT_EQ(gate.Choose(0), Way::kWorker);
}

TEST_F(HostGateTest, AHostWithAnUnknownLimitIsWrittenByWorkers) {
  const HostBusyFile busy(root_, 3);
  HostGate gate(busy, 0);
  EXPECT_EQ(gate.Choose(0), Way::kWorker);
}

TEST_F(HostGateTest, AnIdleHostWithOneTagIsWrittenInline) {
  const HostBusyFile busy(root_, 3);
  HostGate gate(busy, 1);
  EXPECT_EQ(gate.Choose(0), Way::kInline);
  EXPECT_EQ(gate.Choose(0), Way::kWorker);
}

TEST_F(HostGateTest, TwoCommandsToABsgNodeNeedNoLookAtTheHost) {
  SetBusy(192);
  const HostBusyFile busy(root_, 3);
  HostGate gate(busy, 192);
  EXPECT_TRUE(gate.Admit(0));
  EXPECT_TRUE(gate.Admit(0));
  EXPECT_FALSE(gate.Admit(0));
  EXPECT_EQ(gate.workers(), 2u);
  gate.CommandDone();
  EXPECT_EQ(gate.workers(), 1u);
  EXPECT_TRUE(gate.Admit(0));
}

TEST_F(HostGateTest, MoreCommandsToBsgNodesGoToAHostThatIsNotHalfBusy) {
  SetBusy(94);
  const HostBusyFile busy(root_, 3);
  HostGate gate(busy, 192);
  for (int command = 0; command < 4; ++command) EXPECT_TRUE(gate.Admit(0)) << command;
  EXPECT_FALSE(gate.Admit(0));
  EXPECT_EQ(gate.workers(), 2u);
}

TEST_F(HostGateTest, AFileThatHoldsNoNumberIsNoReading) {
  std::ofstream(file_) << "busy\n";
  const HostBusyFile busy(root_, 3);
  EXPECT_FALSE(busy.Read().has_value());
}

}  // namespace
}  // namespace pathwatch::passthrough
