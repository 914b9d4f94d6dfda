// A process with the plugin, its run directory, and a disk whose replies the test gives.
#ifndef PATHWATCH_TESTS_CHECKER_MULTIPATH_PROCESS_TESTING_H_
#define PATHWATCH_TESTS_CHECKER_MULTIPATH_PROCESS_TESTING_H_

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <scsi/sg.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "lib/checker/multipath/process.h"
#include "tests/checker/multipath/records.h"
#include "tests/publish/sample_state.h"
#include "tests/query/socket_directory.h"

namespace pathwatch::checker {

// Answers GOOD, or fails with an errno; or lets its callers wait.
class Disk {
 public:
  pwm_device_access access() { return {Send, this}; }

  void FailWith(int error) {
    const std::lock_guard lock(mutex_);
    error_ = error;
  }
  // From now on commands wait, until they are let go.
  void Hold(bool hold) {
    const std::lock_guard lock(mutex_);
    held_ = hold;
    let_go_.notify_all();
  }
  int sent() {
    const std::lock_guard lock(mutex_);
    return sent_;
  }
  // Of the last command.
  unsigned timeout_ms() {
    const std::lock_guard lock(mutex_);
    return timeout_ms_;
  }
  // Whether all commands were sent by threads that no signal can interrupt.
  bool undisturbed() {
    const std::lock_guard lock(mutex_);
    return undisturbed_;
  }

 private:
  static int Send(void* self, int /*file*/, sg_io_hdr* header) {
    auto& disk = *static_cast<Disk*>(self);
    sigset_t blocked;
    pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
    std::unique_lock lock(disk.mutex_);
    ++disk.sent_;
    disk.timeout_ms_ = header->timeout;
    disk.undisturbed_ = disk.undisturbed_ && sigismember(&blocked, SIGTERM) == 1 &&
                        sigismember(&blocked, SIGHUP) == 1;
    disk.let_go_.wait(lock, [&disk] { return !disk.held_; });
    if (disk.error_ == 0) return 0;
    errno = disk.error_;
    return -1;
  }

  std::mutex mutex_;
  std::condition_variable let_go_;
  bool held_ = false;
  int error_ = 0;
  int sent_ = 0;
  unsigned timeout_ms_ = 0;
  bool undisturbed_ = true;
};

// The paths 1, 2 and 3 are published; of the first one multipathd has given a checker to the
// process. Time is a number.
class ProcessTest : public testing::Test {
 protected:
  ProcessTest()
      : state_(publish::CreateState(directory_, publish::SmallCapacities(4))),
        process_(std::make_unique<pwm_process>()) {
    std::filesystem::create_directory_symlink(directory_.path(), run_dir_);
    for (std::uint32_t n = 1; n < 4; ++n)
      EXPECT_TRUE(state_->PutPath(n, publish::SamplePath(n)).ok());
    Open();
    Add(1);
  }
  ~ProcessTest() override {
    disk_.Hold(false);
    for (const char& key : keys_) pwm_remove(process_.get(), &key);
    WaitForOwnChecks();
    pwm_process_close(process_.get());
    close(file_);
  }

  // As multipathd starts.
  void Open() {
    const pwm_options options = {run_dir_.c_str(), log_.c_str(), disk_.access()};
    pwm_process_open(&options, process_.get());
  }
  // As multipathd starts anew.
  void Reopen() {
    for (const char& key : keys_) pwm_remove(process_.get(), &key);
    pwm_process_close(process_.get());
    Open();
    Add(1);
  }
  static pwm_device DeviceOf(unsigned n) { return {false, makedev(8, 16 * n), 100 + n}; }
  void Add(unsigned n) { AddDevice(n, DeviceOf(n)); }
  void AddDevice(unsigned n, const pwm_device& device) {
    pwm_add(process_.get(), &keys_[n], &device);
  }

  // A while after the call before, so that it looks at the file itself.
  pwm_answer Check(unsigned n = 1) {
    now_ += kSecond / 100;
    const pwm_call call = {now_, file_, timeout_s_, asked_once_};
    return pwm_check(process_.get(), &keys_[n], &call);
  }
  pwm_answer CheckAfter(std::int64_t seconds, unsigned n = 1) {
    now_ += seconds * kSecond;
    return Check(n);
  }
  // Checks once a second until an own command was sent; for how many seconds.
  int SecondsUntilOwnCommand(unsigned n = 1) {
    const int before = disk_.sent();
    for (int seconds = 0; seconds < 100; ++seconds) {
      const pwm_answer answer = CheckAfter(seconds == 0 ? 0 : 1, n);
      if (answer.begin_own) {
        WaitForCommand(before + 1);
        return seconds;
      }
    }
    return -1;
  }
  void WaitForCommand(int count) {
    while (disk_.sent() < count) sched_yield();
  }
  void WaitForOwnChecks() {
    while (pwm_own_checks_out(process_.get()) > 0) sched_yield();
  }

  void Publish(unsigned n, pw_state state, unsigned flags = 0) {
    pw_path_record path = publish::SamplePath(n);
    path.state = static_cast<std::uint8_t>(state);
    path.flags = flags;
    path.valid_until_boottime_ns = now_ + 9 * kSecond;
    path.last_check_sent_boottime_ns = now_ - 2 * kSecond;
    path.last_check_done_boottime_ns = now_ - kSecond;
    ASSERT_TRUE(state_->PutPath(n, path).ok());
    state_->Heartbeat(now_);
  }

  publish::TempRunDirectory directory_;
  query::SocketDirectory sockets_;
  // The same directory, by a name that is short enough for sockets.
  const std::string run_dir_ = sockets_.Path("run");
  const std::string control_ = run_dir_ + "/control";
  const std::string log_ = sockets_.Path("log");
  std::unique_ptr<publish::StateFile> state_;
  Disk disk_;
  std::unique_ptr<pwm_process> process_;
  int file_ = open("/dev/null", O_RDONLY | O_CLOEXEC);
  std::int64_t now_ = publish::kNow;
  std::uint32_t timeout_s_ = 30;
  bool asked_once_ = false;
  char keys_[5] = {};
};

}  // namespace pathwatch::checker

#endif  // PATHWATCH_TESTS_CHECKER_MULTIPATH_PROCESS_TESTING_H_
