#include "tests/metrics/sample_fabric.h"

#include <cstdlib>
#include <initializer_list>
#include <iostream>
#include <vector>

namespace pathwatch::metrics {
namespace {

constexpr std::int64_t kHour = 3'600 * kSecond;

enum Nexus : std::uint32_t { kFc, kSilentFc, kIscsi, kFormerIscsi, kSas };
enum Lun : std::uint32_t { kWithGroups, kHostile, kNameless, kGone };

void Check(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << status << "\n";
  std::abort();
}

pw_histogram Durations(std::uint64_t first) {
  pw_histogram histogram{};
  for (std::uint64_t i = 0; i <= PW_HISTOGRAM_BOUNDS; ++i) histogram.counts[i] = first + i;
  histogram.sum_ns = first * 1'500'000;
  return histogram;
}

struct NexusNames {
  Nexus slot;
  const char* name;
  pw_transport transport;
  const char* initiator_port;
  const char* target_port;
  const char* port_name;
  const char* port_state;
  const char* portal;
};
constexpr NexusNames kNexuses[] = {
    {kFc, "3:0:0", PW_TRANSPORT_FC, "0x2100001b32810c2a", "0x50060e8010404a10", "rport-3:0-0",
     "Online", ""},
    {kSilentFc, "3:0:1", PW_TRANSPORT_FC, "0x2100001b32810c2a", "0x50060e8010404a11", "rport-3:0-1",
     "Blocked", ""},
    {kIscsi, "6:0:0", PW_TRANSPORT_ISCSI, "iqn.2026-11.example:host", "iqn.2026-11.example:array,1",
     "session9", "LOGGED_IN", "192.0.2.7:3260"},
    {kFormerIscsi, "4:0:0", PW_TRANSPORT_ISCSI, "iqn.2026-11.example:host",
     "iqn.2026-11.example:array,1", "session4", "FAILED", "192.0.2.7:3260"},
    {kSas, "5:0:0", PW_TRANSPORT_SAS, "", "", "end_device-5:0", "running", ""},
};

pw_nexus_record RecordOf(const NexusNames& names) {
  pw_nexus_record nexus{};
  SetText(nexus.name, names.name);
  nexus.transport = names.transport;
  SetText(nexus.initiator_port, names.initiator_port);
  SetText(nexus.target_port, names.target_port);
  SetText(nexus.port_name, names.port_name);
  SetText(nexus.port_state, names.port_state);
  SetText(nexus.portal, names.portal);
  nexus.silent = names.slot == kSilentFc ? 1 : 0;
  nexus.in_flight = names.slot + 1;
  nexus.durations[PW_COMMAND_TUR] = Durations(10 * (names.slot + 1));
  if (names.slot == kFc) {
    for (std::uint32_t i = PW_COMMAND_RTPG; i < PW_COMMANDS; ++i) nexus.durations[i] = Durations(i);
  }
  return nexus;
}

pw_lun_record RecordOf(Lun slot) {
  pw_lun_record lun{};
  switch (slot) {
    case kWithGroups:
      SetText(lun.wwid, "3600a0b80000f1b2c0000000000000001");
      SetText(lun.dm_name, "mpatha");
      break;
    case kHostile:
      SetText(lun.wwid, "3600\"\\\n\x01\xff");
      SetText(lun.dm_name, "back\\slash \"quoted\"");
      break;
    case kNameless:
      SetText(lun.wwid, "5:0:0:0");
      break;
    case kGone:
      SetText(lun.wwid, "3600a0b80000f1b2c0000000000000009");
      break;
  }
  SetText(lun.vendor, slot == kHostile ? "A\tCME\xc3" : "LSI");
  SetText(lun.product, slot == kHostile ? "S\xc3\xbc\xc3\xa4\x7f}\n# HELP" : "INF-01-00");
  lun.paths_expected = slot + 2;
  return lun;
}

pw_path_record Placed(pw_path_record path, Nexus nexus, Lun slot) {
  const pw_lun_record lun = RecordOf(slot);
  path.nexus_index = nexus;
  path.lun_index = slot;
  if (slot == kNameless) {
    path.wwid[0] = '\0';
  } else {
    SetText(path.wwid, lun.wwid);
  }
  SetText(path.vendor, lun.vendor);
  SetText(path.product, lun.product);
  return path;
}

pw_path_record InState(pw_path_record path, pw_state state) {
  path.state = static_cast<std::uint8_t>(state);
  path.since_boottime_ns = Ago(60 * kSecond);
  path.state_changes = 3;
  if (state != PW_STATE_GHOST && state != PW_STATE_REMOVED) {
    path.failures_by_state[state] = 40 + state;
  }
  return path;
}

std::vector<pw_path_record> Paths() {
  std::vector<pw_path_record> paths;
  paths.push_back(Placed(PathAt(3, 0, 1), kFc, kWithGroups));
  paths.push_back(Placed(InState(PathAt(3, 1, 1), PW_STATE_NO_ANSWER), kSilentFc, kWithGroups));
  paths.back().valid_until_boottime_ns = INT64_MAX;
  paths.back().failures_by_state[PW_STATE_DOWN] = 2;
  paths.push_back(Placed(InState(PathAt(6, 0, 1), PW_STATE_GHOST), kIscsi, kWithGroups));
  paths.back().alua_state = PW_ALUA_STANDBY;
  paths.back().flags |= PW_PATH_UNCONFIRMED;
  paths.push_back(Placed(InState(PathAt(4, 0, 1), PW_STATE_REMOVED), kFormerIscsi, kWithGroups));
  paths.push_back(Placed(InState(PathAt(3, 0, 2), PW_STATE_TRANSITIONING), kFc, kHostile));
  SetText(paths.back().sd_name, "sd\xf0\x28 \"");
  paths.push_back(Placed(InState(PathAt(3, 1, 2), PW_STATE_UNAVAILABLE), kSilentFc, kHostile));
  paths.push_back(Placed(InState(PathAt(6, 0, 2), PW_STATE_WRONG_LU), kIscsi, kHostile));
  paths.push_back(Placed(InState(PathAt(5, 0, 0), PW_STATE_DOWN), kSas, kNameless));
  paths.back().valid_until_boottime_ns = Ago(kSecond);
  paths.push_back(Placed(InState(PathAt(3, 0, 9), PW_STATE_UNMAPPED), kFc, kGone));
  paths.push_back(Placed(PathAt(3, 0, 0x4001), kFc, kGone));
  paths.back().state = PW_STATE_UNKNOWN;
  paths.back().last_check_done_boottime_ns = 0;
  paths.back().flags = 0;
  paths.back().alua_state = PW_ALUA_UNKNOWN;
  paths.back().passthrough = PW_PASSTHROUGH_NONE;
  return paths;
}

template <class Record>
void Count(const pw_path_record& path, Record& record) {
  record.paths_by_state[path.state]++;
  record.paths_total += path.state == PW_STATE_REMOVED ? 0 : 1;
}

void WritePortGroups(publish::StateFile& file) {
  std::uint32_t slot = 0;
  for (const std::uint32_t state : {PW_ALUA_ACTIVE_OPTIMIZED, PW_ALUA_STANDBY, PW_ALUA_STANDBY}) {
    pw_port_group_record group{};
    group.lun_index = kWithGroups;
    group.tpg = static_cast<std::uint16_t>(slot + 1);
    group.alua_state = static_cast<std::uint8_t>(state);
    Check(file.PutPortGroup(slot++, group));
  }
}

pw_counters_record Counters() {
  pw_counters_record counters{};
  for (std::uint64_t i = 0; i < PW_COUNTERS; ++i) counters.values[i] = 1'000 + i;
  counters.values[PW_COUNTER_OLDEST_IN_FLIGHT] = static_cast<std::uint64_t>(Ago(12 * kSecond));
  counters.values[PW_COUNTER_CONFIG_SINCE] = static_cast<std::uint64_t>(Ago(500 * kSecond));
  counters.values[PW_COUNTER_RELOAD_HAS_FAILED] = 1;
  counters.values[PW_COUNTER_LOOP_LONGEST_TURN_NS] = 2'500'000;
  counters.values[PW_COUNTER_LONGEST_SLICE_NS] = 450'000;
  counters.loop_lag = Durations(100);
  return counters;
}

}  // namespace

publish::Capacities SampleCapacities() {
  return {.hosts = 8, .nexuses = 8, .luns = 8, .paths = 16, .port_groups = 8, .changes = 32};
}

pw_path_record PathAt(std::uint32_t host, std::uint32_t target, std::uint64_t lun) {
  pw_path_record path = publish::SamplePath(0);
  path.host = host;
  path.target = target;
  path.lun = lun;
  path.sd_devt = path.sg_devt = 0;
  SetText(path.sd_name, "sd" + std::string(1, static_cast<char>('a' + host)) + std::to_string(lun));
  path.since_boottime_ns = Ago(2 * kHour);
  return path;
}

void WriteSampleFabric(publish::StateFile& file) {
  const std::vector<pw_path_record> paths = Paths();
  for (std::uint32_t i = 0; i < paths.size(); ++i) Check(file.PutPath(i, paths[i]));
  for (const NexusNames& names : kNexuses) {
    pw_nexus_record nexus = RecordOf(names);
    for (const auto& path : paths) {
      if (path.nexus_index == names.slot) Count(path, nexus);
    }
    Check(file.PutNexus(names.slot, nexus));
  }
  for (const Lun slot : {kWithGroups, kHostile, kNameless, kGone}) {
    pw_lun_record lun = RecordOf(slot);
    for (const auto& path : paths) {
      if (path.lun_index == slot) Count(path, lun);
    }
    Check(file.PutLun(slot, lun));
  }
  WritePortGroups(file);
  file.PutCounters(Counters());
}

}  // namespace pathwatch::metrics
