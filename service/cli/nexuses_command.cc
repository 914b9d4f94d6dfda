#include "service/cli/nexuses_command.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/checker/state_names.h"
#include "lib/discovery/hctl.h"
#include "service/cli/exit_code.h"
#include "service/cli/json.h"
#include "service/cli/loaded_state.h"
#include "service/cli/state_counts.h"
#include "service/cli/table.h"

namespace pathwatch::cli {
namespace {

struct Nexus {
  const pw_nexus_record* record = nullptr;
  discovery::Hctl address;  // the LUN does not count
  std::string host;
};

// A record whose name is none comes last, without a host.
Nexus NexusFrom(const pw_nexus_record& record) {
  const auto address = discovery::ParseHctl(std::string(record.name) + ":0");
  if (address) return {&record, *address, absl::StrFormat("host%d", address->host)};
  return {&record, {std::numeric_limits<std::uint32_t>::max(), 0, 0, 0}, ""};
}

std::vector<Nexus> NexusesOf(const StateView& view) {
  std::vector<Nexus> nexuses;
  for (const pw_nexus_record& record : view.nexuses) {
    if (record.head.in_use != 0) nexuses.push_back(NexusFrom(record));
  }
  std::stable_sort(nexuses.begin(), nexuses.end(),
                   [](const Nexus& a, const Nexus& b) { return a.address < b.address; });
  return nexuses;
}

// "rport-3:0-1 Online"
std::string PortCell(const pw_nexus_record& nexus) {
  const std::string name = nexus.port_name;
  const std::string state = nexus.port_state;
  return name + (name.empty() || state.empty() ? "" : " ") + state;
}

std::string NexusTable(const std::vector<Nexus>& nexuses, const Clocks& clocks) {
  Table table({"NEXUS", "HOST", "TRANSPORT", "INITIATOR", "TARGET", "PORT", "PATHS", "IN-FLIGHT",
               "SILENT", "UNANSWERED"});
  for (const Nexus& nexus : nexuses) {
    const pw_nexus_record& record = *nexus.record;
    table.AddRow({record.name, nexus.host, pw_transport_name(record.transport),
                  record.initiator_port, record.target_port, PortCell(record),
                  CountsText(CountsOf(record.paths_total, record.paths_by_state), ", "),
                  absl::StrFormat("%d", record.in_flight), record.silent != 0 ? "yes" : "no",
                  AgeSince(record.oldest_unanswered_boottime_ns, clocks)});
  }
  return table.Text();
}

std::optional<std::int64_t> AgeOrNull(std::int64_t boottime_ns, const Clocks& clocks) {
  if (boottime_ns == 0) return std::nullopt;
  return std::max<std::int64_t>(clocks.boot_now_ns - boottime_ns, 0);
}

void WriteNexus(const Nexus& nexus, const Clocks& clocks, Json& json) {
  const pw_nexus_record& record = *nexus.record;
  json.BeginObject();
  json.Text("nexus", record.name);
  json.Text("host", nexus.host);
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

std::string NexusesAsJson(const std::vector<Nexus>& nexuses, const Clocks& clocks) {
  Json json;
  json.BeginObject();
  json.BeginArray("nexuses");
  for (const Nexus& nexus : nexuses) WriteNexus(nexus, clocks, json);
  json.EndArray();
  json.EndObject();
  return json.Document() + "\n";
}

}  // namespace

int RunNexuses(const Context& context, bool json) {
  const auto loaded = LoadOrComplain(context);
  if (!loaded) return kExitNoData;
  const std::vector<Nexus> nexuses = NexusesOf(loaded->view);
  context.out << (json ? NexusesAsJson(nexuses, context.clocks)
                       : NexusTable(nexuses, context.clocks));
  return loaded->code;
}

}  // namespace pathwatch::cli
