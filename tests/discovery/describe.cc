#include "tests/discovery/describe.h"

#include <sys/sysmacros.h>

#include <cstdint>
#include <cstdio>
#include <optional>
#include <utility>

namespace pathwatch::discovery {
namespace {

std::string Node(const char* kind, const std::string& name, dev_t dev) {
  if (name.empty()) return "";
  return std::string(" ") + kind + "=" + name + "(" + std::to_string(major(dev)) + ":" +
         std::to_string(minor(dev)) + ")";
}

std::string Number(const char* name, const std::optional<std::uint16_t>& number) {
  return number ? std::string(" ") + name + "=" + std::to_string(*number) : "";
}

std::string Describe(const DiscoveredPath& path) {
  char type[40];
  std::snprintf(type, sizeof type, " pdt=%02x pq=%u tpgs=%u ", path.pdt, path.pq, path.tpgs);
  std::string line = FormatHctl(path.hctl) + " nexus=" + path.nexus + type + path.vendor + "|" +
                     path.product + "|" + path.revision + " lu=" + path.lu_id +
                     Number("tpg", path.target_port_group) +
                     Number("rtpi", path.relative_target_port) +
                     Node("sd", path.sd_name, path.sd_dev) + Node("sg", path.sg_name, path.sg_dev);
  if (!path.bsg_name.empty()) line += " bsg=" + path.bsg_name;
  if (!path.dm_wwid.empty()) line += " dm=" + path.dm_name + "(" + path.dm_wwid + ")";
  line += " " + std::to_string(path.timeout_s) + "s " + path.state + "\n";
  for (const std::string& warning : path.warnings) line += "  ! " + warning + "\n";
  return line;
}

const char* InWords(Transport transport) {
  switch (transport) {
    case Transport::kOther:
      return "other";
    case Transport::kFc:
      return "fc";
    case Transport::kIscsi:
      return "iscsi";
    case Transport::kSas:
      return "sas";
  }
  return "";
}

std::string Describe(const DiscoveredNexus& nexus) {
  DiscoveredNexus plain;
  plain.name = nexus.name;
  if (nexus == plain) return "";
  return "nexus " + nexus.name + " " + InWords(nexus.transport) + " " + nexus.port_name + " '" +
         nexus.port_state + "' " + nexus.initiator_port + " -> " + nexus.target_port +
         (nexus.portal.empty() ? "" : " at " + nexus.portal) + "\n";
}

std::string Replace(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace

std::string Describe(const Snapshot& snapshot, const std::string& root) {
  std::string text;
  for (const DiscoveredPath& path : snapshot.paths) text += Describe(path);
  for (const DiscoveredNexus& nexus : snapshot.nexuses) text += Describe(nexus);
  for (const DiscoveredHost& host : snapshot.hosts) {
    text += "host" + std::to_string(host.number) + " " + host.proc_name + " " +
            std::to_string(host.can_queue) + "\n";
  }
  for (const NotChecked& device : snapshot.not_checked) {
    text += std::string(device.kind == NotCheckedKind::kExcluded ? "excluded " : "unreadable ") +
            FormatHctl(device.hctl) + ": " + device.reason + "\n";
  }
  for (const std::string& warning : snapshot.warnings) text += "! " + warning + "\n";
  return Replace(std::move(text), root, "SYS");
}

std::string Describe(const absl::StatusOr<Snapshot>& snapshot, const std::string& root) {
  if (snapshot.ok()) return Describe(*snapshot, root);
  return Replace(snapshot.status().ToString(), root, "SYS");
}

absl::StatusOr<Snapshot> Scan(const std::string& root, const Snapshot* previous,
                              std::set<Hctl> refresh) {
  Scanner scanner(root);
  scanner.Start(previous, std::move(refresh));
  while (!scanner.Step([] { return false; })) {
  }
  return scanner.TakeResult();
}

}  // namespace pathwatch::discovery
