// The bytes that a simulated logical unit answers with. Pure; any thread.
#ifndef PATHWATCH_LIB_PASSTHROUGH_FABRIC_BYTES_H_
#define PATHWATCH_LIB_PASSTHROUGH_FABRIC_BYTES_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "lib/scsi/rtpg.h"

namespace pathwatch::passthrough {

using Data = std::vector<std::uint8_t>;

// Standard INQUIRY data, 36 bytes (SPC-4 6.6.2). `peripheral` is byte 0. Texts that are too long
// are cut.
Data InquiryData(std::uint8_t peripheral, std::uint8_t tpgs, std::string_view vendor,
                 std::string_view product, std::string_view revision);

// VPD page 83h (SPC-4 7.8.6): NAA of the logical unit, relative port and port group of the path.
Data IdentityPage(const std::array<std::uint8_t, 16>& naa, std::uint16_t relative_port,
                  std::uint16_t group);

// The reply to REPORT TARGET PORT GROUPS (SPC-4 6.37), with the extended header if a time is given.
Data GroupsData(std::span<const scsi::PortGroup> groups,
                std::optional<std::uint8_t> implicit_transition_s);

// The reply to REPORT LUNS (SPC-4 6.33); LUNs in the kernel's form.
Data LunsData(std::span<const std::uint64_t> luns);

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_FABRIC_BYTES_H_
