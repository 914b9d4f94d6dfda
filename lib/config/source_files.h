// Reads the files of a configuration: the main file, then those of the directory conf.d beside it
// whose names end with ".toml", by name.
//
// Reading may wait for the disk: never from the loop's thread.
//
// Thread rule: plain values; any thread.
#ifndef PATHWATCH_LIB_CONFIG_SOURCE_FILES_H_
#define PATHWATCH_LIB_CONFIG_SOURCE_FILES_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/config/problem.h"

namespace pathwatch::config {

inline constexpr std::string_view kDefaultFile = "/etc/pathwatch/pathwatch.toml";

inline constexpr std::size_t kFilesMax = 4'096;
inline constexpr std::size_t kFileBytesMax = 4 << 20;
inline constexpr std::size_t kTotalBytesMax = 16 << 20;

struct SourceFile {
  std::string name;  // with its directory, as users know it
  std::string text;

  friend bool operator==(const SourceFile&, const SourceFile&) = default;
};

// What was read. With problems, `files` may lack something and is not to be used.
struct SourceFiles {
  std::vector<SourceFile> files;  // in the order in which they count: later wins
  std::vector<Problem> problems;  // all that were found, not only the first

  friend bool operator==(const SourceFiles&, const SourceFiles&) = default;
};

// A missing conf.d is nothing; a missing main file is a problem only if `must_exist`. Names that
// begin with a dot are passed over. Problems: a file that cannot be read, is no regular file, is
// too large, or was changed again and again while it was read.
SourceFiles ReadSourceFiles(const std::string& main_file, bool must_exist);

// For the way from one process to another. Unpack: nothing if the bytes are not what Pack made.
std::string Pack(const SourceFiles& files);
std::optional<SourceFiles> Unpack(std::string_view bytes);

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_SOURCE_FILES_H_
