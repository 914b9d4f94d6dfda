#include "tests/service/cli/published_state.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "service/cli/command_line.h"

namespace pathwatch::cli {
namespace {

// NAA identifiers as udev names them: "3" and 32 hexadecimal digits.
std::string WwidOf(std::uint64_t lun) {
  std::ostringstream wwid;
  wwid << "3600a0980000000000000000000000" << std::hex << 0x100 + lun;
  return wwid.str();
}

}  // namespace

pw_path_record UpPath(std::uint32_t host, std::uint64_t lun, const std::string& device) {
  pw_path_record path{};
  path.generation = 1000 + host;
  path.host = host;
  path.lun = lun;
  path.lun_index = static_cast<std::uint32_t>(lun);
  path.nexus_index = host - 3;
  path.host_index = host - 3;
  SetText(path.sd_name, device);
  SetText(path.sg_name, "sg" + std::to_string(device.back() - 'a'));
  SetText(path.wwid, WwidOf(lun));
  path.passthrough = PW_PASSTHROUGH_SG_ASYNC;
  path.state = PW_STATE_UP;
  path.alua_state = PW_ALUA_ACTIVE_OPTIMIZED;
  path.tpg = 1;
  path.rtpi = 2;
  path.flags = PW_PATH_HAS_TPG | PW_PATH_HAS_RTPI;
  path.latency_us = 812;
  path.reason_kind = PW_REASON_REPLY;
  path.since_boottime_ns = Ago(kHour);
  path.last_check_sent_boottime_ns = Ago(2 * kSecond) - 812'000;
  path.last_check_done_boottime_ns = Ago(2 * kSecond);
  path.valid_until_boottime_ns = path.last_check_done_boottime_ns + 10 * kSecond;
  return path;
}

pw_path_record PathInState(std::uint32_t host, std::uint64_t lun, const std::string& device,
                           pw_state state) {
  pw_path_record path = UpPath(host, lun, device);
  path.state = static_cast<std::uint8_t>(state);
  path.since_boottime_ns = Ago(60 * kSecond);
  return path;
}

pw_path_record UncheckedPath(std::uint32_t host, std::uint64_t lun, const std::string& device,
                             std::int64_t age_ns) {
  pw_path_record path = UpPath(host, lun, device);
  path.state = PW_STATE_UNKNOWN;
  path.alua_state = PW_ALUA_UNKNOWN;
  path.passthrough = PW_PASSTHROUGH_NONE;
  path.flags = 0;
  path.reason_kind = PW_REASON_NONE;
  path.latency_us = 0;
  path.since_boottime_ns = Ago(age_ns);
  path.last_check_sent_boottime_ns = 0;
  path.last_check_done_boottime_ns = 0;
  path.valid_until_boottime_ns = 0;
  return path;
}

// Not in testing::TempDir(): names of sockets are short.
PublishedStateTest::PublishedStateTest() : run_dir_("/tmp/pathwatch-cli-XXXXXX") {
  EXPECT_NE(mkdtemp(run_dir_.data()), nullptr);
}

PublishedStateTest::~PublishedStateTest() { std::filesystem::remove_all(run_dir_); }

void PublishedStateTest::Publish(const std::vector<pw_path_record>& paths,
                                 std::int64_t heartbeat_age_ns) {
  publish::Writer writer;
  writer.epoch = 0xabcdef;
  writer.pid = 812;
  writer.version = "0.1.0";
  auto created =
      publish::StateFile::Create(run_dir_, publish::Capacities{}, writer, Ago(2 * kHour));
  ASSERT_TRUE(created.ok()) << created.status();
  file_ = std::move(*created);
  for (std::uint32_t slot = 0; slot < 2; slot++) {
    const std::string host = std::to_string(slot + 3);
    pw_nexus_record nexus{};
    SetText(nexus.name, host + ":0:0");
    SetText(nexus.initiator_port, "0x10000000c900000" + host);
    SetText(nexus.target_port, "0x50060160902000" + host + "0");
    nexus.transport = PW_TRANSPORT_FC;
    ASSERT_TRUE(file_->PutNexus(slot, nexus).ok());
  }
  for (std::uint32_t slot = 0; slot < paths.size(); slot++) {
    ASSERT_TRUE(file_->PutPath(slot, paths[slot]).ok());
  }
  file_->Heartbeat(Ago(heartbeat_age_ns));
}

Outcome PublishedStateTest::Run(const std::vector<std::string>& arguments) const {
  std::vector<const char*> argv = {"pathwatch", "--run-dir", run_dir_.c_str()};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  std::ostringstream out;
  std::ostringstream err;
  Outcome outcome;
  outcome.code = RunCommandLine(static_cast<int>(argv.size()), argv.data(), kNow, out, err);
  outcome.out = out.str();
  outcome.err = err.str();
  return outcome;
}

void PublishedStateTest::Damage(std::uint64_t offset, const std::string& bytes) const {
  std::fstream state(run_dir_ + "/state", std::ios::in | std::ios::out | std::ios::binary);
  state.seekp(static_cast<std::streamoff>(offset));
  state << bytes;
  ASSERT_TRUE(state.good());
}

}  // namespace pathwatch::cli
