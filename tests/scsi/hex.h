// Bytes written as hexadecimal text; blanks are ignored.
#ifndef PATHWATCH_TESTS_SCSI_HEX_H_
#define PATHWATCH_TESTS_SCSI_HEX_H_

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace pathwatch::scsi {

// REQUIRES: an even number of hexadecimal digits.
inline std::vector<std::uint8_t> Hex(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != ' ') digits += c;
  }
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes.push_back(
        static_cast<std::uint8_t>(std::strtoul(digits.substr(i, 2).c_str(), nullptr, 16)));
  }
  return bytes;
}

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_TESTS_SCSI_HEX_H_
