#include "lib/config/source_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/config/file_text.h"
#include "tests/config/temporary_directory.h"

namespace pathwatch::config {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SourceFilesTest : public testing::Test {
 protected:
  SourceFiles Read(bool must_exist = false) const { return ReadSourceFiles(main_, must_exist); }

  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const SourceFile& file : Read().files) {
      names.push_back(std::filesystem::relative(file.name, directory_.Path("")).string());
    }
    return names;
  }

  // The only problem there is, as users see it.
  std::string TheProblem() const {
    const SourceFiles files = Read();
    if (files.problems.size() != 1) {
      return absl::StrFormat("%d problems", files.problems.size());
    }
    return TextOf(files.problems.front());
  }

  TemporaryDirectory directory_;
  const std::string main_ = directory_.Path("main.toml");
};

TEST_F(SourceFilesTest, MissingMainFileIsNothing) {
  EXPECT_THAT(Read().files, IsEmpty());
  EXPECT_THAT(Read().problems, IsEmpty());
}

TEST_F(SourceFilesTest, MissingMainFileIsAProblemIfItMustExist) {
  const SourceFiles files = Read(true);
  ASSERT_EQ(files.problems.size(), 1U);
  EXPECT_THAT(TextOf(files.problems[0]), AllOf(HasSubstr(main_), HasSubstr("is missing")));
}

TEST_F(SourceFilesTest, FilesOfTheDirectoryCountWithoutAMainFile) {
  directory_.Write("conf.d/a.toml", "a");
  EXPECT_THAT(Names(), ElementsAre("conf.d/a.toml"));
}

TEST_F(SourceFilesTest, MainFileIsFirstThenTheDirectoryByName) {
  directory_.Write("conf.d/b.toml", "");
  directory_.Write("conf.d/a.toml", "");
  directory_.Write("conf.d/10.toml", "");
  directory_.Write("conf.d/9.toml", "");
  directory_.Write("main.toml", "");
  EXPECT_THAT(Names(), ElementsAre("main.toml", "conf.d/10.toml", "conf.d/9.toml", "conf.d/a.toml",
                                   "conf.d/b.toml"));
}

TEST_F(SourceFilesTest, HiddenFilesAndOtherNamesArePassedOver) {
  directory_.Write("conf.d/.hidden.toml", "");
  directory_.Write("conf.d/.toml", "");
  directory_.Write("conf.d/a.toml~", "");
  directory_.Write("conf.d/a.toml.rpmsave", "");
  directory_.Write("conf.d/README", "");
  directory_.Write("conf.d/a.TOML", "");
  EXPECT_THAT(Names(), IsEmpty());
  EXPECT_THAT(Read().problems, IsEmpty());
}

TEST_F(SourceFilesTest, TextIsReadByteByByteAsItIs) {
  const std::string text("\xef\xbb\xbfx = 1\r\n\0\xff", 11);
  directory_.Write("main.toml", text);
  EXPECT_EQ(Read().files.at(0).text, text);
}

TEST_F(SourceFilesTest, LineOfAMegabyteIsRead) {
  const std::string text(1 << 20, 'x');
  directory_.Write("main.toml", text);
  EXPECT_EQ(Read().files.at(0).text, text);
}

TEST_F(SourceFilesTest, ThousandFilesAreRead) {
  for (int i = 0; i < 1000; ++i) {
    directory_.Write(absl::StrFormat("conf.d/%04d.toml", i), absl::StrFormat("# %d", i));
  }
  const SourceFiles files = Read();
  EXPECT_THAT(files.problems, IsEmpty());
  ASSERT_EQ(files.files.size(), 1000U);
  EXPECT_EQ(files.files[0].text, "# 0");
  EXPECT_EQ(files.files[999].text, "# 999");
}

TEST_F(SourceFilesTest, MoreFilesThanTheLimitAreAProblem) {
  for (std::size_t i = 0; i < kFilesMax; ++i) {
    directory_.Write(absl::StrFormat("conf.d/%d.toml", i), "");
  }
  EXPECT_THAT(TheProblem(), AllOf(HasSubstr("/conf.d: has 4096 files"), HasSubstr("join some")));
}

TEST_F(SourceFilesTest, FileAboveTheLimitIsAProblem) {
  directory_.Write("main.toml", "");
  ASSERT_EQ(truncate(main_.c_str(), kFileBytesMax), 0);
  EXPECT_THAT(Read().problems, IsEmpty());
  ASSERT_EQ(truncate(main_.c_str(), kFileBytesMax + 1), 0);
  EXPECT_THAT(TheProblem(), AllOf(HasSubstr(main_), HasSubstr("4194305 bytes")));
}

TEST_F(SourceFilesTest, AllFilesTogetherAboveTheLimitAreOneProblem) {
  for (std::size_t i = 0; i <= kTotalBytesMax / kFileBytesMax + 1; ++i) {
    const std::string file = directory_.Write(absl::StrFormat("conf.d/%d.toml", i), "");
    ASSERT_EQ(truncate(file.c_str(), kFileBytesMax), 0);
  }
  EXPECT_THAT(TheProblem(), AllOf(HasSubstr("/conf.d/4.toml: "), HasSubstr("16777216 bytes")));
}

TEST_F(SourceFilesTest, DirectoryInThePlaceOfAFileIsAProblem) {
  std::filesystem::create_directories(main_);
  EXPECT_THAT(TheProblem(), AllOf(HasSubstr(main_ + ": is a directory, not a file"),
                                  HasSubstr("move it away or give it another name")));
}

TEST_F(SourceFilesTest, PipeDoesNotMakeTheReaderWait) {
  ASSERT_EQ(mkfifo(main_.c_str(), 0600), 0);
  EXPECT_THAT(TheProblem(), HasSubstr("is a pipe, not a file"));
}

TEST_F(SourceFilesTest, DeviceNodeIsAProblem) {
  std::filesystem::create_symlink("/dev/null", main_);
  EXPECT_THAT(TheProblem(), HasSubstr("is a device node, not a file"));
}

TEST_F(SourceFilesTest, SocketIsAProblem) {
  // The names of sockets are short; this one is bound from within its directory.
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(directory_.Path(""));
  const int socket_file = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "main.toml"};
  EXPECT_EQ(bind(socket_file, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  std::filesystem::current_path(before);
  close(socket_file);
  EXPECT_THAT(TheProblem(), HasSubstr("socket"));
}

TEST_F(SourceFilesTest, SymbolicLinkToAFileIsRead) {
  directory_.Write("elsewhere", "text");
  std::filesystem::create_symlink(directory_.Path("elsewhere"), main_);
  EXPECT_EQ(Read().files.at(0).text, "text");
}

TEST_F(SourceFilesTest, SymbolicLinkToNothingIsAProblem) {
  std::filesystem::create_symlink("nothing", main_);
  EXPECT_THAT(TheProblem(), AllOf(HasSubstr(main_), HasSubstr("No such file"),
                                  HasSubstr("remove the symbolic link")));
}

TEST_F(SourceFilesTest, SymbolicLinkToItselfIsAProblem) {
  std::filesystem::create_symlink("main.toml", main_);
  EXPECT_THAT(TheProblem(), AllOf(HasSubstr(main_), HasSubstr("symbolic link"),
                                  HasSubstr("leads back to itself")));
}

TEST_F(SourceFilesTest, FileInThePlaceOfTheDirectoryIsAProblem) {
  directory_.Write("conf.d", "");
  EXPECT_THAT(TheProblem(), HasSubstr("/conf.d: is a file, not a directory"));
}

TEST_F(SourceFilesTest, PipeInThePlaceOfTheDirectoryIsAProblem) {
  ASSERT_EQ(mkfifo(directory_.Path("conf.d").c_str(), 0600), 0);
  EXPECT_THAT(TheProblem(), HasSubstr("/conf.d: is a pipe, not a directory"));
}

TEST_F(SourceFilesTest, DirectoryThatIsASymbolicLinkToNothingIsAProblem) {
  std::filesystem::create_symlink("nothing", directory_.Path("conf.d"));
  EXPECT_THAT(TheProblem(), AllOf(HasSubstr("/conf.d: "), HasSubstr("remove the symbolic link")));
}

TEST_F(SourceFilesTest, EveryProblemIsFound) {
  std::filesystem::create_directories(main_);
  std::filesystem::create_directories(directory_.Path("conf.d/b.toml"));
  directory_.Write("conf.d/a.toml", "good");
  directory_.Write("conf.d/c.toml", "good");
  const SourceFiles files = Read();
  EXPECT_EQ(files.problems.size(), 2U);
  EXPECT_EQ(files.files.size(), 2U);
}

TEST_F(SourceFilesTest, NameWithoutADirectoryIsOneOfTheWorkingDirectory) {
  directory_.Write("main.toml", "m");
  directory_.Write("conf.d/a.toml", "a");
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(directory_.Path(""));
  const SourceFiles files = ReadSourceFiles("main.toml", true);
  std::filesystem::current_path(before);
  EXPECT_THAT(files.files,
              ElementsAre(SourceFile{"main.toml", "m"}, SourceFile{"conf.d/a.toml", "a"}));
}

TEST_F(SourceFilesTest, FileThatChangesOnceWhileItIsReadIsReadAgain) {
  directory_.Write("main.toml", "old");
  int reads = 0;
  const auto text = ReadFileText(main_, kFileBytesMax, [&] {
    if (++reads == 1) directory_.Write("main.toml", "newer");
  });
  ASSERT_TRUE(text.ok()) << text.status();
  EXPECT_EQ(*text, "newer");
  EXPECT_EQ(reads, 2);
}

TEST_F(SourceFilesTest, FileThatIsReplacedWhileItIsReadIsTheOldOne) {
  directory_.Write("main.toml", "old");
  const std::string other = directory_.Write("other", "new");
  const auto text = ReadFileText(main_, kFileBytesMax, [&] {
    if (std::filesystem::exists(other)) std::filesystem::rename(other, main_);
  });
  ASSERT_TRUE(text.ok()) << text.status();
  EXPECT_THAT(*text, testing::AnyOf("old", "new"));
}

TEST_F(SourceFilesTest, FileThatChangesAgainAndAgainIsAProblem) {
  std::string text = "x";
  directory_.Write("main.toml", text);
  int reads = 0;
  const auto result = ReadFileText(main_, kFileBytesMax, [&] {
    ++reads;
    directory_.Write("main.toml", text += "x");
  });
  EXPECT_EQ(reads, kReadsMax);
  EXPECT_THAT(std::string(result.status().message()),
              AllOf(HasSubstr("again and again"), HasSubstr("rename")));
}

TEST_F(SourceFilesTest, FileThatGrowsAboveTheLimitWhileItIsReadIsTooLarge) {
  directory_.Write("main.toml", "x");
  const auto result =
      ReadFileText(main_, 10, [&] { directory_.Write("main.toml", "xxxxxxxxxxx"); });
  EXPECT_THAT(std::string(result.status().message()), HasSubstr("11 bytes, at most 10"));
}

SourceFiles Sample() {
  return {.files = {{"/etc/a.toml", std::string("text\0\xff", 6)}, {"", ""}},
          .problems = {{"/etc/b.toml", 7, "is bad"}, {"", 0, ""}}};
}

TEST(PackedFilesTest, WhatIsPackedComesBack) {
  EXPECT_EQ(Unpack(Pack(Sample())), Sample());
  EXPECT_EQ(Unpack(Pack({})), SourceFiles{});
}

TEST(PackedFilesTest, EveryTruncationIsRefused) {
  const std::string bytes = Pack(Sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(Unpack(bytes.substr(0, size)), std::nullopt) << size;
  }
}

TEST(PackedFilesTest, BytesTooManyAreRefused) {
  EXPECT_EQ(Unpack(Pack(Sample()) + '\0'), std::nullopt);
}

TEST(PackedFilesTest, OtherBytesAreRefused) {
  EXPECT_EQ(Unpack("not what was packed"), std::nullopt);
  EXPECT_EQ(Unpack(std::string(100, '\0')), std::nullopt);
  EXPECT_EQ(Unpack(std::string(100, '\xff')), std::nullopt);
}

TEST(PackedFilesTest, CountsThatNoFileBacksAreRefused) {
  const std::string bytes = Pack({});
  EXPECT_EQ(Unpack(bytes.substr(0, 4) + std::string(4, '\xff')), std::nullopt);
}

}  // namespace
}  // namespace pathwatch::config
