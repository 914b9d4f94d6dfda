#include "service/present/status_json.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "lib/checker/state_names.h"
#include "service/passthrough_text.h"

namespace pathwatch::present {
namespace {

void WriteCounters(const StatusFacts& facts, Json& json) {
  json.BeginObject("counters");
  for (std::uint32_t i = 0; facts.counters != nullptr && i < PW_COUNTERS; i++) {
    json.Number(pw_counter_name(i), facts.counters->values[i]);
  }
  json.EndObject();
}

void WriteWays(const Summary& summary, Json& json) {
  json.BeginArray("passthrough_reasons");
  for (const auto& [way, paths] : summary.by_way) {
    json.BeginObject();
    json.Text("passthrough", pw_passthrough_name(way.passthrough));
    json.Number("paths", paths);
    json.Text("reason", DescribeChoice(way.choice, way.error));
    json.EndObject();
  }
  json.EndArray();
}

void WriteConfiguration(const StatusFacts& facts, const Clocks& clocks, Json& json) {
  if (!TellsConfiguration(facts)) return;
  const auto& values = facts.counters->values;
  const auto time = [&](pw_counter counter) {
    return WallTimeOrNull(CounterTime(facts, counter), clocks);
  };
  json.BeginObject("configuration");
  json.TextOrNull("since", time(PW_COUNTER_CONFIG_SINCE));
  json.Number("files", values[PW_COUNTER_CONFIG_FILES]);
  json.Number("settings", values[PW_COUNTER_CONFIG_SETTINGS]);
  json.TextOrNull("last_reload", time(PW_COUNTER_RELOAD_TRIED));
  json.Bool("last_reload_failed", values[PW_COUNTER_RELOAD_HAS_FAILED] != 0);
  json.EndObject();
}

void WriteDaemon(const StatusFacts& facts, const Clocks& clocks, Json& json) {
  json.BeginObject("daemon");
  json.SecondsOrNull("heartbeat_age_s", HeartbeatAge(facts));
  json.Bool("stale", facts.stale);
  json.Number("pid", facts.header.daemon_pid);
  json.Text("version", facts.header.daemon_version);
  json.SecondsOrNull("uptime_s", UptimeNs(facts));
  json.Text("epoch", EpochText(facts.header.epoch));
  json.BeginObject("passthrough");
  for (std::uint32_t i = 0; i < kPassthroughs; i++) {
    json.Number(pw_passthrough_name(i), facts.summary.by_passthrough[i]);
  }
  json.EndObject();
  WriteWays(facts.summary, json);
  WriteConfiguration(facts, clocks, json);
  WriteCounters(facts, json);
  json.EndObject();
}

}  // namespace

std::optional<std::int64_t> HeartbeatAge(const StatusFacts& facts) {
  if (!facts.heartbeat_age_ns || facts.stale) return facts.heartbeat_age_ns;
  return std::max<std::int64_t>(*facts.heartbeat_age_ns, 0);
}

std::optional<std::int64_t> UptimeNs(const StatusFacts& facts) {
  if (!facts.heartbeat_age_ns) return std::nullopt;
  return facts.header.heartbeat_boottime_ns - facts.header.started_boottime_ns;
}

bool TellsConfiguration(const StatusFacts& facts) {
  return facts.counters != nullptr && facts.counters->values[PW_COUNTER_CONFIG_SINCE] != 0;
}

std::int64_t CounterTime(const StatusFacts& facts, pw_counter counter) {
  return static_cast<std::int64_t>(facts.counters->values[counter]);
}

std::string EpochText(std::uint64_t epoch) { return absl::StrFormat("%016x", epoch); }

void WriteStatus(const StatusFacts& facts, const Clocks& clocks, Json& json) {
  const Summary& summary = facts.summary;
  json.BeginObject();
  json.BeginObject("paths");
  json.Number("total", summary.paths);
  for (std::uint32_t i = 0; i < PW_STATES; i++) json.Number(pw_state_name(i), summary.by_state[i]);
  json.EndObject();
  json.BeginObject("luns");
  json.Number("total", summary.luns);
  json.Number("degraded", summary.degraded);
  json.Number("no_path", summary.no_path);
  json.EndObject();
  WriteDaemon(facts, clocks, json);
  json.EndObject();
}

}  // namespace pathwatch::present
