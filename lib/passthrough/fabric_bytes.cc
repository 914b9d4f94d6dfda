#include "lib/passthrough/fabric_bytes.h"

#include <algorithm>
#include <cstddef>

namespace pathwatch::passthrough {
namespace {

void AppendBe16(Data& data, std::uint16_t value) {
  data.push_back(static_cast<std::uint8_t>(value >> 8));
  data.push_back(static_cast<std::uint8_t>(value));
}

// Bytes 0-3 of both lists count what follows `counted_from`.
void SetLength(Data& data, std::size_t counted_from) {
  const std::size_t length = data.size() - counted_from;
  for (std::size_t i = 0; i < 4; ++i) {
    data[i] = static_cast<std::uint8_t>(length >> (24 - 8 * i));
  }
}

void SetText(Data& data, std::size_t offset, std::size_t width, std::string_view text) {
  std::fill_n(data.begin() + static_cast<std::ptrdiff_t>(offset), width, ' ');
  std::copy_n(text.begin(), std::min(width, text.size()),
              data.begin() + static_cast<std::ptrdiff_t>(offset));
}

}  // namespace

Data InquiryData(std::uint8_t peripheral, std::uint8_t tpgs, std::string_view vendor,
                 std::string_view product, std::string_view revision) {
  Data data(36);
  data[0] = peripheral;
  data[2] = 0x06;  // VERSION: SPC-4
  data[3] = 0x12;  // HISUP, RESPONSE DATA FORMAT 2
  data[4] = 36 - 5;
  data[5] = static_cast<std::uint8_t>(tpgs << 4);
  data[6] = 0x10;  // MULTIP
  data[7] = 0x02;  // CMDQUE
  SetText(data, 8, 8, vendor);
  SetText(data, 16, 16, product);
  SetText(data, 32, 4, revision);
  return data;
}

Data IdentityPage(const std::array<std::uint8_t, 16>& naa, std::uint16_t relative_port,
                  std::uint16_t group) {
  // Binary, of the logical unit, type 3h.
  Data data = {0x00, 0x83, 0, 0, 0x01, 0x03, 0x00, 16};
  data.insert(data.end(), naa.begin(), naa.end());
  // FC, binary, of the target port: types 4h and 5h.
  data.insert(data.end(), {0x01, 0x94, 0x00, 4, 0, 0});
  AppendBe16(data, relative_port);
  data.insert(data.end(), {0x01, 0x95, 0x00, 4, 0, 0});
  AppendBe16(data, group);
  data[3] = static_cast<std::uint8_t>(data.size() - 4);
  return data;
}

Data GroupsData(std::span<const scsi::PortGroup> groups,
                std::optional<std::uint8_t> implicit_transition_s) {
  Data data(4);
  if (implicit_transition_s.has_value())
    data.insert(data.end(), {0x10, *implicit_transition_s, 0, 0});
  for (const scsi::PortGroup& group : groups) {
    data.push_back(static_cast<std::uint8_t>((group.preferred ? 0x80 : 0) | group.state_code));
    data.push_back(group.support);
    AppendBe16(data, group.id);
    data.insert(data.end(),
                {0, group.status_code, 0, static_cast<std::uint8_t>(group.ports.size())});
    for (const std::uint16_t port : group.ports) {
      AppendBe16(data, 0);
      AppendBe16(data, port);
    }
  }
  SetLength(data, 4);
  return data;
}

Data LunsData(std::span<const std::uint64_t> luns) {
  Data data(8);
  for (const std::uint64_t lun : luns) {
    for (int word = 0; word < 4; ++word) {
      AppendBe16(data, static_cast<std::uint16_t>(lun >> (16 * word)));
    }
  }
  SetLength(data, 8);
  return data;
}

}  // namespace pathwatch::passthrough
