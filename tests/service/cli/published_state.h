// A state file of a fictional daemon, and the command that reads it, for tests of the commands.
#ifndef PATHWATCH_TESTS_SERVICE_CLI_PUBLISHED_STATE_H_
#define PATHWATCH_TESTS_SERVICE_CLI_PUBLISHED_STATE_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "lib/publish/state_file.h"
#include "proto/state_table.h"
#include "service/present/time_text.h"

namespace pathwatch::cli {

inline constexpr std::int64_t kMillisecond = 1'000'000;
inline constexpr std::int64_t kSecond = 1'000 * kMillisecond;
inline constexpr std::int64_t kHour = 3'600 * kSecond;

// 2026-11-22T08:31:25.500Z, a hundred thousand seconds after the boot.
inline constexpr present::Clocks kNow = {100'000 * kSecond, 1'795'336'285'500 * kMillisecond};

inline constexpr std::int64_t Ago(std::int64_t age_ns) { return kNow.boot_now_ns - age_ns; }

// Copies what fits; the rest, and at least one byte, is 0.
template <std::size_t Size>
void SetText(char (&field)[Size], const std::string& text) {
  std::fill(std::begin(field), std::end(field), '\0');
  text.copy(field, Size - 1);
}

// An `up` path host:0:0:lun of logical unit `lun`: since an hour, checked 2 s ago with GOOD after
// 812 us, good for another 8 s, through sg_async.
pw_path_record UpPath(std::uint32_t host, std::uint64_t lun, const std::string& device);

// A path in another state since a minute.
pw_path_record PathInState(std::uint32_t host, std::uint64_t lun, const std::string& device,
                           pw_state state);

// A discovered path that was never checked.
pw_path_record UncheckedPath(std::uint32_t host, std::uint64_t lun, const std::string& device,
                             std::int64_t age_ns);

struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
};

class PublishedStateTest : public testing::Test {
 protected:
  PublishedStateTest();
  ~PublishedStateTest() override;

  // Starts the daemon two hours ago, with a heartbeat `heartbeat_age_ns` ago, and these paths;
  // all are behind the FC nexus of their host, whose slot is 0 for host3 and 1 for host4.
  void Publish(const std::vector<pw_path_record>& paths,
               std::int64_t heartbeat_age_ns = 300 * kMillisecond);

  // pathwatch --run-dir <run_dir> <arguments>
  Outcome Run(const std::vector<std::string>& arguments) const;

  const std::string& run_dir() const { return run_dir_; }
  publish::StateFile& file() { return *file_; }
  // Overwrites bytes of the file behind the daemon's back.
  void Damage(std::uint64_t offset, const std::string& bytes) const;

 private:
  std::string run_dir_;
  std::unique_ptr<publish::StateFile> file_;
};

}  // namespace pathwatch::cli

#endif  // PATHWATCH_TESTS_SERVICE_CLI_PUBLISHED_STATE_H_
