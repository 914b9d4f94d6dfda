#include "service/daemon/config_reader.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "tests/config/temporary_directory.h"
#include "tests/ring/loop_testing.h"

namespace pathwatch::service {
namespace {

using config::SourceFile;
using config::SourceFiles;
using ring::RunUntil;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kShortNs = kSecondNs / 20;

[[noreturn]] SourceFiles SleepForEver() {
  for (;;) pause();
}

SourceFiles One(std::string text) { return {{{"name", std::move(text)}}, {}}; }

bool HasChildren() {
  siginfo_t info;
  return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

class ConfigReaderTest : public testing::Test, protected ConfigReader::Listener {
 protected:
  ~ConfigReaderTest() override {
    // The reader outlives the loop, and a process that it has just killed may outlive the reader.
    loop_.reset();
    reader_.reset();
    while (waitpid(-1, nullptr, 0) > 0) {
    }
  }

  void Make(ConfigReader::Read read, std::int64_t limit_ns = 20 * kSecondNs) {
    ConfigReader::Listener& listener = *this;
    // One that was used before may still have a timer.
    if (reader_ != nullptr) used_.push_back(std::move(reader_));
    reader_ =
        std::make_unique<ConfigReader>(*loop_, "main.toml", std::move(read), limit_ns, listener);
  }
  void MakeOrdinary(bool must_exist = false) {
    Make([file = directory_.Path("main.toml"), must_exist] {
      return config::ReadSourceFiles(file, must_exist);
    });
  }

  void OnFilesRead(SourceFiles files) override {
    results_.push_back(std::move(files));
    if (then_) then_();
  }

  bool Come(std::size_t results) {
    return RunUntil(*loop_, [&] { return results_.size() >= results; });
  }
  // Starts, and waits for the result.
  SourceFiles Result() {
    const std::size_t before = results_.size();
    reader_->Start();
    EXPECT_TRUE(reader_->running());
    EXPECT_TRUE(Come(before + 1));
    EXPECT_EQ(results_.size(), before + 1);
    return results_.empty() ? SourceFiles() : results_.back();
  }
  std::string TheProblem() {
    const SourceFiles files = Result();
    EXPECT_THAT(files.files, IsEmpty());
    return files.problems.size() == 1 ? TextOf(files.problems[0]) : "not one problem";
  }
  bool AllReaped() {
    return RunUntil(*loop_, [] { return !HasChildren(); });
  }

  config::TemporaryDirectory directory_;
  std::vector<SourceFiles> results_;
  std::function<void()> then_;
  std::unique_ptr<ConfigReader> reader_;
  std::vector<std::unique_ptr<ConfigReader>> used_;
  std::unique_ptr<ring::Loop> loop_ = ring::MakeLoop();
};

TEST_F(ConfigReaderTest, FilesAreRead) {
  const std::string file = directory_.Write("main.toml", "main");
  const std::string other = directory_.Write("conf.d/a.toml", "a");
  MakeOrdinary();
  const SourceFiles files = Result();
  EXPECT_THAT(files.files, ElementsAre(SourceFile{file, "main"}, SourceFile{other, "a"}));
  EXPECT_THAT(files.problems, IsEmpty());
  EXPECT_FALSE(reader_->running());
}

TEST_F(ConfigReaderTest, MissingFileIsNothing) {
  MakeOrdinary();
  EXPECT_EQ(Result(), SourceFiles());
}

TEST_F(ConfigReaderTest, MissingFileThatMustExistIsAProblem) {
  MakeOrdinary(true);
  EXPECT_THAT(TheProblem(), HasSubstr("main.toml: is missing"));
}

TEST_F(ConfigReaderTest, PipeInThePlaceOfTheFileIsAProblem) {
  ASSERT_EQ(mkfifo(directory_.Path("main.toml").c_str(), 0600), 0);
  MakeOrdinary();
  EXPECT_THAT(TheProblem(), HasSubstr("is a pipe"));
}

TEST_F(ConfigReaderTest, MoreThanAPipeHoldsIsRead) {
  const std::string text(config::kTotalBytesMax, 'x');
  Make([&] { return One(text); });
  const SourceFiles files = Result();
  ASSERT_EQ(files.files.size(), 1U);
  EXPECT_EQ(files.files[0].text, text);
}

TEST_F(ConfigReaderTest, ResultNeverComesFromInsideStart) {
  Make([] { return One("x"); });
  reader_->Start();
  EXPECT_THAT(results_, IsEmpty());
  ASSERT_TRUE(Come(1));
}

TEST_F(ConfigReaderTest, StartWhileOneRunsReadsOnceMoreAfterwards) {
  const std::string file = directory_.Write("main.toml", "old");
  MakeOrdinary();
  reader_->Start();
  // Whatever the first one sees, one that begins later sees this.
  directory_.Write("main.toml", "new");
  reader_->Start();
  reader_->Start();
  ASSERT_TRUE(Come(2));
  EXPECT_THAT(results_[1].files, ElementsAre(SourceFile{file, "new"}));
  EXPECT_FALSE(reader_->running());
  EXPECT_TRUE(AllReaped());
  EXPECT_EQ(results_.size(), 2U);
}

TEST_F(ConfigReaderTest, StartFromTheListenerReadsAgain) {
  Make([] { return One("x"); });
  then_ = [this] {
    if (results_.size() < 3) reader_->Start();
  };
  reader_->Start();
  ASSERT_TRUE(Come(3));
  EXPECT_FALSE(reader_->running());
}

TEST_F(ConfigReaderTest, NoProcessIsLeftAfterwards) {
  Make([] { return One("x"); });
  for (int i = 0; i < 10; ++i) EXPECT_EQ(Result(), One("x"));
  EXPECT_TRUE(AllReaped());
}

TEST_F(ConfigReaderTest, ProcessThatIsKilledIsAProblem) {
  Make([]() -> SourceFiles {
    kill(getpid(), SIGKILL);
    return {};
  });
  EXPECT_THAT(TheProblem(), AllOf(HasSubstr("main.toml: cannot be read"),
                                  HasSubstr("has ended before it was done")));
  EXPECT_TRUE(AllReaped());
}

TEST_F(ConfigReaderTest, ProcessThatEndsWithoutAWordIsAProblem) {
  Make([]() -> SourceFiles { _exit(0); });
  EXPECT_THAT(TheProblem(), HasSubstr("has ended before it was done"));
}

TEST_F(ConfigReaderTest, DiskThatDoesNotAnswerIsAProblemAfterTheLimit) {
  Make(SleepForEver, kShortNs);
  EXPECT_THAT(TheProblem(), AllOf(HasSubstr("main.toml: could not be read within 50ms"),
                                  HasSubstr("the disk does not answer")));
  EXPECT_FALSE(reader_->running());
  EXPECT_TRUE(AllReaped());
}

TEST_F(ConfigReaderTest, DiskThatAnswersAgainIsRead) {
  const std::string answers = directory_.Path("answers");
  Make([&] { return std::filesystem::exists(answers) ? One("x") : SleepForEver(); }, kShortNs);
  EXPECT_THAT(TheProblem(), HasSubstr("does not answer"));
  directory_.Write("answers", "");
  // The limit is short, and the machine may be slow.
  EXPECT_TRUE(RunUntil(*loop_, [&] { return Result() == One("x"); }));
}

TEST_F(ConfigReaderTest, StartDuringAReadThatHangsReadsOnceMoreAfterwards) {
  Make(SleepForEver, kShortNs);
  reader_->Start();
  reader_->Start();
  ASSERT_TRUE(Come(2));
  EXPECT_EQ(results_[0], results_[1]);
  EXPECT_TRUE(AllReaped());
}

TEST_F(ConfigReaderTest, ReaderThatIsDestroyedDuringAReadEndsTheProcess) {
  Make(SleepForEver);
  reader_->Start();
  ASSERT_TRUE(loop_->RunOnce(0).ok());
  loop_.reset();
  reader_.reset();
  int status = SIGKILL;  // what it is if the destructor has reaped the process
  waitpid(-1, &status, 0);
  EXPECT_EQ(status, SIGKILL);
}

TEST_F(ConfigReaderTest, ProcessHasNoneOfTheDescriptors) {
  ring::Pipe other;
  Make([] {
    std::string names;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
      names += std::filesystem::read_symlink(entry.path()).string() + "\n";
    }
    return One(names);
  });
  // The pipe for the answer, and the directory that is just listed.
  EXPECT_THAT(Result().files.at(0).text,
              testing::MatchesRegex("(/proc/[0-9]+/fd\npipe:[^\n]*\n)|(pipe:[^\n]*\n/proc/[0-9]+/"
                                    "fd\n)"));
}

TEST_F(ConfigReaderTest, ProcessDoesNotHaveTheRingMapped) {
  const auto maps = [] {
    std::ifstream file("/proc/self/maps");
    return One({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
  };
  Make(maps);
  ASSERT_THAT(maps().files[0].text, HasSubstr("io_uring"));
  EXPECT_THAT(Result().files.at(0).text, Not(HasSubstr("io_uring")));
}

TEST_F(ConfigReaderTest, ProcessTakesSignalsAsUsualButIgnoresHangUp) {
  sigset_t blocked;
  sigset_t before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  sigaddset(&blocked, SIGHUP);
  ASSERT_EQ(sigprocmask(SIG_BLOCK, &blocked, &before), 0);
  Make([]() -> SourceFiles {
    raise(SIGHUP);
    sigset_t mask;
    sigprocmask(SIG_SETMASK, nullptr, &mask);
    return One(sigisemptyset(&mask) != 0 ? "nothing blocked" : "something blocked");
  });
  EXPECT_EQ(Result(), One("nothing blocked"));
  Make([]() -> SourceFiles {
    raise(SIGTERM);
    return One("survived");
  });
  EXPECT_THAT(TheProblem(), HasSubstr("has ended"));
  ASSERT_EQ(sigprocmask(SIG_SETMASK, &before, nullptr), 0);
}

TEST_F(ConfigReaderTest, ProcessEndsWithTheDaemon) {
  const std::string fifo = directory_.Path("fifo");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  // It can be read to its end when the process is gone.
  const auto hold = [&]() -> SourceFiles {
    const int file = open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
    if (write(file, "x", 1) != 1) _exit(1);
    SleepForEver();
  };
  const pid_t daemon = fork();
  if (daemon == 0) {
    loop_.reset();
    loop_ = ring::MakeLoop();
    Make(hold);
    reader_->Start();
    (void)loop_->Run();
    _exit(1);
  }
  const int file = open(fifo.c_str(), O_RDONLY | O_CLOEXEC);
  char byte = 0;
  ASSERT_EQ(read(file, &byte, 1), 1);
  ASSERT_EQ(kill(daemon, SIGKILL), 0);
  ASSERT_EQ(waitpid(daemon, nullptr, 0), daemon);
  pollfd end = {.fd = file, .events = POLLIN, .revents = 0};
  EXPECT_EQ(poll(&end, 1, 20'000), 1);
  EXPECT_EQ(read(file, &byte, 1), 0);
  close(file);
}

TEST_F(ConfigReaderTest, NoDescriptorsLeftIsAProblem) {
  Make([] { return One("x"); });
  rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none = {.rlim_cur = 0, .rlim_max = before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  reader_->Start();
  // A sanitizer's checks of calls need descriptors too.
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  ASSERT_TRUE(Come(1));
  ASSERT_EQ(results_[0].problems.size(), 1u);
  EXPECT_THAT(
      results_[0].problems[0].what,
      AllOf(HasSubstr("no pipe can be made: Too many open files"), HasSubstr("LimitNOFILE")));
  EXPECT_EQ(Result(), One("x"));
}

// For the rest of this process, and of those that it starts.
bool Deny(std::uint32_t system_call, std::uint32_t error) {
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, system_call, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
  };
  const sock_fprog filter = {.len = std::size(program), .filter = program};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

TEST_F(ConfigReaderTest, ForkThatFailsIsAProblem) {
  const auto read_without_fork = [this] {
    loop_.reset();
    loop_ = ring::MakeLoop();
    if (!Deny(SYS_clone, EAGAIN)) _exit(1);
    Make([] { return One("x"); });
    const bool as_expected =
        TheProblem() ==
        "main.toml: cannot be read: no process can be started: Resource temporarily unavailable; "
        "free memory, or raise the limits of the service (LimitNOFILE, TasksMax), and try again";
    _exit(as_expected && !reader_->running() ? 42 : 2);
  };
  EXPECT_EXIT(read_without_fork(), testing::ExitedWithCode(42), "");
}

// A process that cannot be killed looks like one that is asleep in the kernel.
TEST_F(ConfigReaderTest, ProcessesThatDoNotEndAreNotPiledUp) {
  const auto read_without_kill = [this] {
    loop_.reset();
    loop_ = ring::MakeLoop();
    if (!Deny(SYS_kill, EPERM)) _exit(1);
    Make(SleepForEver, kShortNs);
    for (std::size_t i = 0; i < ConfigReader::kStuckMax; ++i) {
      if (!absl::StrContains(TheProblem(), "could not be read within 50ms")) _exit(2);
    }
    for (int i = 0; i < 2; ++i) {
      if (!absl::StrContains(TheProblem(), "4 earlier attempts to read it")) _exit(3);
    }
    _exit(42);
  };
  EXPECT_EXIT(read_without_kill(), testing::ExitedWithCode(42), "");
}

}  // namespace
}  // namespace pathwatch::service
