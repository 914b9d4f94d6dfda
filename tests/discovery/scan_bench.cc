// How long a scan takes per device, and how far a slice overshoots. Both in CPU time of this
// thread, as other load on the machine would be counted otherwise.
//
//   bazel run -c opt //tests/discovery:scan_bench -- [DEVICES] [SYSFS]
//
// Without SYSFS it makes a tree of DEVICES (default 10000) disks below TEST_TMPDIR: FC, 256 logical
// units per remote port, four paths per dm-multipath map.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "lib/discovery/scanner.h"
#include "tests/discovery/sysfs_tree.h"

namespace pathwatch::discovery {
namespace {

constexpr double kSliceUs = 5000;
constexpr int kRounds = 5;

double NowUs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

void AddDisk(SysfsTree& tree, int number) {
  const std::string host = std::to_string(number / 1024);
  const std::string target = std::to_string(number / 256 % 4);
  const std::string nexus = host + ":0:" + target;
  const std::string address = nexus + ":" + std::to_string(number % 256);
  const std::string rport = "rport-" + host + ":0-" + std::to_string(number / 256 % 4);
  const std::string device =
      "devices/pci0000:00/host" + host + "/" + rport + "/target" + nexus + "/" + address + "/";
  if (number % 256 == 0) {
    tree.Write("class/fc_host/host" + host + "/port_name", "0x2000020000000a\n");
    tree.Write("class/fc_remote_ports/" + rport + "/port_name", "0x2000020000000b\n");
    tree.Write("class/fc_remote_ports/" + rport + "/port_state", "Online\n");
  }
  tree.Link("class/scsi_device/" + address, "../../" + device + "scsi_device/" + address);
  tree.Link(device + "scsi_device/" + address + "/device", "../../../" + address);
  tree.Write(device + "inquiry",
             std::string("\0\0\6\2\x1f\x30\0\2LIO-ORG rd              4.0 ", 36));
  std::string page("\0\x83\0\x14\1\3\0\x10\x60\1\x40\x50\0\0\0\0\0\0\0\0\0\0\0\0", 24);
  for (std::size_t i = 0; i < 4; ++i) page[20 + i] = static_cast<char>(number >> (24 - 8 * i));
  tree.Write(device + "vpd_pg83", page);
  tree.Write(device + "state", "running\n");
  tree.Write(device + "timeout", "30\n");
  const std::string minor = std::to_string(number);
  tree.Write(device + "block/sd" + minor + "/dev", "8:" + minor + "\n");
  tree.Write(device + "scsi_generic/sg" + minor + "/dev", "21:" + minor + "\n");
  tree.Write(device + "bsg/" + address + "/dev", "250:" + minor + "\n");
  tree.Link("block/sd" + minor, "../" + device + "block/sd" + minor);
  const std::string map = "dm-" + std::to_string(number / 4);
  const std::string map_device = "devices/virtual/block/" + map + "/";
  if (number % 4 == 0) {
    tree.Link("block/" + map, "../" + map_device);
    tree.Write(map_device + "dm/uuid", "mpath-3600140500000000000000000000" + minor + "\n");
    tree.Write(map_device + "dm/name", "mpath" + minor + "\n");
  }
  tree.Link(map_device + "slaves/sd" + minor, "../../../../../" + device + "block/sd" + minor);
}

struct Timing {
  double total_us = 0;
  double longest_slice_us = 0;
  int slices = 0;
};

Timing Measure(const std::string& root, const Snapshot* previous, Snapshot& ret_snapshot) {
  Scanner scanner(root);
  Timing timing;
  scanner.Start(previous);
  for (bool done = false; !done; ++timing.slices) {
    const double start_us = NowUs();
    done = scanner.Step([&] { return NowUs() - start_us >= kSliceUs; });
    const double took_us = NowUs() - start_us;
    timing.total_us += took_us;
    timing.longest_slice_us = std::max(timing.longest_slice_us, took_us);
  }
  auto snapshot = scanner.TakeResult();
  if (!snapshot.ok()) {
    std::fprintf(stderr, "%s\n", snapshot.status().ToString().c_str());
    std::exit(1);
  }
  ret_snapshot = *std::move(snapshot);
  return timing;
}

void Report(const char* name, const std::string& root, const Snapshot* previous) {
  std::vector<Timing> rounds(kRounds);
  Snapshot snapshot;
  for (Timing& round : rounds) round = Measure(root, previous, snapshot);
  std::sort(rounds.begin(), rounds.end(),
            [](const Timing& a, const Timing& b) { return a.total_us < b.total_us; });
  const Timing& median = rounds[kRounds / 2];
  std::printf(
      "%-8s %zu paths: %.1f us per path, %.1f ms in %d slices, longest slice %.2f ms\n", name,
      snapshot.paths.size(),
      median.total_us / static_cast<double>(std::max<std::size_t>(1, snapshot.paths.size())),
      median.total_us / 1000, median.slices, median.longest_slice_us / 1000);
}

}  // namespace
}  // namespace pathwatch::discovery

int main(int argc, char** argv) {
  using pathwatch::discovery::Report;
  using pathwatch::discovery::Snapshot;
  const int devices = argc > 1 ? std::atoi(argv[1]) : 10000;
  pathwatch::discovery::SysfsTree tree;
  std::string root = tree.root();
  if (argc > 2) {
    root = argv[2];
  } else {
    tree.MakeDirectory("class/scsi_host");
    for (int i = 0; i < devices; ++i) pathwatch::discovery::AddDisk(tree, i);
  }
  Report("full", root, nullptr);
  Snapshot known;
  pathwatch::discovery::Measure(root, nullptr, known);
  Report("rescan", root, &known);
  return 0;
}
