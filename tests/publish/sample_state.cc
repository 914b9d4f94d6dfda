#include "tests/publish/sample_state.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <numeric>
#include <utility>

namespace pathwatch::publish {
namespace {

[[noreturn]] void Fail(const std::string& what) {
  std::cerr << what << "\n";
  std::abort();
}

template <std::size_t N>
void SetText(char (&field)[N], const std::string& text) {
  std::memcpy(field, text.data(), text.size());
}

}  // namespace

TempRunDirectory::TempRunDirectory() {
  const char* const base = std::getenv("TEST_TMPDIR");
  path_ = std::string(base != nullptr ? base : "/tmp") + "/run.XXXXXX";
  if (mkdtemp(path_.data()) == nullptr) Fail("cannot create " + path_);
  chmod(path_.c_str(), 0755);
}

TempRunDirectory::~TempRunDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Writer SampleWriter() {
  Writer writer;
  writer.epoch = 0x1122334455667788;
  writer.pid = 4711;
  writer.version = "1.2.3";
  std::iota(writer.boot_id.begin(), writer.boot_id.end(), std::uint8_t{0});
  return writer;
}

pw_path_record SamplePath(std::uint32_t n) {
  pw_path_record path{};
  path.generation = 100 + n;
  path.host = 3;
  path.target = n % 4;
  path.lun = n;
  path.lun_index = 0;
  path.nexus_index = 0;
  path.host_index = 0;
  path.sd_devt = makedev(8, 16 * n);
  path.sg_devt = makedev(21, n);
  SetText(path.sd_name, "sd" + std::to_string(n));
  SetText(path.sg_name, "sg" + std::to_string(n));
  SetText(path.wwid, "3600140500000000000000000000000" + std::to_string(n));
  SetText(path.vendor, "LIO-ORG");
  SetText(path.product, "disk");
  SetText(path.revision, "4.0");
  path.passthrough = PW_PASSTHROUGH_SG_ASYNC;
  path.passthrough_choice = PW_CHOICE_BSG_NO_COMMANDS;
  path.state = PW_STATE_UP;
  path.alua_state = PW_ALUA_ACTIVE_OPTIMIZED;
  path.tpg = 1;
  path.rtpi = 2;
  path.flags = PW_PATH_HAS_TPG | PW_PATH_HAS_RTPI | PW_PATH_HAS_BSG;
  path.latency_us = 250;
  path.reason_kind = PW_REASON_REPLY;
  path.since_boottime_ns = kNow - 60'000'000'000;
  path.last_check_sent_boottime_ns = kNow - 1'000'000'000;
  path.last_check_done_boottime_ns = kNow - 999'750'000;
  path.valid_until_boottime_ns = kNow + 9'000'000'000;
  path.checks = 12;
  path.state_changes = 1;
  return path;
}

pw_change SampleChange(std::uint32_t n, pw_state to) {
  pw_change change{};
  change.when_boottime_ns = kNow - std::int64_t{n} * 1'000'000'000;
  change.code.status = 0x02;  // SAM-5: CHECK CONDITION
  change.from = PW_STATE_UP;
  change.to = static_cast<std::uint8_t>(to);
  change.scope = PW_SCOPE_PATH;
  change.cause = PW_CAUSE_CHECK;
  change.reason_kind = PW_REASON_REPLY;
  return change;
}

Capacities SmallCapacities(std::uint32_t paths) {
  return {.hosts = 1, .nexuses = 1, .luns = 1, .paths = paths, .port_groups = 1, .changes = 1};
}

std::unique_ptr<StateFile> CreateState(const TempRunDirectory& directory,
                                       const Capacities& capacities) {
  auto state = StateFile::Create(directory.path(), capacities, SampleWriter(), kNow);
  if (!state.ok()) Fail(state.status().ToString());
  return *std::move(state);
}

std::vector<std::uint8_t> ReadBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void WriteBytes(const std::string& path, const std::vector<std::uint8_t>& bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0640);
  if (file < 0 || write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
    Fail("cannot write " + path);
  }
  close(file);
}

pw_header& HeaderIn(std::vector<std::uint8_t>& bytes) {
  return *reinterpret_cast<pw_header*>(bytes.data());
}

std::uint8_t* RecordIn(std::vector<std::uint8_t>& bytes, pw_section_kind kind, std::uint32_t slot) {
  const pw_section& section = HeaderIn(bytes).sections[kind - 1];
  return bytes.data() + section.offset + std::size_t{slot} * section.record_size;
}

void SealHeader(std::vector<std::uint8_t>& bytes) {
  pw_header& header = HeaderIn(bytes);
  header.checksum = pw_header_checksum(bytes.data(), header.header_size);
}

}  // namespace pathwatch::publish
