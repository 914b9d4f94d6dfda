// What version 1.1 added: read from files of both versions, and from files that say nonsense.
#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "lib/checker/state_reader.h"
#include "lib/publish/state_file.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::checker {
namespace {

using publish::HeaderIn;
using publish::RecordIn;

// Makes a record of a section with room for one shorter, as an older daemon writes it.
void Shorten(std::vector<std::uint8_t>& bytes, pw_section_kind kind, std::uint32_t size) {
  pw_section& section = HeaderIn(bytes).sections[kind - 1];
  ASSERT_EQ(section.capacity, 1U);
  section.record_size = size;
  std::uint8_t* const record = RecordIn(bytes, kind, 0);
  const std::uint64_t checksum = pw_record_checksum(record, size);
  std::memcpy(record + offsetof(pw_record_head, checksum), &checksum, sizeof checksum);
}

// The file as a daemon of version 1.0 would have written it.
std::vector<std::uint8_t> AsVersionOneZero(std::vector<std::uint8_t> bytes) {
  Shorten(bytes, PW_SECTION_LUNS, 216);
  Shorten(bytes, PW_SECTION_NEXUSES, 320);
  pw_header& header = HeaderIn(bytes);
  header.version_minor = 0;
  header.section_count = PW_SECTION_COUNTERS;
  for (int i = PW_SECTION_COUNTERS; i < PW_SECTIONS_MAX; ++i) header.sections[i] = {};
  publish::SealHeader(bytes);
  return bytes;
}

// A state file with something of every kind, whose strings do not end, and a reader.
class VersionsTest : public testing::Test {
 protected:
  VersionsTest() : state_(publish::CreateState(directory_, publish::SmallCapacities(1))) {
    pw_lun_record lun{};
    std::strcpy(lun.wwid, "3600");
    lun.flags = PW_LUN_ALUA;
    std::memset(lun.dm_name, 'm', sizeof lun.dm_name);
    EXPECT_TRUE(state_->PutLun(0, lun).ok());
    pw_nexus_record nexus{};
    std::strcpy(nexus.name, "3:0:1");
    std::memset(nexus.port_name, 'n', sizeof nexus.port_name);
    std::memset(nexus.port_state, 's', sizeof nexus.port_state);
    std::memset(nexus.portal, 'p', sizeof nexus.portal);
    EXPECT_TRUE(state_->PutNexus(0, nexus).ok());
    EXPECT_TRUE(state_->PutPath(0, publish::SamplePath(1)).ok());
    EXPECT_TRUE(state_->PutPortGroup(0, pw_port_group_record{}).ok());
    EXPECT_TRUE(state_->AppendHistory(0, 101, publish::SampleChange(1, PW_STATE_DOWN)).ok());
    pw_change_record change{};
    std::memset(change.device, 'd', sizeof change.device);
    std::memset(change.wwid, 'w', sizeof change.wwid);
    state_->AppendChange(change);
    pw_detail_record detail;
    std::memset(&detail, 'x', sizeof detail);
    EXPECT_TRUE(state_->PutDetail(0, detail).ok());
    EXPECT_EQ(pw_open(directory_.state().c_str(), &reader_), PW_OK);
  }
  ~VersionsTest() override { pw_close(&reader_); }

  pw_result OpenWith(const std::vector<std::uint8_t>& bytes) {
    publish::WriteBytes(directory_.state(), bytes);
    pw_close(&reader_);
    return pw_open(directory_.state().c_str(), &reader_);
  }
  std::vector<std::uint8_t> Bytes() const { return publish::ReadBytes(directory_.state()); }
  // Expects `expected` from every call that reads what 1.1 has added.
  void ExpectOfAllThatIsNew(pw_result expected) {
    EXPECT_EQ(pw_read_port_group(&reader_, 0, &group_), expected);
    EXPECT_EQ(pw_read_history(&reader_, 0, &history_), expected);
    EXPECT_EQ(pw_read_change(&reader_, 1, &change_), expected);
    EXPECT_EQ(pw_read_detail(&reader_, 0, &detail_), expected);
  }

  publish::TempRunDirectory directory_;
  std::unique_ptr<publish::StateFile> state_;
  pw_reader reader_;
  pw_port_group_record group_;
  pw_history_record history_;
  pw_change_record change_;
  pw_detail_record detail_;
};

TEST_F(VersionsTest, StringsEndWhateverTheFileSays) {
  ExpectOfAllThatIsNew(PW_OK);
  EXPECT_EQ(std::string(change_.device), std::string(31, 'd'));
  EXPECT_EQ(std::string(change_.wwid), std::string(127, 'w'));
  EXPECT_EQ(std::string(detail_.identity_found), std::string(127, 'x'));
  EXPECT_EQ(std::string(detail_.dm_name), std::string(63, 'x'));
  EXPECT_EQ(std::string(detail_.dm_wwid), std::string(127, 'x'));
  EXPECT_EQ(std::string(detail_.device_state), std::string(23, 'x'));
  EXPECT_EQ(std::string(detail_.port_state), std::string(23, 'x'));
  pw_lun_record lun;
  ASSERT_EQ(pw_read_lun(&reader_, 0, &lun), PW_OK);
  EXPECT_EQ(std::string(lun.dm_name), std::string(63, 'm'));
  pw_nexus_record nexus;
  ASSERT_EQ(pw_read_nexus(&reader_, 0, &nexus), PW_OK);
  EXPECT_EQ(std::string(nexus.port_name), std::string(47, 'n'));
  EXPECT_EQ(std::string(nexus.port_state), std::string(23, 's'));
  EXPECT_EQ(std::string(nexus.portal), std::string(63, 'p'));
}

TEST_F(VersionsTest, FileOfVersionOneZeroIsReadAndLacksWhatIsNew) {
  ASSERT_EQ(OpenWith(AsVersionOneZero(Bytes())), PW_OK);
  pw_header header;
  ASSERT_EQ(pw_header_snapshot(&reader_, &header), PW_OK);
  EXPECT_EQ(header.version_minor, 0);
  pw_lun_record lun;
  ASSERT_EQ(pw_read_lun(&reader_, 0, &lun), PW_OK);
  EXPECT_STREQ(lun.wwid, "3600");
  EXPECT_EQ(lun.flags, 0U);
  EXPECT_STREQ(lun.dm_name, "");
  pw_nexus_record nexus;
  ASSERT_EQ(pw_read_nexus(&reader_, 0, &nexus), PW_OK);
  EXPECT_STREQ(nexus.name, "3:0:1");
  EXPECT_STREQ(nexus.portal, "");
  pw_path_record path;
  EXPECT_EQ(pw_find_path_by_hctl(&reader_, 3, 0, 1, 1, nullptr, &path), PW_OK);
  ExpectOfAllThatIsNew(PW_NOT_FOUND);
  for (int kind = PW_SECTION_PORT_GROUPS; kind < PW_SECTIONS_END; ++kind) {
    std::uint32_t count = 1;
    EXPECT_EQ(pw_record_count(&reader_, static_cast<pw_section_kind>(kind), &count), PW_NOT_FOUND);
    EXPECT_EQ(count, 0U);
  }
}

TEST_F(VersionsTest, SectionsOfANewerMinorArePassedOver) {
  auto bytes = Bytes();
  pw_header& header = HeaderIn(bytes);
  header.version_minor = PW_VERSION_MINOR + 1;
  header.sections[header.section_count++] = {PW_SECTIONS_END, 3, 5, ~0U, ~0U, 0};
  header.sections[header.section_count++] = {~0U, 0, 0, 0, 7, 9};
  publish::SealHeader(bytes);
  ASSERT_EQ(OpenWith(bytes), PW_OK);
  ExpectOfAllThatIsNew(PW_OK);
}

TEST_F(VersionsTest, ClosedReaderSaysSo) {
  pw_close(&reader_);
  ExpectOfAllThatIsNew(PW_CLOSED);
}

TEST_F(VersionsTest, FlippedBitsAreDamage) {
  auto bytes = Bytes();
  RecordIn(bytes, PW_SECTION_PORT_GROUPS, 0)[20] ^= 1;
  RecordIn(bytes, PW_SECTION_HISTORIES, 0)[40] ^= 1;
  RecordIn(bytes, PW_SECTION_CHANGES, 1)[60] ^= 1;
  RecordIn(bytes, PW_SECTION_DETAILS, 0)[24] ^= 1;
  ASSERT_EQ(OpenWith(bytes), PW_OK);
  ExpectOfAllThatIsNew(PW_DAMAGED);
  EXPECT_EQ(history_.total, 0U);
  EXPECT_STREQ(detail_.dm_name, "");
}

TEST_F(VersionsTest, ChangeThatStaysUnfinishedIsBusy) {
  auto bytes = Bytes();
  reinterpret_cast<pw_change_record*>(RecordIn(bytes, PW_SECTION_CHANGES, 1))->head.sequence += 1;
  ASSERT_EQ(OpenWith(bytes), PW_OK);
  EXPECT_EQ(pw_read_change(&reader_, 1, &change_), PW_BUSY);
}

}  // namespace
}  // namespace pathwatch::checker
