// The plugin as multipathd uses it: loaded, called in its order, with its struct checker, over a
// real state file. The era is that of the era_*.c that is linked.
#include <dlfcn.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "lib/checker/multipath/messages.h"
#include "lib/checker/multipath/multipathd.h"
#include "tests/checker/multipath/abi/era.h"
#include "tests/checker/multipath/abi/fake_disks.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::checker {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::int64_t BoottimeNs() {
  timespec time{};
  clock_gettime(CLOCK_BOOTTIME, &time);
  return time.tv_sec * kSecond + time.tv_nsec;
}

// As multipathd's checkers.c holds it.
class Plugin {
 public:
  Plugin() : handle_(dlopen(std::getenv("PLUGIN"), RTLD_NOW)) {
    if (handle_ == nullptr) {
      ADD_FAILURE() << dlerror();
      std::abort();
    }
    check_ = reinterpret_cast<int (*)(void*, void*)>(Symbol("libcheck_check"));
    init_ = reinterpret_cast<int (*)(void*)>(Symbol("libcheck_init"));
    free_ = reinterpret_cast<void (*)(void*)>(Symbol("libcheck_free"));
    messages_ = static_cast<const char**>(Symbol("libcheck_msgtable"));
    // With these, multipathd would run threads of its own, or ask in other ways.
    for (const char* const name : {"libcheck_async_func", "libcheck_pending", "libcheck_need_wait",
                                   "libcheck_thread", "libcheck_mp_init", "libcheck_reset"}) {
      EXPECT_EQ(dlsym(handle_, name), nullptr) << name;
    }
  }
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;
  ~Plugin() { dlclose(handle_); }

  int Init(void* checker) const { return init_(checker); }
  // 0.15 gives a second argument.
  int Check(void* checker) const { return check_(checker, nullptr); }
  void Free(void* checker) const { free_(checker); }
  std::string Message(int number) const { return messages_[number - 100]; }

 private:
  void* Symbol(const char* name) const {
    void* const symbol = dlsym(handle_, name);
    EXPECT_NE(symbol, nullptr) << name;
    return symbol;
  }

  void* const handle_;
  int (*check_)(void*, void*);
  int (*init_)(void*);
  void (*free_)(void*);
  const char** messages_;
};

// A struct checker of the era with bytes around it, in which only the message may change.
class Checker {
 public:
  Checker(const Plugin& plugin, std::uint64_t devt, unsigned timeout_s)
      : plugin_(plugin), bytes_(2 * kGuard + era.checker_size, 0xee) {
    fake_disk(file_, devt);
    Put(8, file_);
    Put(12, timeout_s);
    EXPECT_EQ(plugin_.Init(checker()), 0);
    ExpectUntouched();
  }
  Checker(const Checker&) = delete;
  Checker& operator=(const Checker&) = delete;
  ~Checker() {
    plugin_.Free(checker());
    ExpectUntouched();
    fake_disk(file_, 0);
    close(file_);
  }

  // The state; `message` has its number afterwards, as multipathd sees it.
  int Check() {
    // multipathd sets it to 0 before.
    if (era.message_offset != 0) Put(era.message_offset, std::int16_t{0});
    const auto before = bytes_;
    const int state = plugin_.Check(checker());
    if (era.message_offset != 0) {
      std::memcpy(&message, &bytes_[kGuard + era.message_offset], sizeof message);
    }
    ExpectUntouchedSince(before);
    return state;
  }
  // Checks until the own command has brought a verdict.
  int CheckUntilVerdict() {
    int state = Check();
    while (state == PWM_PENDING) {
      sched_yield();
      state = Check();
    }
    return state;
  }

  std::int16_t message = 0;

 private:
  static constexpr std::size_t kGuard = 64;

  void* checker() { return &bytes_[kGuard]; }
  template <class Value>
  void Put(std::size_t offset, Value value) {
    std::memcpy(&bytes_[kGuard + offset], &value, sizeof value);
    seen_ = bytes_;
  }
  void ExpectUntouched() { EXPECT_EQ(bytes_, seen_); }
  void ExpectUntouchedSince(std::vector<std::uint8_t> before) {
    seen_ = bytes_;
    if (era.message_offset != 0) {
      std::memcpy(&before[kGuard + era.message_offset], &message, sizeof message);
    }
    EXPECT_EQ(bytes_, before) << "something else than the message has changed";
  }

  const Plugin& plugin_;
  const int file_ = open("/dev/null", O_RDONLY | O_CLOEXEC);
  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint8_t> seen_;
};

// The run directory of all tests of the program: the plugin looks for it once.
class AbiTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    run_dir_ = new publish::TempRunDirectory;
    setenv("PATHWATCH_RUN_DIR", run_dir_->path().c_str(), 1);
  }
  static void TearDownTestSuite() { delete run_dir_; }

  static std::uint64_t Disk(unsigned n) { return makedev(8, 16 * n); }
  void Publish(unsigned n, pw_state state, const pw_code& code = {}) {
    if (state_ == nullptr) state_ = publish::CreateState(*run_dir_, publish::SmallCapacities(8));
    const std::int64_t now = BoottimeNs();
    pw_path_record path = publish::SamplePath(n);
    path.state = static_cast<std::uint8_t>(state);
    path.reason_code = code;
    path.since_boottime_ns = now - kSecond;
    path.valid_until_boottime_ns = now + 600 * kSecond;
    ASSERT_TRUE(state_->PutPath(n, path).ok());
    state_->Heartbeat(now);
  }
  void TakeStateAway() {
    state_.reset();
    std::filesystem::remove(run_dir_->state());
  }
  void ExpectMessage(const Checker& checker, pwm_message message) {
    EXPECT_EQ(checker.message, era.message_offset != 0 ? message : 0);
  }

  static publish::TempRunDirectory* run_dir_;
  std::unique_ptr<publish::StateFile> state_;
  Plugin plugin_;
};

publish::TempRunDirectory* AbiTest::run_dir_ = nullptr;

// The first of the program: pathwatch has never answered here, so nothing waits for it.
TEST_F(AbiTest, LifeOfAProcessFromWithoutPathwatchToWithItAndLoadedAnew) {
  auto checker = std::make_unique<Checker>(plugin_, Disk(1), 30);
  EXPECT_EQ(checker->Check(), PWM_PENDING);
  EXPECT_EQ(checker->CheckUntilVerdict(), PWM_UP);
  ExpectMessage(*checker, PWM_MESSAGE_OWN_UP);
  const int commands = fake_commands();
  EXPECT_EQ(commands, 1);

  Publish(1, PW_STATE_GHOST);
  EXPECT_EQ(checker->Check(), PWM_GHOST);
  ExpectMessage(*checker, PWM_MESSAGE_GHOST);
  Publish(1, PW_STATE_DOWN);
  EXPECT_EQ(checker->Check(), PWM_DOWN);
  ExpectMessage(*checker, PWM_MESSAGE_DOWN);
  Publish(1, PW_STATE_UP);
  EXPECT_EQ(checker->Check(), PWM_UP);
  ExpectMessage(*checker, PWM_MESSAGE_UP);
  EXPECT_EQ(plugin_.Message(PWM_MESSAGE_UP), " reports path is up");

  checker.reset();
  {
    const Plugin reloaded;
    Checker other(reloaded, Disk(1), 30);
    EXPECT_EQ(other.Check(), PWM_UP);
  }
  EXPECT_EQ(fake_commands(), commands) << "pathwatch lives: nothing is sent";
}

TEST(PluginTest, IsStillThereWhenEverybodyHasClosedIt) {
  { const Plugin plugin; }
  void* const handle = dlopen(std::getenv("PLUGIN"), RTLD_NOW | RTLD_NOLOAD);
  EXPECT_NE(handle, nullptr);
  if (handle != nullptr) dlclose(handle);
}

TEST_F(AbiTest, UnmappedPathIsDisconnectedForThoseWhoKnowTheWord) {
  const pw_code code = {0, 0, 2, 5, 0x25, 0, PW_CODE_HAS_SENSE | PW_CODE_HAS_ASC, {}};
  Publish(2, PW_STATE_UP);
  Checker checker(plugin_, Disk(2), 30);
  checker.Check();
  EXPECT_EQ(era_unknown_states(), 0) << "not asked before it is needed";
  Publish(2, PW_STATE_UNMAPPED, code);
  for (int call = 0; call < 3; ++call) {
    EXPECT_EQ(checker.Check(), era.knows_disconnected ? PWM_DISCONNECTED : PWM_DOWN);
    ExpectMessage(checker, PWM_MESSAGE_UNMAPPED);
  }
  EXPECT_LE(era_unknown_states(), 1) << "each time logs a line";
  Publish(2, PW_STATE_UNMAPPED);
  EXPECT_EQ(checker.Check(), PWM_DOWN) << "for another reason";
}

TEST_F(AbiTest, DiskThatIsNotOfScsiIsUp) {
  Checker checker(plugin_, makedev(259, 3), 30);
  EXPECT_EQ(checker.Check(), PWM_UP);
  ExpectMessage(checker, PWM_MESSAGE_NOT_SCSI);
}

TEST_F(AbiTest, CommandMultipathGetsItsAnswerInTheSameCall) {
  Publish(3, PW_STATE_UP);
  Checker checker(plugin_, Disk(3), 30);
  EXPECT_EQ(checker.Check(), PWM_UP);
  TakeStateAway();
  const int commands = fake_commands();
  era_set_sync(true);
  // What was read a moment ago still counts.
  int state = checker.Check();
  while (state == PWM_UP && fake_commands() == commands) state = checker.Check();
  era_set_sync(false);
  if (era.message_offset != 0) {
    EXPECT_EQ(state, PWM_UP);
    ExpectMessage(checker, PWM_MESSAGE_OWN_UP);
    EXPECT_EQ(fake_commands(), commands + 1);
  } else {
    EXPECT_EQ(state, PWM_PENDING) << "who asks is not known";
  }
}

TEST_F(AbiTest, CheckerWithoutADescriptorAndOneThatWasNeverGivenDoNoHarm) {
  Publish(1, PW_STATE_UP);
  std::vector<std::uint8_t> bytes(era.checker_size, 0xff);
  EXPECT_EQ(plugin_.Check(bytes.data()), PWM_UNCHECKED);
  plugin_.Free(bytes.data());
  EXPECT_EQ(plugin_.Init(bytes.data()), 0);
  EXPECT_EQ(plugin_.Check(bytes.data()), PWM_PENDING);
  plugin_.Free(bytes.data());
}

}  // namespace
}  // namespace pathwatch::checker
