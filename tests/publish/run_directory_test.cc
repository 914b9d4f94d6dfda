#include "lib/publish/run_directory.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <variant>

#include "tests/publish/sample_state.h"

namespace pathwatch::publish {
namespace {

// A second process that has the lock until it is destroyed.
class OtherDaemon {
 public:
  explicit OtherDaemon(const std::string& run_dir) {
    int ready[2];
    if (pipe(ready) != 0) return;
    pid_ = fork();
    if (pid_ == 0) {
      const auto taken = RunDirectory::Take(run_dir);
      const bool has_it = taken.ok() && std::holds_alternative<RunDirectory>(*taken);
      if (!has_it || write(ready[1], "x", 1) != 1) _exit(1);
      for (;;) pause();
    }
    close(ready[1]);
    char byte = 0;
    ready_ = read(ready[0], &byte, 1) == 1;
    close(ready[0]);
  }
  ~OtherDaemon() { Kill(); }

  bool ready() const { return ready_; }
  pid_t pid() const { return pid_; }
  void Kill() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

 private:
  pid_t pid_ = 0;
  bool ready_ = false;
};

// A procfs with one process in it.
class FakeProc {
 public:
  FakeProc(pid_t pid, const std::string& after_name) {
    const std::string directory = path() + "/" + std::to_string(pid);
    std::filesystem::create_directory(directory);
    std::ofstream(directory + "/stat") << pid << " (pathwatchd) " << after_name;
  }
  const std::string& path() const { return directory_.path(); }

 private:
  TempRunDirectory directory_;
};

std::string WaitSentence(pid_t pid, const std::string& run_dir) {
  return "process " + std::to_string(pid) + " has not given up " + run_dir +
         " yet: waiting until the kernel has closed its files";
}

TEST(RunDirectoryTest, AbsentDirectoryIsCreatedAndLocked) {
  TempRunDirectory parent;
  const std::string path = parent.path() + "/pathwatch";
  const auto taken = RunDirectory::Take(path);
  ASSERT_TRUE(taken.ok()) << taken.status();
  ASSERT_TRUE(std::holds_alternative<RunDirectory>(*taken));
  EXPECT_EQ(std::get<RunDirectory>(*taken).path(), path);
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07022, 0U);
  ASSERT_EQ(stat((path + "/lock").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07077, 0U);
  std::ifstream lock(path + "/lock");
  pid_t pid = 0;
  lock >> pid;
  EXPECT_EQ(pid, getpid());
}

TEST(RunDirectoryTest, LockIsFreeAgainWhenItsHolderIsGone) {
  TempRunDirectory directory;
  { ASSERT_TRUE(RunDirectory::Take(directory.path()).ok()); }
  const auto again = RunDirectory::Take(directory.path());
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(std::holds_alternative<RunDirectory>(*again));
}

TEST(RunDirectoryTest, LivingDaemonIsNamed) {
  TempRunDirectory directory;
  OtherDaemon other(directory.path());
  ASSERT_TRUE(other.ready());
  const auto taken = RunDirectory::Take(directory.path());
  EXPECT_EQ(taken.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(std::string(taken.status().message()),
            "another pathwatchd (process " + std::to_string(other.pid()) + ") uses " +
                directory.path() + ": stop it, or choose another --run-dir");
}

TEST(RunDirectoryTest, KilledDaemonLeavesNoLock) {
  TempRunDirectory directory;
  OtherDaemon other(directory.path());
  ASSERT_TRUE(other.ready());
  other.Kill();
  const auto taken = RunDirectory::Take(directory.path());
  ASSERT_TRUE(taken.ok()) << taken.status();
  EXPECT_TRUE(std::holds_alternative<RunDirectory>(*taken));
}

TEST(RunDirectoryTest, ExitingDaemonIsWaitedFor) {
  TempRunDirectory directory;
  OtherDaemon other(directory.path());
  ASSERT_TRUE(other.ready());
  std::ifstream lock(directory.path() + "/lock");
  std::string pid;
  std::string start_time;
  lock >> pid >> start_time;
  FakeProc proc(other.pid(), "D 1 1 1 0 -1 4194564 0 0 0 0 0 0 0 0 20 0 1 0 " + start_time);
  const auto taken = RunDirectory::Take(directory.path(), proc.path());
  ASSERT_TRUE(taken.ok()) << taken.status();
  ASSERT_TRUE(std::holds_alternative<HeldByEnding>(*taken));
  EXPECT_EQ(std::get<HeldByEnding>(*taken).pid, other.pid());
  EXPECT_EQ(std::get<HeldByEnding>(*taken).sentence, WaitSentence(other.pid(), directory.path()));
}

TEST(RunDirectoryTest, LockThatIsKeptUntilExitIsWaitedFor) {
  TempRunDirectory directory;
  auto ending = RunDirectory::Take(directory.path());
  ASSERT_TRUE(ending.ok()) << ending.status();
  std::get<RunDirectory>(*ending).KeepUntilExit();
  const auto next = RunDirectory::Take(directory.path());
  ASSERT_TRUE(next.ok()) << next.status();
  ASSERT_TRUE(std::holds_alternative<HeldByEnding>(*next));
  EXPECT_EQ(std::get<HeldByEnding>(*next).sentence, WaitSentence(getpid(), directory.path()));
}

TEST(RunDirectoryTest, HolderWhosePidIsGoneIsWaitedFor) {
  TempRunDirectory directory;
  OtherDaemon other(directory.path());
  ASSERT_TRUE(other.ready());
  TempRunDirectory empty_proc;
  const auto taken = RunDirectory::Take(directory.path(), empty_proc.path());
  ASSERT_TRUE(taken.ok()) << taken.status();
  ASSERT_TRUE(std::holds_alternative<HeldByEnding>(*taken));
  EXPECT_EQ(std::get<HeldByEnding>(*taken).sentence, WaitSentence(other.pid(), directory.path()));
}

TEST(RunDirectoryTest, AnotherProcessWithTheHoldersPidIsNoDaemon) {
  TempRunDirectory directory;
  OtherDaemon other(directory.path());
  ASSERT_TRUE(other.ready());
  FakeProc proc(other.pid(), "S 1 1 1 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 1");
  const auto taken = RunDirectory::Take(directory.path(), proc.path());
  ASSERT_TRUE(taken.ok()) << taken.status();
  EXPECT_TRUE(std::holds_alternative<HeldByEnding>(*taken));
}

TEST(RunDirectoryTest, HolderThatHasNotWrittenItsPidYetIsWaitedFor) {
  TempRunDirectory directory;
  OtherDaemon other(directory.path());
  ASSERT_TRUE(other.ready());
  std::filesystem::resize_file(directory.path() + "/lock", 0);
  const auto taken = RunDirectory::Take(directory.path());
  ASSERT_TRUE(taken.ok()) << taken.status();
  ASSERT_TRUE(std::holds_alternative<HeldByEnding>(*taken));
  EXPECT_EQ(std::get<HeldByEnding>(*taken).sentence,
            "another process has not given up " + directory.path() +
                " yet: waiting until the kernel has closed its files");
}

TEST(RunDirectoryTest, DirectoryThatOthersMayWriteIsRefused) {
  TempRunDirectory directory;
  chmod(directory.path().c_str(), 0775);
  const auto taken = RunDirectory::Take(directory.path());
  EXPECT_EQ(std::string(taken.status().message()),
            "others may write in the run directory " + directory.path() +
                ", so nobody could trust its files: run 'chmod go-w " + directory.path() +
                "' or choose another --run-dir");
}

TEST(RunDirectoryTest, MissingParentIsNamed) {
  EXPECT_EQ(std::string(RunDirectory::Take("/nonexistent/run").status().message()),
            "cannot create the run directory /nonexistent/run: No such file or directory; create "
            "it for the user of pathwatchd or choose another --run-dir");
}

TEST(RunDirectoryTest, FileInItsPlaceIsNamed) {
  TempRunDirectory directory;
  const std::string path = directory.path() + "/file";
  std::ofstream(path) << "x";
  EXPECT_EQ(
      std::string(RunDirectory::Take(path).status().message()),
      "the run directory " + path + " is not a directory: remove it or choose another --run-dir");
}

TEST(RunDirectoryTest, LockThatCannotBeOpenedIsNamed) {
  TempRunDirectory directory;
  std::filesystem::create_directory(directory.path() + "/lock");
  EXPECT_EQ(std::string(RunDirectory::Take(directory.path()).status().message()),
            "cannot open " + directory.path() +
                "/lock: Is a directory; run pathwatchd as the "
                "owner of " +
                directory.path() + " or choose another --run-dir");
}

}  // namespace
}  // namespace pathwatch::publish
