#include "tests/health/replies.h"

#include "gtest/gtest.h"
#include "lib/scsi/vpd83.h"

namespace pathwatch::health {
namespace {

using Bytes = std::vector<std::uint8_t>;

void Append(Bytes& bytes, std::uint32_t value, int size) {
  for (int i = size - 1; i >= 0; --i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

Bytes PageBytes(std::uint8_t unit, std::optional<std::uint16_t> group) {
  Bytes page = {0x00, 0x83, 0x00, 0x00, 0x01, 0x03, 0x00, 0x08,
                0x50, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, unit};
  if (group.has_value()) {
    page.insert(page.end(), {0x51, 0x95, 0x00, 0x04, 0x00, 0x00});
    Append(page, *group, 2);
  }
  page[3] = static_cast<std::uint8_t>(page.size() - 4);
  return page;
}

}  // namespace

Behaviour Groups(const std::vector<Group>& groups, std::optional<std::uint8_t> transition_s) {
  Bytes list;
  if (transition_s.has_value()) list = {0x10, *transition_s, 0, 0};
  for (const Group& group : groups) {
    list.insert(list.end(), {static_cast<std::uint8_t>(group.state), 0xCF});
    Append(list, group.id, 2);
    list.insert(list.end(), {0, 0, 0, 1, 0, 0});
    Append(list, group.port, 2);
  }
  Bytes reply;
  Append(reply, static_cast<std::uint32_t>(list.size()), 4);
  reply.insert(reply.end(), list.begin(), list.end());
  return Data(reply);
}

Behaviour Disk(std::uint8_t tpgs) {
  Bytes inquiry(36, ' ');
  inquiry[0] = 0x00;
  inquiry[5] = static_cast<std::uint8_t>(tpgs << 4);
  return Data(inquiry);
}

Behaviour NoLogicalUnit() {
  Bytes inquiry(36, ' ');
  inquiry[0] = 0x3F;  // PQ 1, PDT 1Fh: as LIO answers for its virtual LUN 0
  inquiry[5] = 0;
  return Data(inquiry);
}

Behaviour Page(std::uint8_t unit, std::optional<std::uint16_t> group) {
  return Data(PageBytes(unit, group));
}

scsi::LogicalUnitIdentity Identity(std::uint8_t unit) {
  const auto page = scsi::ParseVpd83(PageBytes(unit, std::nullopt));
  EXPECT_TRUE(page.ok()) << page.status();
  return page.ok() ? scsi::IdentityOf(*page) : scsi::LogicalUnitIdentity{};
}

Behaviour Luns(const std::vector<std::uint8_t>& luns) {
  Bytes reply;
  Append(reply, static_cast<std::uint32_t>(8 * luns.size()), 4);
  Append(reply, 0, 4);
  for (const std::uint8_t lun : luns) reply.insert(reply.end(), {0, lun, 0, 0, 0, 0, 0, 0});
  return Data(reply);
}

}  // namespace pathwatch::health
