#include "tests/discovery/describe.h"

#include <sys/sysmacros.h>

#include <cstdio>
#include <utility>

namespace pathwatch::discovery {
namespace {

std::string Node(const char* kind, const std::string& name, dev_t dev) {
  if (name.empty()) return "";
  return std::string(" ") + kind + "=" + name + "(" + std::to_string(major(dev)) + ":" +
         std::to_string(minor(dev)) + ")";
}

std::string Describe(const DiscoveredPath& path) {
  char type[40];
  std::snprintf(type, sizeof type, " pdt=%02x pq=%u tpgs=%u ", path.pdt, path.pq, path.tpgs);
  std::string line = FormatHctl(path.hctl) + " nexus=" + path.nexus + type + path.vendor + "|" +
                     path.product + "|" + path.revision + " lu=" + path.lu_id +
                     Node("sd", path.sd_name, path.sd_dev) + Node("sg", path.sg_name, path.sg_dev);
  if (!path.bsg_name.empty()) line += " bsg=" + path.bsg_name;
  line += " " + std::to_string(path.timeout_s) + "s " + path.state + "\n";
  for (const std::string& warning : path.warnings) line += "  ! " + warning + "\n";
  return line;
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
