// What happens when the file system has no room: errors, never a signal at a later write.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <functional>
#include <iostream>
#include <string>

#include "lib/checker/state_reader.h"
#include "lib/publish/state_file.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::publish {
namespace {

constexpr int kHolds = 0;
constexpr int kFails = 1;
constexpr int kNotPermitted = 77;

// Limits and mounts last until the end of their process, so the body gets one of its own.
int InChild(const std::function<int()>& body) {
  const pid_t child = fork();
  if (child == 0) _exit(body());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Fills the state file until growth fails; what was there must stay readable.
int GrowUntilItFails(const std::string& run_dir, const std::string& expected_error) {
  auto state = StateFile::Create(run_dir, SmallCapacities(4), SampleWriter(), kNow);
  if (!state.ok()) {
    std::cerr << state.status() << "\n";
    return kFails;
  }
  std::uint32_t n = 0;
  absl::Status status;
  while (status.ok() && n < 100'000) status = (*state)->PutPath(n, SamplePath(n)), ++n;
  if (status.ok() || std::string(status.message()).find(expected_error) == std::string::npos) {
    std::cerr << "unexpected: " << status << "\n";
    return kFails;
  }
  if (std::filesystem::exists(run_dir + "/state.new")) return kFails;
  if (!(*state)->PutPath(0, SamplePath(0)).ok()) return kFails;
  pw_reader reader;
  pw_path_record path;
  const bool readable = pw_open((run_dir + "/state").c_str(), &reader) == PW_OK &&
                        pw_read_path(&reader, n - 2, &path) == PW_OK &&
                        path.generation == 100 + n - 2 &&
                        pw_read_path(&reader, n - 1, &path) == PW_NOT_FOUND;
  pw_close(&reader);
  return readable ? kHolds : kFails;
}

TEST(NoSpaceTest, FullTmpfsIsAnErrorAndTheOldFileStaysInUse) {
  TempRunDirectory directory;
  const int result = InChild([&] {
    if (unshare(CLONE_NEWNS) != 0 ||
        mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("none", directory.path().c_str(), "tmpfs", 0, "size=256k,mode=0755") != 0) {
      return kNotPermitted;
    }
    return GrowUntilItFails(directory.path(), "No space left on device; free space in " +
                                                  directory.path() +
                                                  " or choose another --run-dir");
  });
  if (result == kNotPermitted) GTEST_SKIP() << "this process may not mount a tmpfs";
  EXPECT_EQ(result, kHolds);
}

TEST(NoSpaceTest, FileSizeLimitIsAnErrorAndTheOldFileStaysInUse) {
  TempRunDirectory directory;
  EXPECT_EQ(InChild([&] {
              signal(SIGXFSZ, SIG_IGN);
              const rlimit limit{.rlim_cur = 100'000, .rlim_max = 100'000};
              setrlimit(RLIMIT_FSIZE, &limit);
              return GrowUntilItFails(directory.path(), "File too large; free space in " +
                                                            directory.path() +
                                                            " or choose another --run-dir");
            }),
            kHolds);
}

}  // namespace
}  // namespace pathwatch::publish
