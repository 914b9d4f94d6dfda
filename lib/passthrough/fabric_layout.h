// Where the paths of the simulated fabric are, and which ports and controllers they lead to.
//
// Two arrays, A and B, each with two controllers. A logical unit belongs to one array and prefers
// one controller; half of its paths lead to each. Host adapters of one number within their group
// see the same ports.
//
// Thread rule: immutable; any thread.
#ifndef PATHWATCH_LIB_PASSTHROUGH_FABRIC_LAYOUT_H_
#define PATHWATCH_LIB_PASSTHROUGH_FABRIC_LAYOUT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "lib/passthrough/fabric_options.h"

namespace pathwatch::passthrough {

inline constexpr std::uint32_t kArrayA = 0;
inline constexpr std::uint32_t kArrayB = 1;
inline constexpr std::uint32_t kArrays = 2;
inline constexpr std::uint32_t kControllers = 2;  // of an array

class FabricLayout {
 public:
  explicit FabricLayout(const FabricOptions& options);

  // A path in numbers that count from 0.
  struct Spot {
    std::uint32_t unit = 0;
    std::uint32_t leg = 0;  // among the paths of the unit
    std::uint32_t host = 0;
    std::uint32_t target = 0;  // of the host
    std::uint32_t lun = 0;     // of the target
    std::uint32_t nexus = 0;
    std::uint32_t array = kArrayA;
    std::uint32_t controller = 0;
    std::uint32_t preferred = 0;  // controller of the unit
  };
  Spot SpotOf(std::uint32_t path) const;
  // Paths of a nexus by their LUN; for those that do not exist, a number >= paths().
  std::uint32_t PathAt(std::uint32_t nexus, std::uint32_t lun) const;

  std::uint32_t paths() const { return paths_; }
  std::uint32_t hosts() const { return groups_ * paths_per_lun_; }
  std::uint32_t nexuses() const { return hosts() * targets_per_host_; }
  // Another logical unit at the same nexus, which prefers the other controller; `path` itself if
  // the nexus has only one.
  std::uint32_t NeighbourOf(std::uint32_t path) const;

  // Relative identifier of the port behind a path, SPC-4 7.8.6.7; and all those of a controller.
  std::uint16_t RelativePort(const Spot& spot) const;
  std::vector<std::uint16_t> RelativePorts(std::uint32_t controller) const;
  // World wide names as the kernel writes them ("0x1000000000000001").
  std::string InitiatorPort(const Spot& spot) const;
  std::string TargetPort(const Spot& spot) const;

 private:
  std::uint32_t PortIndex(const Spot& spot) const;  // of its controller

  std::uint32_t paths_;
  std::uint32_t paths_per_lun_;
  std::uint32_t targets_per_host_;
  std::uint32_t groups_;                // of hosts
  std::uint32_t ports_per_controller_;  // of an array
};

// The kernel's form of the number of a LUN: peripheral addressing below 256, flat space above
// (SAM-5 4.7.7).
std::uint64_t KernelLun(std::uint32_t lun);

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_FABRIC_LAYOUT_H_
