// Run directories and records for tests of the published state.
#ifndef PATHWATCH_TESTS_PUBLISH_SAMPLE_STATE_H_
#define PATHWATCH_TESTS_PUBLISH_SAMPLE_STATE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lib/publish/state_file.h"
#include "proto/state_table.h"

namespace pathwatch::publish {

// A directory of mode 0755 that goes away with its content.
class TempRunDirectory {
 public:
  TempRunDirectory();
  ~TempRunDirectory();
  TempRunDirectory(const TempRunDirectory&) = delete;
  TempRunDirectory& operator=(const TempRunDirectory&) = delete;

  const std::string& path() const { return path_; }
  std::string state() const { return path_ + "/state"; }

 private:
  std::string path_;
};

inline constexpr std::int64_t kNow = 1'000'000'000'000;

// A writer with fixed epoch, pid 4711, version "1.2.3" and boot id 00 01 .. 0f.
Writer SampleWriter();

// Path 3:0:<n % 4>:<n>, disk 8:16n, sg 21:n, generation 100 + n, up.
pw_path_record SamplePath(std::uint32_t n);

// A change from up to `to`, `n` seconds before kNow.
pw_change SampleChange(std::uint32_t n, pw_state to);

// Room for one host, one nexus, one logical unit, one port group, `paths` paths and twice as many
// changes.
Capacities SmallCapacities(std::uint32_t paths);

// A state file with heartbeat kNow; ends the test when it cannot be created.
std::unique_ptr<StateFile> CreateState(const TempRunDirectory& directory,
                                       const Capacities& capacities);

std::vector<std::uint8_t> ReadBytes(const std::string& path);
// Keeps owner and mode of an existing file; a new one gets 0640.
void WriteBytes(const std::string& path, const std::vector<std::uint8_t>& bytes);

// Access to a copy of the file's bytes, as the layout has them.
pw_header& HeaderIn(std::vector<std::uint8_t>& bytes);
std::uint8_t* RecordIn(std::vector<std::uint8_t>& bytes, pw_section_kind kind, std::uint32_t slot);
// Makes the header's checksum right again. REQUIRES: its header size is within the bytes.
void SealHeader(std::vector<std::uint8_t>& bytes);

}  // namespace pathwatch::publish

#endif  // PATHWATCH_TESTS_PUBLISH_SAMPLE_STATE_H_
