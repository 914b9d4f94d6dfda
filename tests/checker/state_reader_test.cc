#include "lib/checker/state_reader.h"

#include <grp.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "lib/publish/state_file.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::checker {
namespace {

using publish::HeaderIn;
using publish::kNow;
using publish::ReadBytes;
using publish::RecordIn;
using publish::SamplePath;
using publish::SealHeader;
using publish::WriteBytes;

// A state file with the paths 1, 2 and 3 in the slots of these numbers, and a reader.
class StateReaderTest : public testing::Test {
 protected:
  StateReaderTest() : state_(publish::CreateState(directory_, publish::SmallCapacities(4))) {
    for (std::uint32_t n = 1; n < 4; ++n) EXPECT_TRUE(state_->PutPath(n, SamplePath(n)).ok());
    EXPECT_EQ(pw_open(directory_.state().c_str(), &reader_), PW_OK);
  }
  ~StateReaderTest() override { pw_close(&reader_); }

  pw_result Open() {
    pw_close(&reader_);
    return pw_open(directory_.state().c_str(), &reader_);
  }
  // Opens a file with those bytes.
  pw_result OpenWith(const std::vector<std::uint8_t>& bytes) {
    WriteBytes(directory_.state(), bytes);
    return Open();
  }
  std::vector<std::uint8_t> Bytes() const { return ReadBytes(directory_.state()); }
  pw_result Find(std::uint32_t n) {
    return pw_find_path_by_hctl(&reader_, 3, 0, n % 4, n, nullptr, &path_);
  }

  publish::TempRunDirectory directory_;
  std::unique_ptr<publish::StateFile> state_;
  pw_reader reader_;
  pw_path_record path_;
};

TEST_F(StateReaderTest, MissingFileAndMissingDirectory) {
  std::filesystem::remove(directory_.state());
  EXPECT_EQ(Open(), PW_NO_FILE);
  EXPECT_EQ(pw_refresh(&reader_), PW_NO_FILE);
  EXPECT_EQ(pw_open("/nonexistent/state", &reader_), PW_NO_FILE);
  EXPECT_EQ(pw_open("", &reader_), PW_NO_FILE);
  EXPECT_EQ(pw_open(std::string(PW_STATE_PATH_MAX, 'x').c_str(), &reader_), PW_NO_FILE);
}

TEST_F(StateReaderTest, ClosedReaderSaysSoInEveryCall) {
  pw_close(&reader_);
  pw_close(&reader_);
  pw_header header;
  std::uint32_t count = 0;
  EXPECT_EQ(pw_header_snapshot(&reader_, &header), PW_CLOSED);
  EXPECT_EQ(pw_path_count(&reader_, &count), PW_CLOSED);
  EXPECT_EQ(pw_freshness(&reader_, kNow, nullptr), PW_CLOSED);
  EXPECT_EQ(pw_read_path(&reader_, 1, &path_), PW_CLOSED);
  EXPECT_EQ(Find(1), PW_CLOSED);
  EXPECT_EQ(pw_refresh(&reader_), PW_OK);
  EXPECT_EQ(Find(1), PW_OK);
}

TEST_F(StateReaderTest, NotARegularFile) {
  std::filesystem::rename(directory_.state(), directory_.path() + "/real");
  std::filesystem::create_symlink("real", directory_.state());
  EXPECT_EQ(Open(), PW_NOT_REGULAR);
  std::filesystem::remove(directory_.state());
  ASSERT_EQ(mkfifo(directory_.state().c_str(), 0640), 0);
  EXPECT_EQ(Open(), PW_NOT_REGULAR);
  std::filesystem::remove(directory_.state());
  std::filesystem::create_directory(directory_.state());
  EXPECT_EQ(Open(), PW_NOT_REGULAR);
}

TEST_F(StateReaderTest, FileOrDirectoryThatOthersMayWriteIsNotTrusted) {
  for (const mode_t mode : {0660U, 0642U}) {
    chmod(directory_.state().c_str(), mode);
    EXPECT_EQ(Open(), PW_UNTRUSTED) << mode;
  }
  chmod(directory_.state().c_str(), 0640);
  for (const mode_t mode : {0775U, 0757U, 01777U}) {
    chmod(directory_.path().c_str(), mode);
    EXPECT_EQ(Open(), PW_UNTRUSTED) << mode;
  }
  chmod(directory_.path().c_str(), 0700);
  EXPECT_EQ(Open(), PW_OK);
}

TEST_F(StateReaderTest, FileOfAThirdPartyIsNotTrusted) {
  if (chown(directory_.path().c_str(), 1000, 1000) != 0) {
    GTEST_SKIP() << "this process may not give files away";
  }
  EXPECT_EQ(Open(), PW_OK) << "root's file in a user's directory";
  ASSERT_EQ(chown(directory_.state().c_str(), 1000, 1000), 0);
  EXPECT_EQ(Open(), PW_OK) << "a user's file in his directory";
  ASSERT_EQ(chown(directory_.state().c_str(), 1001, 1001), 0);
  EXPECT_EQ(Open(), PW_UNTRUSTED) << "another user's file";
}

TEST_F(StateReaderTest, UserOutsideTheGroupIsNotAllowed) {
  const pid_t child = fork();
  if (child == 0) {
    chmod(directory_.state().c_str(), 0);
    // Only root may read a file of mode 0, so he becomes somebody else.
    if (geteuid() == 0 && (setgroups(0, nullptr) != 0 || setuid(65534) != 0)) _exit(77);
    _exit(Open());
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "this process may not change its user";
  EXPECT_EQ(WEXITSTATUS(status), PW_NOT_ALLOWED);
}

TEST_F(StateReaderTest, ForeignFile) {
  EXPECT_EQ(OpenWith({}), PW_FOREIGN);
  EXPECT_EQ(OpenWith({'P', 'W'}), PW_FOREIGN);
  EXPECT_EQ(OpenWith(std::vector<std::uint8_t>(5000, 'x')), PW_FOREIGN);
}

TEST_F(StateReaderTest, OtherMajorHasAResultOfItsOwn) {
  auto bytes = Bytes();
  HeaderIn(bytes).version_major = 2;
  EXPECT_EQ(OpenWith(bytes), PW_OTHER_MAJOR);
  HeaderIn(bytes).version_major = 0;
  EXPECT_EQ(OpenWith(bytes), PW_OTHER_MAJOR);
  bytes.resize(100);
  EXPECT_EQ(OpenWith(bytes), PW_OTHER_MAJOR);
}

TEST_F(StateReaderTest, TruncatedAnywhere) {
  const auto bytes = Bytes();
  for (std::size_t size = 8; size < bytes.size(); size += 56) {
    auto cut = bytes;
    cut.resize(size);
    EXPECT_EQ(OpenWith(cut), PW_TRUNCATED) << size;
  }
}

TEST_F(StateReaderTest, FileThatShrinksUnderTheReader) {
  std::filesystem::resize_file(directory_.state(), sizeof(pw_header));
  EXPECT_EQ(pw_read_path(&reader_, 3, &path_), PW_TRUNCATED);
  EXPECT_EQ(Find(3), PW_TRUNCATED);
  std::filesystem::resize_file(directory_.state(), 4);
  EXPECT_EQ(pw_freshness(&reader_, kNow, nullptr), PW_TRUNCATED);
  EXPECT_EQ(pw_refresh(&reader_), PW_FOREIGN);
}

TEST_F(StateReaderTest, FlippedBitInTheHeaderIsDamage) {
  auto bytes = Bytes();
  HeaderIn(bytes).sections[0].capacity ^= 2;
  EXPECT_EQ(OpenWith(bytes), PW_DAMAGED);
}

TEST_F(StateReaderTest, SizesThatContradictEachOtherAreDamage) {
  const auto expect_damaged = [&](const char* what, auto change) {
    auto bytes = Bytes();
    const auto before = bytes;
    change(HeaderIn(bytes));
    SealHeader(bytes);
    EXPECT_EQ(OpenWith(bytes), PW_DAMAGED) << what;
    WriteBytes(directory_.state(), before);
  };
  expect_damaged("count of sections", [](pw_header& h) { h.section_count = 17; });
  expect_damaged("section twice", [](pw_header& h) { h.sections[1].kind = 1; });
  expect_damaged("record too short", [](pw_header& h) { h.sections[3].record_size = 8; });
  expect_damaged("record too long", [](pw_header& h) { h.sections[3].record_size = 4104; });
  expect_damaged("record of odd size", [](pw_header& h) { h.sections[3].record_size = 380; });
  expect_damaged("section in the header", [](pw_header& h) { h.sections[3].offset = 632; });
  expect_damaged("section behind the end", [](pw_header& h) { h.sections[3].offset = 1 << 20; });
  expect_damaged("offset that overflows", [](pw_header& h) { h.sections[3].offset = ~7ULL; });
  expect_damaged("odd offset", [](pw_header& h) { h.sections[3].offset += 4; });
  expect_damaged("capacity", [](pw_header& h) { h.sections[3].capacity = ~0U; });
  expect_damaged("used", [](pw_header& h) { h.sections[3].used = 5; });
  expect_damaged("file size", [](pw_header& h) { h.file_size = 16; });
}

TEST_F(StateReaderTest, HeaderSizeBeyondTheLimitsIsDamage) {
  for (const std::uint32_t size : {0U, 632U, 641U, 4104U, ~0U}) {
    auto bytes = Bytes();
    HeaderIn(bytes).header_size = size;
    EXPECT_EQ(OpenWith(bytes), PW_DAMAGED) << size;
  }
}

TEST_F(StateReaderTest, FlippedBitInARecordIsDamageOfThatRecord) {
  auto bytes = Bytes();
  RecordIn(bytes, PW_SECTION_PATHS, 2)[offsetof(pw_path_record, state)] ^= 4;
  ASSERT_EQ(OpenWith(bytes), PW_OK);
  EXPECT_EQ(pw_read_path(&reader_, 2, &path_), PW_DAMAGED);
  EXPECT_EQ(path_.state, PW_STATE_UNKNOWN);
  EXPECT_EQ(Find(2), PW_DAMAGED);
  EXPECT_EQ(Find(3), PW_OK);
}

TEST_F(StateReaderTest, OlderContentUnderANewerSequenceIsDamage) {
  auto bytes = Bytes();
  reinterpret_cast<pw_path_record*>(RecordIn(bytes, PW_SECTION_PATHS, 2))->head.sequence += 2;
  ASSERT_EQ(OpenWith(bytes), PW_OK);
  EXPECT_EQ(pw_read_path(&reader_, 2, &path_), PW_DAMAGED);
}

TEST_F(StateReaderTest, RecordThatStaysUnfinishedIsBusy) {
  auto bytes = Bytes();
  reinterpret_cast<pw_path_record*>(RecordIn(bytes, PW_SECTION_PATHS, 2))->head.sequence += 1;
  ASSERT_EQ(OpenWith(bytes), PW_OK);
  EXPECT_EQ(pw_read_path(&reader_, 2, &path_), PW_BUSY);
  EXPECT_EQ(Find(2), PW_BUSY);
}

TEST_F(StateReaderTest, HeaderThatStaysUnfinishedIsBusy) {
  auto bytes = Bytes();
  HeaderIn(bytes).sequence += 1;
  EXPECT_EQ(OpenWith(bytes), PW_BUSY);
}

TEST_F(StateReaderTest, MissingPathIsNotBelievedWhileTheIndexIsRebuilt) {
  auto bytes = Bytes();
  HeaderIn(bytes).index_sequence += 1;
  ASSERT_EQ(OpenWith(bytes), PW_OK);
  EXPECT_EQ(Find(0), PW_BUSY);
  EXPECT_EQ(Find(3), PW_OK);
}

TEST_F(StateReaderTest, StaleIndexEntryCannotLie) {
  auto bytes = Bytes();
  const pw_section index = HeaderIn(bytes).sections[PW_SECTION_INDEX - 1];
  for (std::uint32_t i = 0; i < index.capacity; ++i) {
    auto& entry = *reinterpret_cast<pw_index_entry*>(RecordIn(bytes, PW_SECTION_INDEX, i));
    if (entry.path_plus_one == 2) entry.path_plus_one = 3;
  }
  ASSERT_EQ(OpenWith(bytes), PW_OK);
  EXPECT_EQ(Find(1), PW_NOT_FOUND);
  EXPECT_EQ(Find(2), PW_OK);
}

TEST_F(StateReaderTest, IndexWithoutAFreeEntryEndsTheSearch) {
  auto bytes = Bytes();
  const pw_section index = HeaderIn(bytes).sections[PW_SECTION_INDEX - 1];
  for (std::uint32_t i = 0; i < index.capacity; ++i) {
    auto& entry = *reinterpret_cast<pw_index_entry*>(RecordIn(bytes, PW_SECTION_INDEX, i));
    if (entry.path_plus_one == 0) entry = {~0ULL, PW_INDEX_TOMBSTONE, PW_INDEX_DEVT};
  }
  ASSERT_EQ(OpenWith(bytes), PW_OK);
  EXPECT_EQ(Find(0), PW_NOT_FOUND);
  EXPECT_EQ(Find(3), PW_OK);
}

TEST_F(StateReaderTest, FileWithoutAnIndexHasItsPathsByNumber) {
  auto bytes = Bytes();
  HeaderIn(bytes).sections[PW_SECTION_INDEX - 1].kind = 77;
  SealHeader(bytes);
  ASSERT_EQ(OpenWith(bytes), PW_OK);
  EXPECT_EQ(Find(1), PW_NOT_FOUND);
  EXPECT_EQ(pw_read_path(&reader_, 1, &path_), PW_OK);
  std::uint32_t count = 0;
  EXPECT_EQ(pw_record_count(&reader_, PW_SECTION_INDEX, &count), PW_NOT_FOUND);
}

TEST_F(StateReaderTest, HeartbeatGrowsOld) {
  constexpr std::int64_t kLimit = 10'000'000'000;
  std::int64_t age = 0;
  EXPECT_EQ(pw_freshness(&reader_, kNow + kLimit, &age), PW_OK);
  EXPECT_EQ(age, kLimit);
  EXPECT_EQ(pw_freshness(&reader_, kNow + kLimit + 1, &age), PW_STALE);
  EXPECT_EQ(age, kLimit + 1);
  state_->Heartbeat(kNow + kLimit);
  EXPECT_EQ(pw_freshness(&reader_, kNow + kLimit + 1, &age), PW_OK);
}

TEST_F(StateReaderTest, HeartbeatOfAnotherBootIsStale) {
  constexpr std::int64_t kLimit = 10'000'000'000;
  EXPECT_EQ(pw_freshness(&reader_, kNow - kLimit - 1, nullptr), PW_STALE);
  EXPECT_EQ(pw_freshness(&reader_, -1, nullptr), PW_STALE);
  state_->Heartbeat(0);
  EXPECT_EQ(pw_freshness(&reader_, 5, nullptr), PW_STALE);
  state_->Heartbeat(INT64_MIN);
  EXPECT_EQ(pw_freshness(&reader_, INT64_MAX, nullptr), PW_STALE);
}

TEST_F(StateReaderTest, DeletedFileIsNoticed) {
  std::filesystem::remove(directory_.state());
  EXPECT_EQ(pw_read_path(&reader_, 1, &path_), PW_OK) << "the descriptor still has it";
  EXPECT_EQ(pw_refresh(&reader_), PW_NO_FILE);
  EXPECT_EQ(pw_read_path(&reader_, 1, &path_), PW_CLOSED);
}

TEST_F(StateReaderTest, ReplacedFileIsNoticed) {
  const auto next = publish::CreateState(directory_, publish::SmallCapacities(4));
  EXPECT_EQ(pw_read_path(&reader_, 1, &path_), PW_OK);
  EXPECT_EQ(pw_refresh(&reader_), PW_OK);
  EXPECT_EQ(pw_read_path(&reader_, 1, &path_), PW_NOT_FOUND);
}

TEST_F(StateReaderTest, FileThatWasMovedAwayIsLeftOnceItIsStale) {
  std::filesystem::rename(directory_.state(), directory_.path() + "/moved");
  const auto next = publish::CreateState(directory_, publish::SmallCapacities(4));
  next->Heartbeat(kNow + 20'000'000'000);
  EXPECT_EQ(pw_refresh(&reader_), PW_OK);
  EXPECT_EQ(pw_freshness(&reader_, kNow + 20'000'000'000, nullptr), PW_STALE);
  EXPECT_EQ(pw_refresh(&reader_), PW_OK);
  EXPECT_EQ(pw_freshness(&reader_, kNow + 20'000'000'000, nullptr), PW_OK);
}

TEST_F(StateReaderTest, SupersededFileWithASecondNameIsLeft) {
  std::filesystem::create_hard_link(directory_.state(), directory_.path() + "/second");
  ASSERT_TRUE(state_->PutPath(100, SamplePath(100)).ok());
  EXPECT_EQ(pw_freshness(&reader_, kNow, nullptr), PW_OK);
  EXPECT_EQ(Find(100), PW_NOT_FOUND);
  EXPECT_EQ(pw_refresh(&reader_), PW_OK);
  EXPECT_EQ(Find(100), PW_OK);
}

TEST_F(StateReaderTest, RefreshKeepsAFileThatIsStillTheOne) {
  const int file = reader_.file;
  EXPECT_EQ(pw_refresh(&reader_), PW_OK);
  EXPECT_EQ(reader_.file, file);
}

TEST_F(StateReaderTest, RelativePath) {
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(directory_.path());
  pw_reader reader;
  EXPECT_EQ(pw_open("state", &reader), PW_OK);
  pw_close(&reader);
  std::filesystem::current_path(before);
}

// Copies a file of this version into one of a newer minor: a longer header, records of paths that
// are longer (or shorter, as an older daemon's would be), and a section that nobody knows.
std::vector<std::uint8_t> AsOtherMinor(std::vector<std::uint8_t> from, std::uint32_t path_size) {
  constexpr std::size_t kLongerHeader = sizeof(pw_header) + 64;
  std::vector<std::uint8_t> to(16384, 0xee);
  std::memcpy(to.data(), from.data(), sizeof(pw_header));
  pw_header& header = HeaderIn(to);
  header.version_minor = 9;
  header.header_size = kLongerHeader;
  header.file_size = to.size();
  std::uint64_t offset = 1024;
  for (std::uint32_t i = 0; i < header.section_count; ++i) {
    const pw_section old = header.sections[i];
    if (old.kind == PW_SECTION_PATHS) header.sections[i].record_size = path_size;
    header.sections[i].offset = offset;
    const std::uint32_t size = header.sections[i].record_size;
    for (std::uint32_t n = 0; n < old.capacity; ++n, offset += size) {
      std::uint8_t* const record = &to[offset];
      std::memcpy(record, &from[old.offset + std::uint64_t{n} * old.record_size],
                  std::min(size, old.record_size));
      auto& head = *reinterpret_cast<pw_record_head*>(record);
      if (old.kind == PW_SECTION_PATHS) head.checksum = pw_record_checksum(record, size);
    }
  }
  header.sections[header.section_count++] = {PW_SECTIONS_END, 3, 5, ~0U, ~0U, 0};
  SealHeader(to);
  return to;
}

TEST_F(StateReaderTest, NewerMinorWithLongerRecordsAndUnknownSection) {
  ASSERT_EQ(OpenWith(AsOtherMinor(Bytes(), 512)), PW_OK);
  pw_header header;
  ASSERT_EQ(pw_header_snapshot(&reader_, &header), PW_OK);
  EXPECT_EQ(header.version_minor, 9);
  std::uint32_t count = 0;
  EXPECT_EQ(pw_path_count(&reader_, &count), PW_OK);
  EXPECT_EQ(count, 4U);
  for (std::uint32_t n = 1; n < 4; ++n) {
    ASSERT_EQ(Find(n), PW_OK);
    EXPECT_EQ(path_.generation, 100 + n);
    EXPECT_EQ(path_.state_changes, 1U);
  }
}

TEST_F(StateReaderTest, ShorterRecordsHaveZerosAtTheEnd) {
  ASSERT_EQ(OpenWith(AsOtherMinor(Bytes(), 360)), PW_OK);
  ASSERT_EQ(Find(2), PW_OK);
  EXPECT_EQ(path_.generation, 102U);
  EXPECT_EQ(path_.valid_until_boottime_ns, kNow + 9'000'000'000);
  EXPECT_EQ(path_.checks, 0U);
  EXPECT_EQ(path_.state_changes, 0U);
}

TEST_F(StateReaderTest, StringsEndWhateverTheFileSays) {
  pw_path_record path = SamplePath(1);
  std::memset(path.wwid, 'x', sizeof path.wwid);
  std::memset(path.sd_name, 'x', sizeof path.sd_name);
  ASSERT_TRUE(state_->PutPath(1, path).ok());
  ASSERT_EQ(pw_read_path(&reader_, 1, &path_), PW_OK);
  EXPECT_EQ(std::string(path_.wwid), std::string(127, 'x'));
  EXPECT_EQ(std::string(path_.sd_name), std::string(31, 'x'));
}

TEST(ChecksumTest, EveryBitCounts) {
  std::vector<std::uint8_t> bytes(88, 0);
  std::set<std::uint64_t> sums{pw_checksum(0, bytes.data(), bytes.size())};
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] = static_cast<std::uint8_t>(1U << (bit % 8));
    sums.insert(pw_checksum(0, bytes.data(), bytes.size()));
    bytes[bit / 8] = 0;
  }
  EXPECT_EQ(sums.size(), bytes.size() * 8 + 1);
}

TEST(ChecksumTest, KnownValuesStayAsTheyAre) {
  std::uint8_t bytes[40];
  for (std::size_t i = 0; i < sizeof bytes; ++i) bytes[i] = static_cast<std::uint8_t>(i);
  EXPECT_EQ(pw_checksum(2, bytes, 0), 0x6cd00ce394b579dbULL);
  EXPECT_EQ(pw_checksum(2, bytes, 40), 0x34b0adee9562a97ULL);
  EXPECT_EQ(pw_hctl_key(3, 0, 1, 7), 0xcbec4e3980463f87ULL);
}

TEST(ResultTextTest, EachResultHasASentenceOfItsOwn) {
  std::set<std::string> sentences;
  for (int result = PW_OK; result <= PW_OVERWRITTEN; ++result) {
    sentences.insert(pw_strerror(static_cast<pw_result>(result)));
  }
  EXPECT_EQ(sentences.size(), static_cast<std::size_t>(PW_OVERWRITTEN) + 1);
  EXPECT_EQ(sentences.count("unknown result"), 0U);
  EXPECT_STREQ(pw_strerror(static_cast<pw_result>(PW_OVERWRITTEN + 1)), "unknown result");
}

TEST_F(StateReaderTest, OnlyThePathOfThatVeryDeviceIsFound) {
  std::uint32_t index = 0;
  const std::uint64_t devt = makedev(8, 32);
  EXPECT_EQ(pw_find_path_of_device(&reader_, devt, 102, &index, &path_), PW_OK);
  EXPECT_EQ(index, 2u);
  EXPECT_EQ(path_.generation, 102u);
  // The number was given to another disk since, or the daemon has not seen ours yet.
  EXPECT_EQ(pw_find_path_of_device(&reader_, devt, 202, &index, &path_), PW_NOT_FOUND);
  EXPECT_EQ(index, PW_NO_INDEX);
  EXPECT_EQ(path_.generation, 0u);
  EXPECT_EQ(pw_find_path_of_device(&reader_, devt, 0, nullptr, &path_), PW_NOT_FOUND);
}

TEST(DeviceGeneration, IsTheInodeOfTheDeviceThatTheDiskLeadsTo) {
  const publish::TempRunDirectory sysfs;
  const std::string device = sysfs.path() + "/devices/3:0:0:1";
  std::filesystem::create_directories(device + "/scsi_device/3:0:0:1");
  std::filesystem::create_directories(device + "/block/sdb");
  std::filesystem::create_directory_symlink(device, device + "/block/sdb/device");
  std::filesystem::create_directories(sysfs.path() + "/dev/block");
  std::filesystem::create_directory_symlink(device + "/block/sdb",
                                            sysfs.path() + "/dev/block/8:16");
  struct stat status {};
  ASSERT_EQ(stat(device.c_str(), &status), 0);
  EXPECT_EQ(pw_device_generation(sysfs.path().c_str(), makedev(8, 16)), status.st_ino);
  EXPECT_EQ(pw_device_generation(sysfs.path().c_str(), makedev(8, 32)), 0u);
}

TEST(DeviceGeneration, IsNoneForADiskThatIsNotOneOfScsi) {
  const publish::TempRunDirectory sysfs;
  std::filesystem::create_directories(sysfs.path() + "/dev/block/259:0/device");
  EXPECT_EQ(pw_device_generation(sysfs.path().c_str(), makedev(259, 0)), 0u);
  EXPECT_EQ(pw_device_generation(std::string(PW_STATE_PATH_MAX, 'x').c_str(), makedev(8, 0)), 0u);
}

}  // namespace
}  // namespace pathwatch::checker
