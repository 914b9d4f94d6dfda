#include "service/present/nexus_json.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

#include "lib/checker/state_names.h"
#include "service/present/state_counts.h"

namespace pathwatch::present {
namespace {

std::optional<std::int64_t> AgeOrNull(std::int64_t boottime_ns, const Clocks& clocks) {
  if (boottime_ns == 0) return std::nullopt;
  return std::max<std::int64_t>(clocks.boot_now_ns - boottime_ns, 0);
}

}  // namespace

void WriteNexus(const pw_nexus_record& record, const Clocks& clocks, Json& json) {
  json.BeginObject();
  json.Text("nexus", record.name);
  json.Text("host", NexusHostName(record));
  json.Text("transport", pw_transport_name(record.transport));
  json.Text("initiator_port", record.initiator_port);
  json.Text("target_port", record.target_port);
  json.Text("port_name", record.port_name);
  json.Text("port_state", record.port_state);
  json.Text("portal", record.portal);
  WriteCounts("paths", CountsOf(record.paths_total, record.paths_by_state), json);
  json.Number("in_flight", record.in_flight);
  json.Bool("silent", record.silent != 0);
  json.SecondsOrNull("oldest_unanswered_s",
                     AgeOrNull(record.oldest_unanswered_boottime_ns, clocks));
  json.EndObject();
}

discovery::Hctl NexusAddress(const pw_nexus_record& nexus) {
  const auto address = discovery::ParseHctl(std::string(nexus.name) + ":0");
  if (address) return *address;
  return {std::numeric_limits<std::uint32_t>::max(), 0, 0, 0};
}

std::string NexusHostName(const pw_nexus_record& nexus) {
  const auto address = discovery::ParseHctl(std::string(nexus.name) + ":0");
  return address ? "host" + std::to_string(address->host) : "";
}

}  // namespace pathwatch::present
