// The worked example of proto/README.md is what the writer writes.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "lib/publish/state_file.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::publish {
namespace {

// As `hexdump -C` prints it: lines that repeat the one before are a star.
std::string HexDump(const std::vector<std::uint8_t>& bytes) {
  constexpr std::size_t kWidth = 16;
  std::string text;
  bool starred = false;
  for (std::size_t line = 0; line < bytes.size(); line += kWidth) {
    const std::size_t count = std::min(kWidth, bytes.size() - line);
    if (line >= kWidth && count == kWidth &&
        std::memcmp(&bytes[line], &bytes[line - kWidth], kWidth) == 0) {
      if (!starred) text += "*\n";
      starred = true;
      continue;
    }
    starred = false;
    char number[32];
    std::snprintf(number, sizeof number, "%08zx ", line);
    text += number;
    std::string letters;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint8_t byte = bytes[line + i];
      std::snprintf(number, sizeof number, i == 8 ? "  %02x" : " %02x", byte);
      text += number;
      letters += byte >= 0x20 && byte < 0x7f ? static_cast<char>(byte) : '.';
    }
    text += std::string(count > 8 ? (kWidth - count) * 3 : (kWidth - count) * 3 + 1, ' ');
    text += "  |" + letters + "|\n";
  }
  char end[16];
  std::snprintf(end, sizeof end, "%08zx\n", bytes.size());
  return text + end;
}

TEST(ExampleTest, ReadmeShowsWhatTheWriterWrites) {
  TempRunDirectory directory;
  const auto state = CreateState(directory, SmallCapacities(1));
  pw_host_record host{};
  host.number = 3;
  host.can_queue = 64;
  std::strcpy(host.proc_name, "iscsi_tcp");
  host.paths_total = host.paths_by_state[PW_STATE_UP] = 1;
  ASSERT_TRUE(state->PutHost(0, host).ok());
  pw_nexus_record nexus{};
  std::strcpy(nexus.name, "3:0:1");
  nexus.transport = PW_TRANSPORT_ISCSI;
  nexus.paths_total = nexus.paths_by_state[PW_STATE_UP] = 1;
  ASSERT_TRUE(state->PutNexus(0, nexus).ok());
  const pw_path_record path = SamplePath(1);
  pw_lun_record lun{};
  std::strcpy(lun.wwid, path.wwid);
  std::strcpy(lun.vendor, path.vendor);
  std::strcpy(lun.product, path.product);
  lun.paths_total = lun.paths_by_state[PW_STATE_UP] = 1;
  ASSERT_TRUE(state->PutLun(0, lun).ok());
  ASSERT_TRUE(state->PutPath(0, path).ok());
  pw_counters_record counters{};
  counters.values[PW_COUNTER_CHECKS_SENT] = 12;
  counters.values[PW_COUNTER_CHECKS_UP] = 12;
  state->PutCounters(counters);

  const std::string dump = HexDump(ReadBytes(directory.state()));
  const std::vector<std::uint8_t> readme = ReadBytes("proto/README.md");
  const std::string text(readme.begin(), readme.end());
  EXPECT_NE(text.find("```\n" + dump + "```\n"), std::string::npos)
      << "proto/README.md needs this block:\n"
      << dump;
}

}  // namespace
}  // namespace pathwatch::publish
