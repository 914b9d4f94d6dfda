// The worked example of proto/README.md is what the writer writes.
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "lib/publish/state_file.h"
#include "tests/publish/hex_dump.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::publish {
namespace {

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
