#include "service/cli/nexuses_command.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/checker/state_names.h"
#include "service/cli/exit_code.h"
#include "service/cli/loaded_state.h"
#include "service/cli/table.h"
#include "service/present/json.h"
#include "service/present/nexus_json.h"
#include "service/present/state_counts.h"

namespace pathwatch::cli {
namespace {

using Nexuses = std::vector<const pw_nexus_record*>;

Nexuses NexusesOf(const StateView& view) {
  Nexuses nexuses;
  for (const pw_nexus_record& record : view.nexuses) {
    if (record.head.in_use != 0) nexuses.push_back(&record);
  }
  std::stable_sort(nexuses.begin(), nexuses.end(), [](const auto* a, const auto* b) {
    return present::NexusAddress(*a) < present::NexusAddress(*b);
  });
  return nexuses;
}

// "rport-3:0-1 Online"
std::string PortCell(const pw_nexus_record& nexus) {
  const std::string name = nexus.port_name;
  const std::string state = nexus.port_state;
  return name + (name.empty() || state.empty() ? "" : " ") + state;
}

std::string NexusTable(const Nexuses& nexuses, const present::Clocks& clocks) {
  Table table({"NEXUS", "HOST", "TRANSPORT", "INITIATOR", "TARGET", "PORT", "PATHS", "IN-FLIGHT",
               "SILENT", "UNANSWERED"});
  for (const pw_nexus_record* nexus : nexuses) {
    const pw_nexus_record& record = *nexus;
    table.AddRow(
        {record.name, present::NexusHostName(record), pw_transport_name(record.transport),
         record.initiator_port, record.target_port, PortCell(record),
         present::CountsText(present::CountsOf(record.paths_total, record.paths_by_state), ", "),
         absl::StrFormat("%d", record.in_flight), record.silent != 0 ? "yes" : "no",
         present::AgeSince(record.oldest_unanswered_boottime_ns, clocks)});
  }
  return table.Text();
}

std::string NexusesAsJson(const Nexuses& nexuses, const present::Clocks& clocks) {
  present::Json json;
  json.BeginObject();
  json.BeginArray("nexuses");
  for (const pw_nexus_record* nexus : nexuses) present::WriteNexus(*nexus, clocks, json);
  json.EndArray();
  json.EndObject();
  return json.Document() + "\n";
}

}  // namespace

int RunNexuses(const Context& context, bool json) {
  const auto loaded = LoadOrComplain(context);
  if (!loaded) return kExitNoData;
  const Nexuses nexuses = NexusesOf(loaded->view);
  context.out << (json ? NexusesAsJson(nexuses, context.clocks)
                       : NexusTable(nexuses, context.clocks));
  return loaded->code;
}

}  // namespace pathwatch::cli
