// The worked example of proto/README.md is what the writer writes.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "lib/publish/state_file.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::publish {
namespace {

// As `hexdump -C` prints it: lines that repeat the one before are a star.
std::string HexDump(const std::vector<std::uint8_t>& bytes) {
  constexpr std::size_t kWidth = 16;
  std::string text;
  bool starred = false;
  for (std::size_t line = 0; line < bytes.size(); line += kWidth) {
    const std::size_t count = std::min(kWidth, bytes.size() - line);
    if (line >= kWidth && count == kWidth &&
        std::memcmp(&bytes[line], &bytes[line - kWidth], kWidth) == 0) {
      if (!starred) text += "*\n";
      starred = true;
      continue;
    }
    starred = false;
    char number[32];
    std::snprintf(number, sizeof number, "%08zx ", line);
    text += number;
    std::string letters;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint8_t byte = bytes[line + i];
      std::snprintf(number, sizeof number, i == 8 ? "  %02x" : " %02x", byte);
      text += number;
      letters += byte >= 0x20 && byte < 0x7f ? static_cast<char>(byte) : '.';
    }
    text += std::string(count > 8 ? (kWidth - count) * 3 : (kWidth - count) * 3 + 1, ' ');
    text += "  |" + letters + "|\n";
  }
  char end[16];
  std::snprintf(end, sizeof end, "%08zx\n", bytes.size());
  return text + end;
}

TEST(ExampleTest, ReadmeShowsWhatTheWriterWrites) {
  TempRunDirectory directory;
  const auto state = CreateState(directory, SmallCapacities(1));
  pw_host_record host{};
  host.number = 3;
  host.can_queue = 64;
  std::strcpy(host.proc_name, "iscsi_tcp");
  host.paths_total = host.paths_by_state[PW_STATE_UP] = 1;
  ASSERT_TRUE(state->PutHost(0, host).ok());
  pw_nexus_record nexus{};
  std::strcpy(nexus.name, "3:0:1");
  nexus.transport = PW_TRANSPORT_ISCSI;
  nexus.paths_total = nexus.paths_by_state[PW_STATE_UP] = 1;
  std::strcpy(nexus.port_name, "session4");
  std::strcpy(nexus.port_state, "LOGGED_IN");
  std::strcpy(nexus.portal, "192.0.2.7:3260");
  ASSERT_TRUE(state->PutNexus(0, nexus).ok());
  const pw_path_record path = SamplePath(1);
  pw_lun_record lun{};
  std::strcpy(lun.wwid, path.wwid);
  std::strcpy(lun.vendor, path.vendor);
  std::strcpy(lun.product, path.product);
  lun.paths_total = lun.paths_by_state[PW_STATE_UP] = 1;
  lun.flags = PW_LUN_ALUA;
  lun.implicit_transition_s = 60;
  std::strcpy(lun.dm_name, "mpatha");
  lun.groups_read_boottime_ns = kNow;
  ASSERT_TRUE(state->PutLun(0, lun).ok());
  pw_port_group_record group{};
  group.tpg = path.tpg;
  group.alua_state = path.alua_state;
  group.support = 0x8f;
  group.status_code = 2;
  group.ports_total = 1;
  group.rtpi[0] = path.rtpi;
  group.since_boottime_ns = path.since_boottime_ns;
  ASSERT_TRUE(state->PutPortGroup(0, group).ok());
  ASSERT_TRUE(state->PutPath(0, path).ok());
  pw_change change = SampleChange(60, PW_STATE_UP);
  change.from = PW_STATE_DOWN;
  change.code.status = 0;
  ASSERT_TRUE(state->AppendHistory(0, path.generation, change).ok());
  pw_change_record logged{};
  logged.generation = path.generation;
  logged.lun = path.lun;
  logged.host = path.host;
  logged.target = path.target;
  logged.change = change;
  std::strcpy(logged.device, path.sd_name);
  std::strcpy(logged.wwid, path.wwid);
  EXPECT_EQ(state->AppendChange(logged), 1U);
  pw_detail_record detail{};
  detail.generation = path.generation;
  std::strcpy(detail.dm_name, "mpatha");
  std::strcpy(detail.dm_wwid, path.wwid);
  std::strcpy(detail.device_state, "running");
  std::strcpy(detail.port_state, "LOGGED_IN");
  ASSERT_TRUE(state->PutDetail(0, detail).ok());
  pw_counters_record counters{};
  counters.values[PW_COUNTER_CHECKS_SENT] = 12;
  counters.values[PW_COUNTER_CHECKS_UP] = 12;
  counters.values[PW_COUNTER_LAST_CHANGE] = state->last_change();
  state->PutCounters(counters);

  const std::string dump = HexDump(ReadBytes(directory.state()));
  const std::vector<std::uint8_t> readme = ReadBytes("proto/README.md");
  const std::string text(readme.begin(), readme.end());
  EXPECT_NE(text.find("```\n" + dump + "```\n"), std::string::npos)
      << "proto/README.md needs this block:\n"
      << dump;
}

}  // namespace
}  // namespace pathwatch::publish
