#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "service/cli/archive.h"
#include "tests/query/json.h"
#include "tests/service/cli/change_log.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {
namespace {

using Files = std::map<std::string, std::string>;

// The files of an archive by their names below its only directory.
Files ReadBack(const std::string& file) {
  Files files;
  archive* opened = archive_read_new();
  archive_read_support_filter_gzip(opened);
  archive_read_support_format_tar(opened);
  EXPECT_EQ(archive_read_open_filename(opened, file.c_str(), 10'240), ARCHIVE_OK);
  archive_entry* entry = nullptr;
  while (archive_read_next_header(opened, &entry) == ARCHIVE_OK) {
    const std::string name = archive_entry_pathname(entry);
    EXPECT_TRUE(name.starts_with("pathwatch-")) << name;
    EXPECT_EQ(archive_entry_perm(entry), 0600U) << name;
    std::string content(static_cast<std::size_t>(archive_entry_size(entry)), '\0');
    EXPECT_EQ(archive_read_data(opened, content.data(), content.size()),
              static_cast<la_ssize_t>(content.size()));
    files[name.substr(name.find('/') + 1)] = content;
  }
  archive_read_free(opened);
  return files;
}

std::string Content(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

class DumpCommandTest : public PublishedStateTest {
 protected:
  DumpCommandTest() : file_(run_dir() + "/dump.tar.gz"), config_(run_dir() + "/pathwatch.toml") {
    std::ofstream(config_) << "[check]\ninterval = \"7s\"\n";
  }

  Outcome Dump() { return Run({"dump", "-o", file_, "--config", config_}); }

  const std::string file_;
  const std::string config_;
};

TEST_F(DumpCommandTest, EveryPartIsThere) {
  Publish({UpPath(3, 1, "sda"), PathInState(4, 1, "sdb", PW_STATE_DOWN)});
  Append(file(), 3);
  const Outcome outcome = Dump();
  EXPECT_EQ(outcome.out, file_ + "\n");
  EXPECT_EQ(outcome.err, "");
  ASSERT_EQ(outcome.code, 0);
  Files files = ReadBack(file_);
  EXPECT_EQ(query::Parsed(files["paths.json"])["paths"].Size(), 2U);
  EXPECT_EQ(query::Parsed(files["status.json"])["luns"]["degraded"].GetInt(), 1);
  EXPECT_EQ(query::Parsed(files["nexuses.json"])["nexuses"].Size(), 2U);
  EXPECT_TRUE(query::Parsed(files["luns.json"]).HasMember("luns"));
  EXPECT_EQ(query::Parsed(files["history.json"])["paths"].Size(), 2U);
  EXPECT_EQ(query::Parsed(files["changes.json"])["changes"].Size(), 3U);
  EXPECT_TRUE(query::Parsed(files["doctor.json"]).HasMember("findings"));
  EXPECT_NE(files["doctor.txt"], "");
  EXPECT_EQ(files["config" + config_], Content(config_));
  EXPECT_NE(files["config-show.txt"].find("check.interval"), std::string::npos);
  EXPECT_NE(files["versions.txt"].find("pathwatchd 0.1.0\n"), std::string::npos);
  EXPECT_EQ(files["complaints.txt"], "none\n");
  EXPECT_EQ(files["state"], Content(run_dir() + "/state"));
  for (const auto& [name, content] : files) {
    const std::string listed = name.starts_with("config/") ? "config/" : name;
    EXPECT_NE(files["README.txt"].find("\n" + listed + " "), std::string::npos) << name;
  }
}

TEST_F(DumpCommandTest, HistoryHasTheChangesOfEachPath) {
  const pw_path_record path = UpPath(3, 1, "sda");
  Publish({path});
  pw_history_record history{};
  history.generation = path.generation;
  history.total = 1;
  history.changes[0] = ChangeOf(3).change;
  file().PutHistory(0, history);
  ASSERT_EQ(Dump().code, 0);
  const auto document = query::Parsed(ReadBack(file_)["history.json"]);
  EXPECT_STREQ(document["paths"][0]["path"].GetString(), "3:0:0:1");
  EXPECT_STREQ(document["paths"][0]["history"][0]["to"].GetString(), "down");
}

TEST_F(DumpCommandTest, WithoutADaemonTextsSayWhatIsMissing) {
  ASSERT_EQ(Dump().code, 0);
  Files files = ReadBack(file_);
  for (const char* name :
       {"paths.json", "luns.json", "nexuses.json", "status.json", "history.json", "changes.json"}) {
    EXPECT_FALSE(files.contains(name));
    EXPECT_NE(files[std::string(name) + ".missing.txt"].find("there is no state file"),
              std::string::npos)
        << name;
  }
  EXPECT_NE(files["state.missing.txt"].find("No such file"), std::string::npos);
  EXPECT_NE(files["versions.txt"].find("pathwatchd unknown: "), std::string::npos);
  EXPECT_TRUE(files.contains("doctor.txt"));
}

TEST_F(DumpCommandTest, StaleStateIsThereWithTheComplaint) {
  Publish({UpPath(3, 1, "sda")}, 42 * kSecond);
  ASSERT_EQ(Dump().code, 0);
  Files files = ReadBack(file_);
  EXPECT_EQ(query::Parsed(files["paths.json"])["paths"].Size(), 1U);
  EXPECT_NE(files["complaints.txt"].find("paths.json:\npathwatch: the daemon's heartbeat is 42 s"),
            std::string::npos)
      << files["complaints.txt"];
}

TEST_F(DumpCommandTest, BrokenConfigurationIsThereAsItIs) {
  std::ofstream(config_) << "[check\n";
  ASSERT_EQ(Dump().code, 0);
  Files files = ReadBack(file_);
  EXPECT_EQ(files["config" + config_], "[check\n");
  EXPECT_NE(files["config-show.txt.missing.txt"].find(config_), std::string::npos);
}

TEST_F(DumpCommandTest, MissingConfigurationIsNamed) {
  std::filesystem::remove(config_);
  ASSERT_EQ(Dump().code, 0);
  EXPECT_NE(ReadBack(file_)["config/files.missing.txt"].find(config_), std::string::npos);
}

TEST_F(DumpCommandTest, OnlyItsOwnerCanReadTheFile) {
  const mode_t before = umask(0);
  ASSERT_EQ(Dump().code, 0);
  umask(before);
  struct stat file {};
  ASSERT_EQ(stat(file_.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 07777, 0600U);
}

TEST_F(DumpCommandTest, ExistingFileStaysAsItIs) {
  std::ofstream(file_) << "mine";
  const Outcome outcome = Dump();
  EXPECT_EQ(outcome.err, "pathwatch: " + file_ +
                             ": the file exists and stays as it is: name another one with "
                             "-o\n");
  EXPECT_EQ(outcome.code, 74);
  EXPECT_EQ(Content(file_), "mine");
}

TEST_F(DumpCommandTest, MissingDirectoryIsNamed) {
  const Outcome outcome = Run({"dump", "-o", run_dir() + "/nowhere/dump.tar.gz"});
  EXPECT_EQ(outcome.err, "pathwatch: " + run_dir() +
                             "/nowhere/dump.tar.gz: No such file or directory: name another file "
                             "with -o\n");
  EXPECT_EQ(outcome.code, 74);
}

TEST_F(DumpCommandTest, DefaultNameHasHostAndTime) {
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(run_dir());
  const Outcome outcome = Run({"dump"});
  std::filesystem::current_path(before);
  EXPECT_TRUE(outcome.out.starts_with("pathwatch-")) << outcome.out;
  EXPECT_TRUE(outcome.out.ends_with("-20261122T083125Z.tar.gz\n")) << outcome.out;
}

TEST_F(DumpCommandTest, FileThatCannotBeWrittenToItsEndIsRemoved) {
  Publish({UpPath(3, 1, "sda")});
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small = {2'048, before.rlim_max};
  signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  const Outcome outcome = Dump();
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, SIG_DFL);
  EXPECT_NE(outcome.err.find("the incomplete archive was removed"), std::string::npos)
      << outcome.err;
  EXPECT_EQ(outcome.code, 74);
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST(ArchiveTest, FullDiskIsCalledSo) {
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
  ASSERT_GE(full, 0);
  auto archive = Archive::Begin(full, "top", 0);
  ASSERT_TRUE(archive.ok()) << archive.status();
  absl::Status status;
  std::string noise;
  for (std::uint32_t i = 0; noise.size() < 1 << 18; i++) {
    noise += static_cast<char>((i * 2'654'435'761U) >> 24);
  }
  status = (*archive)->Add("noise", noise);
  if (status.ok()) status = (*archive)->End();
  EXPECT_EQ(status.message(), "the disk is full");
  close(full);
}

}  // namespace
}  // namespace pathwatch::cli
