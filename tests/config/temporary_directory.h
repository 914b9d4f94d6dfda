// A directory of a test's own, gone at its end.
#ifndef PATHWATCH_TESTS_CONFIG_TEMPORARY_DIRECTORY_H_
#define PATHWATCH_TESTS_CONFIG_TEMPORARY_DIRECTORY_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace pathwatch::config {

class TemporaryDirectory {
 public:
  TemporaryDirectory() : path_(testing::TempDir() + "/config.XXXXXX") {
    EXPECT_NE(mkdtemp(path_.data()), nullptr);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }

  std::string Path(std::string_view name) const { return path_ + "/" + std::string(name); }

  // Writes a file, and the directories above it; returns its path.
  std::string Write(std::string_view name, std::string_view text) const {
    const std::string path = Path(name);
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream file(path, std::ios::binary);
    file << text;
    EXPECT_TRUE(file.flush().good()) << path;
    return path;
  }

 private:
  std::string path_;
};

}  // namespace pathwatch::config

#endif  // PATHWATCH_TESTS_CONFIG_TEMPORARY_DIRECTORY_H_
