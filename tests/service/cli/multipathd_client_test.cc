#include "service/cli/multipathd_client.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <string>

#include "tests/service/cli/multipathd_end.h"

namespace pathwatch::cli {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLong(60'000);
constexpr milliseconds kShort(50);

class MultipathdClientTest : public testing::Test {
 protected:
  // Not in testing::TempDir(): names of sockets are short.
  MultipathdClientTest() : directory_("/tmp/pathwatch-mp-XXXXXX") {
    EXPECT_NE(mkdtemp(directory_.data()), nullptr);
  }
  ~MultipathdClientTest() override { std::filesystem::remove_all(directory_); }

  std::string Socket() const { return directory_ + "/multipathd.socket"; }

  // What comes of an answer of these bytes.
  absl::StatusOr<std::string> AnswerTo(const std::string& bytes, bool hold = false,
                                       milliseconds patience = kLong) {
    std::filesystem::remove(Socket());
    MultipathdEnd multipathd(Socket(), bytes, hold);
    return AskMultipathd({Socket()}, "show paths", patience);
  }

  std::string directory_;
};

std::string Length(std::size_t length) {
  std::string bytes(sizeof length, '\0');
  std::memcpy(bytes.data(), &length, sizeof length);
  return bytes;
}

TEST_F(MultipathdClientTest, CommandAndAnswerAreFramedByLengthAndNul) {
  MultipathdEnd multipathd(Socket(), MultipathdFrame("3:0:0:1 sda\n"), /*hold=*/true);
  const auto answer = AskMultipathd({Socket()}, "show paths", kLong);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(*answer, "3:0:0:1 sda\n");
  EXPECT_EQ(multipathd.Call(), std::string("show paths\0", 11));
}

TEST_F(MultipathdClientTest, AbstractNamesBeginWithAnAt) {
  const std::string name = "@" + directory_;
  MultipathdEnd multipathd(name, MultipathdFrame("ok"));
  const auto answer = AskMultipathd({name}, "show paths", kLong);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(*answer, "ok");
}

TEST_F(MultipathdClientTest, SocketOnWhichSomebodyListensIsTaken) {
  MultipathdEnd multipathd(Socket(), MultipathdFrame("ok"));
  EXPECT_TRUE(AskMultipathd({"@" + directory_, Socket()}, "show paths", kLong).ok());
}

TEST_F(MultipathdClientTest, NobodyListensIsASentence) {
  const auto answer = AskMultipathd({Socket(), "@" + directory_}, "show paths", kLong);
  EXPECT_EQ(answer.status().message(),
            "multipathd's socket " + Socket() + ": No such file or directory");
}

TEST_F(MultipathdClientTest, SocketThatIsNoneIsNamed) {
  std::filesystem::create_directory(Socket());
  EXPECT_EQ(AskMultipathd({"@" + directory_, Socket()}, "show paths", kLong).status().message(),
            "multipathd's socket @" + directory_ + ": Connection refused");
  const std::string name(200, 'x');
  EXPECT_EQ(AskMultipathd({name}, "show paths", kLong).status().message(),
            "multipathd's socket " + name + ": File name too long");
}

TEST_F(MultipathdClientTest, LongAnswerArrivesWhole) {
  const std::string text(3'000'000, 'x');
  const auto answer = AnswerTo(MultipathdFrame(text));
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(*answer == text);
}

TEST_F(MultipathdClientTest, SilenceIsNotWaitedForForever) {
  for (const std::string& bytes : {std::string(), Length(100), Length(100) + "half of it"}) {
    const auto answer = AnswerTo(bytes, /*hold=*/true, kShort);
    EXPECT_TRUE(absl::IsDeadlineExceeded(answer.status())) << answer.status();
    EXPECT_EQ(answer.status().message(), "multipathd's socket " + Socket() + ": no answer in time");
  }
}

TEST_F(MultipathdClientTest, HangingUpIsASentence) {
  for (const std::string& bytes : {Length(100).substr(0, 3), Length(100) + "half of it"}) {
    const auto answer = AnswerTo(bytes);
    EXPECT_EQ(answer.status().message(),
              "multipathd's socket " + Socket() + ": closed in the middle of an answer");
  }
}

TEST_F(MultipathdClientTest, LengthsThatCannotBeAreRefused) {
  for (const std::size_t length : {std::size_t{0}, std::size_t{32} << 20, SIZE_MAX}) {
    const auto answer = AnswerTo(Length(length) + "x");
    EXPECT_EQ(answer.status().message(), "multipathd's socket " + Socket() + ": an answer of " +
                                             std::to_string(length) + " bytes is none");
  }
}

TEST_F(MultipathdClientTest, AnswerWithoutItsNulIsTakenAsItIs) {
  const auto answer = AnswerTo(Length(4) + "fail");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(*answer, "fail");
}

TEST_F(MultipathdClientTest, ThereAreAnAbstractAndAFileSystemName) {
  EXPECT_EQ(MultipathdSockets()[0], "@/org/kernel/linux/storage/multipathd");
  EXPECT_EQ(MultipathdSockets()[1], "/run/multipathd.socket");
}

}  // namespace
}  // namespace pathwatch::cli
