#include "lib/passthrough/fabric_layout.h"

#include <algorithm>

#include "absl/strings/str_format.h"

namespace pathwatch::passthrough {
namespace {

// Targets of a host that are ports of different controllers.
constexpr std::uint32_t kTargetsApart = kArrays * kControllers;

}  // namespace

FabricLayout::FabricLayout(const FabricOptions& options)
    : paths_(options.paths),
      paths_per_lun_(options.paths_per_lun),
      targets_per_host_(options.targets_per_host) {
  const std::uint32_t hosts =
      (options.paths + options.paths_per_host_max - 1) / options.paths_per_host_max;
  groups_ = std::max<std::uint32_t>(1, (hosts + paths_per_lun_ - 1) / paths_per_lun_);
  const std::uint32_t rows = (targets_per_host_ + kTargetsApart - 1) / kTargetsApart;
  ports_per_controller_ = rows * ((paths_per_lun_ + kControllers - 1) / kControllers);
}

FabricLayout::Spot FabricLayout::SpotOf(std::uint32_t path) const {
  Spot spot;
  spot.unit = path / paths_per_lun_;
  spot.leg = path % paths_per_lun_;
  const std::uint32_t row = spot.unit / groups_;
  spot.host = (spot.unit - row * groups_) * paths_per_lun_ + spot.leg;
  spot.lun = row / targets_per_host_;
  spot.target = row - spot.lun * targets_per_host_;
  spot.nexus = spot.host * targets_per_host_ + spot.target;
  spot.array = spot.target % kArrays;
  spot.controller = (spot.leg + spot.target / kArrays) % kControllers;
  spot.preferred = spot.lun % kControllers;
  return spot;
}

std::uint32_t FabricLayout::PathAt(std::uint32_t nexus, std::uint32_t lun) const {
  const std::uint32_t host = nexus / targets_per_host_;
  const std::uint32_t row = lun * targets_per_host_ + nexus % targets_per_host_;
  const std::uint32_t unit = row * groups_ + host / paths_per_lun_;
  return unit * paths_per_lun_ + host % paths_per_lun_;
}

std::uint32_t FabricLayout::NeighbourOf(std::uint32_t path) const {
  const Spot spot = SpotOf(path);
  const std::uint32_t next = PathAt(spot.nexus, spot.lun + 1);
  if (next < paths_) return next;
  return spot.lun > 0 ? PathAt(spot.nexus, spot.lun - 1) : path;
}

std::uint32_t FabricLayout::PortIndex(const Spot& spot) const {
  const std::uint32_t legs = (paths_per_lun_ + kControllers - 1) / kControllers;
  return spot.target / kTargetsApart * legs + spot.leg / kControllers;
}

std::uint16_t FabricLayout::RelativePort(const Spot& spot) const {
  return static_cast<std::uint16_t>(spot.controller * ports_per_controller_ + PortIndex(spot) + 1);
}

std::vector<std::uint16_t> FabricLayout::RelativePorts(std::uint32_t controller) const {
  std::vector<std::uint16_t> ports;
  for (std::uint32_t index = 0; index < ports_per_controller_; ++index) {
    ports.push_back(static_cast<std::uint16_t>(controller * ports_per_controller_ + index + 1));
  }
  return ports;
}

std::string FabricLayout::InitiatorPort(const Spot& spot) const {
  return absl::StrFormat("0x%x", 0x1000'0000'0000'0001 + spot.host);
}

std::string FabricLayout::TargetPort(const Spot& spot) const {
  return absl::StrFormat("0x500000000%x%02x%04x", 0xA + spot.array, spot.controller + 1,
                         PortIndex(spot) + 1);
}

std::uint64_t KernelLun(std::uint32_t lun) { return lun < 256 ? lun : 0x4000 | lun; }

}  // namespace pathwatch::passthrough
