// State files that nobody should have to read: no answer rests on them, and the path is checked by
// the process itself.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <thread>
#include <vector>

#include "tests/checker/multipath/process_testing.h"

namespace pathwatch::checker {
namespace {

using Bytes = std::vector<std::uint8_t>;

class BadFileTest : public ProcessTest {
 protected:
  Bytes Good() const { return publish::ReadBytes(directory_.state()); }
  // Another file takes the name.
  void Replace(const Bytes& bytes) {
    const std::string next = directory_.path() + "/next";
    publish::WriteBytes(next, bytes);
    std::filesystem::rename(next, directory_.state());
  }
  // The path was up, then there is no answer for that reason, and a command tells in the end.
  void ExpectNoAnswer(pwm_message reason) {
    EXPECT_EQ(Check().reason, reason);
    EXPECT_EQ(Check().state, PWM_PENDING);
    const int seconds = SecondsUntilOwnCommand();
    EXPECT_GE(seconds, 0);
    EXPECT_LE(seconds, 10);
    WaitForOwnChecks();
    EXPECT_EQ(Check().message, PWM_MESSAGE_OWN_UP);
  }
  void ExpectNoAnswerFrom(const std::function<void(Bytes&)>& change, pwm_message reason) {
    ASSERT_EQ(Check().state, PWM_UP);
    Bytes bytes = Good();
    change(bytes);
    Replace(bytes);
    ExpectNoAnswer(reason);
  }
};

TEST_F(BadFileTest, Missing) {
  ASSERT_EQ(Check().state, PWM_UP);
  std::filesystem::remove(directory_.state());
  ExpectNoAnswer(PWM_MESSAGE_NO_FILE);
}

TEST_F(BadFileTest, MissingWithItsDirectory) {
  ASSERT_EQ(Check().state, PWM_UP);
  std::filesystem::remove_all(directory_.path());
  ExpectNoAnswer(PWM_MESSAGE_NO_FILE);
}

TEST_F(BadFileTest, CutShort) {
  ExpectNoAnswerFrom([](Bytes& bytes) { bytes.resize(2000); }, PWM_MESSAGE_DAMAGED);
}

TEST_F(BadFileTest, CutShortInPlaceWhileItIsRead) {
  ASSERT_EQ(Check().state, PWM_UP);
  // Not the one that the writer has mapped.
  Replace(Good());
  ASSERT_EQ(Check().state, PWM_UP);
  ASSERT_EQ(truncate(directory_.state().c_str(), 700), 0);
  ExpectNoAnswer(PWM_MESSAGE_DAMAGED);
}

TEST_F(BadFileTest, ShrinksBetweenAnyTwoReads) {
  const Bytes good = Good();
  for (std::size_t size = good.size(); size > 0; size -= std::min<std::size_t>(size, 97)) {
    Replace(good);
    now_ = publish::kNow;
    ASSERT_EQ(Check().state, PWM_UP);
    ASSERT_EQ(truncate(directory_.state().c_str(), static_cast<off_t>(size - 1)), 0);
    ASSERT_NE(Check().state, PWM_DOWN);
  }
}

TEST_F(BadFileTest, Foreign) {
  ExpectNoAnswerFrom([](Bytes& bytes) { bytes.assign(5000, 'x'); }, PWM_MESSAGE_FOREIGN);
}

TEST_F(BadFileTest, Empty) {
  ExpectNoAnswerFrom([](Bytes& bytes) { bytes.clear(); }, PWM_MESSAGE_FOREIGN);
}

TEST_F(BadFileTest, OtherMajor) {
  ExpectNoAnswerFrom(
      [](Bytes& bytes) {
        ++publish::HeaderIn(bytes).version_major;
        publish::SealHeader(bytes);
      },
      PWM_MESSAGE_OTHER_MAJOR);
}

TEST_F(BadFileTest, FlippedBitInTheHeader) {
  ExpectNoAnswerFrom([](Bytes& bytes) { bytes[200] ^= 1; }, PWM_MESSAGE_DAMAGED);
}

TEST_F(BadFileTest, FlippedBitInTheRecord) {
  ExpectNoAnswerFrom([](Bytes& bytes) { publish::RecordIn(bytes, PW_SECTION_PATHS, 1)[40] ^= 1; },
                     PWM_MESSAGE_DAMAGED);
}

TEST_F(BadFileTest, RecordThatStaysHalfWritten) {
  ExpectNoAnswerFrom(
      [](Bytes& bytes) {
        auto* const record = publish::RecordIn(bytes, PW_SECTION_PATHS, 1);
        ++reinterpret_cast<pw_record_head*>(record)->sequence;
      },
      PWM_MESSAGE_BUSY);
}

TEST_F(BadFileTest, HeaderThatStaysHalfWritten) {
  ExpectNoAnswerFrom([](Bytes& bytes) { ++publish::HeaderIn(bytes).sequence; }, PWM_MESSAGE_BUSY);
}

TEST_F(BadFileTest, OthersMayWriteIt) {
  ASSERT_EQ(Check().state, PWM_UP);
  Replace(Good());
  chmod(directory_.state().c_str(), 0666);
  ExpectNoAnswer(PWM_MESSAGE_UNTRUSTED);
}

TEST_F(BadFileTest, DirectoryThatOthersMayWrite) {
  ASSERT_EQ(Check().state, PWM_UP);
  Replace(Good());
  chmod(directory_.path().c_str(), 0777);
  ExpectNoAnswer(PWM_MESSAGE_UNTRUSTED);
}

TEST_F(BadFileTest, OfSomebodyElse) {
  ASSERT_EQ(Check().state, PWM_UP);
  Replace(Good());
  if (chown(directory_.state().c_str(), 1234, 1234) != 0) {
    GTEST_SKIP() << "this process may not give files away";
  }
  ExpectNoAnswer(PWM_MESSAGE_UNTRUSTED);
}

TEST_F(BadFileTest, SymbolicLink) {
  ASSERT_EQ(Check().state, PWM_UP);
  std::filesystem::rename(directory_.state(), directory_.path() + "/real");
  std::filesystem::create_symlink("real", directory_.state());
  // Noticed when the file is opened again.
  Reopen();
  EXPECT_TRUE(Check().begin_own);
  WaitForOwnChecks();
}

TEST_F(BadFileTest, StateThatOnlyANewerMinorKnows) {
  pw_path_record path = publish::SamplePath(1);
  path.state = PW_STATES;
  ASSERT_TRUE(state_->PutPath(1, path).ok());
  ExpectNoAnswer(PWM_MESSAGE_STATE_NEWER);
}

TEST_F(BadFileTest, StaleFromTheBeginning) {
  Reopen();
  now_ += 3600 * kSecond;
  const pwm_answer answer = Check();
  EXPECT_EQ(answer.reason, PWM_MESSAGE_STALE);
  EXPECT_TRUE(answer.begin_own) << "pathwatch has never answered here";
  WaitForOwnChecks();
}

// Gives the path records another size, as an older or newer minor has.
Bytes WithPathRecordsOf(std::uint32_t size, std::uint16_t minor, const Bytes& from) {
  Bytes to = from;
  const pw_section old = publish::HeaderIn(to).sections[PW_SECTION_PATHS - 1];
  pw_section& section = publish::HeaderIn(to).sections[PW_SECTION_PATHS - 1];
  section.record_size = size;
  section.offset = (from.size() + 7) / 8 * 8;
  to.resize(section.offset + std::size_t{size} * section.capacity);
  for (std::uint32_t n = 0; n < old.capacity; ++n) {
    const std::uint8_t* const source = &from[old.offset + std::size_t{n} * old.record_size];
    std::uint8_t* const record =
        &to[publish::HeaderIn(to).sections[PW_SECTION_PATHS - 1].offset + std::size_t{n} * size];
    std::memcpy(record, source, std::min(size, old.record_size));
    if (record[4] == 0) continue;
    const std::uint64_t checksum = pw_record_checksum(record, size);
    std::memcpy(record + offsetof(pw_record_head, checksum), &checksum, sizeof checksum);
  }
  publish::HeaderIn(to).version_minor = minor;
  publish::HeaderIn(to).file_size = to.size();
  publish::SealHeader(to);
  return to;
}

TEST_F(BadFileTest, OlderMinorWithShorterRecordsIsGood) {
  Replace(WithPathRecordsOf(384, 0, Good()));
  EXPECT_EQ(Check().message, PWM_MESSAGE_UP);
}

TEST_F(BadFileTest, NewerMinorWithLongerRecordsIsGood) {
  Replace(WithPathRecordsOf(1024, PW_VERSION_MINOR + 3, Good()));
  EXPECT_EQ(Check().message, PWM_MESSAGE_UP);
}

TEST_F(BadFileTest, ReplacedFileIsReadAtTheNextCall) {
  ASSERT_EQ(Check().state, PWM_UP);
  const auto next = publish::CreateState(directory_, publish::SmallCapacities(4));
  pw_path_record path = publish::SamplePath(1);
  path.state = PW_STATE_DOWN;
  ASSERT_TRUE(next->PutPath(1, path).ok());
  EXPECT_EQ(Check().state, PWM_DOWN);
}

TEST_F(BadFileTest, PathThatIsOnlyInTheNewFileIsFoundWithinTheTimeOfALook) {
  pwm_call call = {now_, file_, 30, false};
  ASSERT_EQ(pwm_check(process_.get(), &keys_[1], &call).state, PWM_UP);
  const auto next = publish::CreateState(directory_, publish::SmallCapacities(8));
  ASSERT_TRUE(next->PutPath(4, publish::SamplePath(4)).ok());
  Add(4);
  call.now_ns += kSecond / 1000;
  EXPECT_EQ(pwm_check(process_.get(), &keys_[4], &call).state, PWM_UP);
}

TEST_F(BadFileTest, RecordThatHasMovedIsFound) {
  ASSERT_EQ(Check().state, PWM_UP);
  // The slot is given to another path, as a path that comes again gets another one.
  ASSERT_TRUE(state_->PutPath(1, publish::SamplePath(7)).ok());
  EXPECT_EQ(Check().reason, PWM_MESSAGE_NOT_FOUND);
  ASSERT_TRUE(state_->PutPath(0, publish::SamplePath(1)).ok());
  EXPECT_EQ(Check().state, PWM_UP);
}

TEST_F(BadFileTest, EveryLookUpIsRightWhileAnotherThreadReplacesTheFile) {
  const Bytes good = Good();
  std::atomic<bool> enough{false};
  std::atomic<int> replaced{0};
  std::thread other([&] {
    while (!enough) {
      Replace(good);
      ++replaced;
    }
  });
  int answered = 0;
  while (answered < 10'000 || replaced < 100) {
    // Earlier or later than the call before: each looks at the file itself.
    now_ = publish::kNow + answered % 2 * kSecond / 10;
    const pwm_answer answer = Check();
    // A new file is there at once: its name never leads to nothing.
    EXPECT_EQ(answer.message, PWM_MESSAGE_UP);
    if (answer.message != PWM_MESSAGE_UP) break;
    ++answered;
  }
  enough = true;
  other.join();
  EXPECT_EQ(disk_.sent(), 0);
}

}  // namespace
}  // namespace pathwatch::checker
