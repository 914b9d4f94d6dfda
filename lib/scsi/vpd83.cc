#include "lib/scsi/vpd83.h"

#include <algorithm>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lib/scsi/bytes.h"

namespace pathwatch::scsi {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kHeaderSize = 4;  // of the page and of each designator

// Types 4 and 5 carry two reserved bytes, then the number.
void NotePortNumber(const Designator& designator, DesignatorType type,
                    std::optional<std::uint16_t>& number) {
  if (designator.type != type || designator.association != Association::kTargetPort) return;
  if (designator.bytes.size() < 4 || number) return;
  number = ReadBe16(designator.bytes, 2);
}

void Walk(Bytes page, Vpd83& result) {
  std::size_t offset = kHeaderSize;
  while (offset + kHeaderSize <= page.size()) {
    const std::size_t claimed = page[offset + 3];
    const std::size_t left = page.size() - offset - kHeaderSize;
    if (claimed > left) {
      result.overrun = Vpd83::Overrun{offset, claimed, left};
      return;
    }
    const Bytes data = page.subspan(offset + kHeaderSize, claimed);
    if (!data.empty()) {
      const Designator& designator = result.designators.emplace_back(
          Designator{.association = static_cast<Association>(page[offset + 1] >> 4 & 0x3),
                     .type = static_cast<DesignatorType>(page[offset + 1] & 0x0F),
                     .bytes = {data.begin(), data.end()}});
      NotePortNumber(designator, DesignatorType::kTargetPortGroup, result.target_port_group);
      NotePortNumber(designator, DesignatorType::kRelativeTargetPort, result.relative_target_port);
    }
    offset += kHeaderSize + claimed;
  }
}

std::string_view TextOf(const Designator& designator) {
  const std::string_view text(reinterpret_cast<const char*>(designator.bytes.data()),
                              designator.bytes.size());
  return text.substr(0, text.find('\0'));  // names are NUL padded
}

int NaaRank(Bytes bytes) {
  switch (bytes[0] >> 4) {
    case 6:
      return bytes.size() == 16 ? 8 : 0;
    case 5:
      return bytes.size() == 8 ? 7 : 0;
    case 2:
      return bytes.size() == 8 ? 6 : 0;
    case 3:
      return bytes.size() == 8 ? 1 : 0;
    default:
      return 0;
  }
}

bool HasKnownNamePrefix(std::string_view name) {
  return name.starts_with("eui.") || name.starts_with("naa.") || name.starts_with("iqn.");
}

// How well a designator identifies the logical unit, in multipath's order; 0 = not at all.
int Rank(const Designator& designator) {
  if (designator.association != Association::kLogicalUnit) return 0;
  const std::size_t size = designator.bytes.size();
  switch (designator.type) {
    case DesignatorType::kNaa:
      return NaaRank(designator.bytes);
    case DesignatorType::kEui64:
      return size == 8 || size == 12 || size == 16 ? 4 : 0;
    case DesignatorType::kName:
      return HasKnownNamePrefix(TextOf(designator)) ? 3 : 0;
    case DesignatorType::kT10Vendor:
      return size >= 8 ? 2 : 0;
    default:
      return 0;
  }
}

char Printable(char c) { return c > 0x20 && c < 0x7F ? c : '_'; }

// "naa.6001..." becomes "36001...", "eui." becomes 2, any other name 8. Hexadecimal digits are
// lower case, so that both forms of one identifier agree; qualified names keep their case.
std::string FormOfName(std::string_view name) {
  const char digit = name.starts_with("eui.") ? '2' : name.starts_with("naa.") ? '3' : '8';
  std::string form(1, digit);
  for (const char c : name.substr(4)) {
    const bool lower = digit != '8' && c >= 'A' && c <= 'Z';
    form += lower ? static_cast<char>(c - 'A' + 'a') : Printable(c);
  }
  return form;
}

// Each run of blanks becomes one '_'.
std::string FormOfT10(std::string_view text) {
  std::string form = "1";
  bool after_blank = false;
  for (const char c : text) {
    if (c != ' ' || !after_blank) form += Printable(c);
    after_blank = c == ' ';
  }
  return form;
}

std::string FormOfHex(char digit, Bytes bytes) {
  std::string form(1, digit);
  for (const std::uint8_t byte : bytes) absl::StrAppend(&form, absl::Hex(byte, absl::kZeroPad2));
  return form;
}

}  // namespace

absl::StatusOr<Vpd83> ParseVpd83(std::span<const std::uint8_t> received) {
  if (received.size() < kHeaderSize) {
    return absl::DataLossError(absl::StrCat("VPD page 83h is short: ", received.size(),
                                            " of the 4 bytes of its header arrived"));
  }
  if (received[1] != kVpdDeviceIdentification) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "VPD page 83h was asked for, but page %02Xh came: the device does not identify itself",
        received[1]));
  }
  Vpd83 result;
  result.page_length = kHeaderSize + ReadBe16(received, 2);
  Walk(received.first(std::min(received.size(), result.page_length)), result);
  return result;
}

std::string LogicalUnitIdOf(const Designator& designator) {
  if (Rank(designator) == 0) return "";
  std::string form;
  switch (designator.type) {
    case DesignatorType::kNaa:
      form = FormOfHex('3', designator.bytes);
      break;
    case DesignatorType::kEui64:
      form = FormOfHex('2', designator.bytes);
      break;
    case DesignatorType::kName:
      form = FormOfName(TextOf(designator));
      break;
    default:
      form = FormOfT10(TextOf(designator));
      break;
  }
  return form.substr(0, kLogicalUnitIdLengthMax);
}

absl::StatusOr<std::string> LogicalUnitId(const Vpd83& page) {
  const auto best =
      std::max_element(page.designators.begin(), page.designators.end(),
                       [](const Designator& a, const Designator& b) { return Rank(a) < Rank(b); });
  if (best != page.designators.end() && Rank(*best) > 0) return LogicalUnitIdOf(*best);
  if (page.overrun) {
    return absl::NotFoundError(absl::StrCat(
        "VPD page 83h names no logical unit: its designator at byte ", page.overrun->offset,
        " claims ", page.overrun->claimed, " bytes, but only ", page.overrun->left, " are left"));
  }
  return absl::NotFoundError(
      absl::StrCat("VPD page 83h names no logical unit: none of its designators (",
                   page.designators.size(), ") is an NAA, EUI-64, name or T10 identifier of it"));
}

}  // namespace pathwatch::scsi
