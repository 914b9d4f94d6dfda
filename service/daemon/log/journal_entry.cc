#include "service/daemon/log/journal_entry.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace pathwatch::service {
namespace {

bool IsControl(char byte) { return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f; }

void AppendLittleEndian64(std::string& entry, std::uint64_t number) {
  for (int byte = 0; byte < 8; ++byte) entry += static_cast<char>(number >> (8 * byte) & 0xff);
}

// A value that might end its own line is preceded by its length instead of "=".
void Append(std::string& entry, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  entry += name;
  if (std::any_of(value.begin(), value.end(), IsControl)) {
    entry += '\n';
    AppendLittleEndian64(entry, value.size());
  } else {
    entry += '=';
  }
  entry += value;
  entry += '\n';
}

}  // namespace

std::string JournalEntry(const LogRecord& record) {
  std::string entry;
  entry.reserve(record.text.size() + 256);
  Append(entry, "PRIORITY", std::to_string(SyslogPriority(record.level)));
  Append(entry, "SYSLOG_IDENTIFIER", "pathwatchd");
  Append(entry, "MESSAGE", record.text);
  Append(entry, "PATH", record.fields.path);
  Append(entry, "DEVICE", record.fields.device);
  Append(entry, "LUN", record.fields.lun);
  Append(entry, "NEXUS", record.fields.nexus);
  Append(entry, "CAUSE", Name(record.fields.cause));
  return entry;
}

}  // namespace pathwatch::service
