#include "lib/config/source_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "lib/config/file_text.h"

namespace pathwatch::config {
namespace {

constexpr std::string_view kSuffix = ".toml";

std::string DirectoryBeside(const std::string& main_file) {
  const std::size_t slash = main_file.rfind('/');
  const std::string parent = slash == std::string::npos ? "" : main_file.substr(0, slash + 1);
  return parent + "conf.d";
}

bool IsWanted(std::string_view name) { return !name.starts_with('.') && name.ends_with(kSuffix); }

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};
using Directory = std::unique_ptr<DIR, CloseDirectory>;

class Reader {
 public:
  void ReadFile(const std::string& name, bool must_exist);
  void ReadDirectory(const std::string& name);
  SourceFiles TakeResult() { return std::move(result_); }

 private:
  Directory OpenDirectory(const std::string& name);
  std::vector<std::string> ListWanted(DIR* directory, const std::string& name);
  void Add(const std::string& name, std::string text);
  void Complain(const std::string& name, std::string what) {
    result_.problems.push_back({name, 0, std::move(what)});
  }

  SourceFiles result_;
  std::size_t bytes_ = 0;
};

void Reader::ReadFile(const std::string& name, bool must_exist) {
  absl::StatusOr<std::string> text = ReadFileText(name, kFileBytesMax);
  if (text.ok()) return Add(name, *std::move(text));
  if (!absl::IsNotFound(text.status())) return Complain(name, std::string(text.status().message()));
  if (must_exist) Complain(name, "is missing: write it, or give the name of the one that is meant");
}

void Reader::Add(const std::string& name, std::string text) {
  const bool fitted = bytes_ <= kTotalBytesMax;
  bytes_ += text.size();
  if (bytes_ <= kTotalBytesMax) {
    result_.files.push_back({name, std::move(text)});
  } else if (fitted) {
    Complain(name, absl::StrCat("with this file all have more than ", kTotalBytesMax,
                                " bytes: take some away"));
  }
}

Directory Reader::OpenDirectory(const std::string& name) {
  const int file = open(name.c_str(), O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);
  if (file >= 0) {
    Directory directory(fdopendir(file));
    if (directory == nullptr) {
      Complain(name, CannotBeRead(errno));
      close(file);
    }
    return directory;
  }
  const int error = errno;
  struct stat info;
  if (error == ENOENT && lstat(name.c_str(), &info) != 0) return nullptr;
  if (error == ENOTDIR && stat(name.c_str(), &info) == 0) {
    Complain(name, absl::StrCat("is ", KindOfFile(info.st_mode),
                                ", not a directory: move it away or give it another name"));
  } else {
    Complain(name, CannotBeRead(error));
  }
  return nullptr;
}

std::vector<std::string> Reader::ListWanted(DIR* directory, const std::string& name) {
  std::vector<std::string> wanted;
  for (;;) {
    errno = 0;
    const dirent* entry = readdir(directory);
    if (entry == nullptr && errno != 0) Complain(name, CannotBeRead(errno));
    if (entry == nullptr) break;
    if (!IsWanted(entry->d_name)) continue;
    if (wanted.size() + 1 == kFilesMax) {  // the main file counts too
      Complain(name, absl::StrCat("has ", kFilesMax, " files of the name *", std::string(kSuffix),
                                  " or more: join some of them"));
      break;
    }
    wanted.push_back(absl::StrCat(name, "/", entry->d_name));
  }
  std::sort(wanted.begin(), wanted.end());
  return wanted;
}

void Reader::ReadDirectory(const std::string& name) {
  const Directory directory = OpenDirectory(name);
  if (directory == nullptr) return;
  // One that was removed since the directory was listed is one that isn't there.
  for (const std::string& file : ListWanted(directory.get(), name)) ReadFile(file, false);
}

}  // namespace

SourceFiles ReadSourceFiles(const std::string& main_file, bool must_exist) {
  Reader reader;
  reader.ReadFile(main_file, must_exist);
  reader.ReadDirectory(DirectoryBeside(main_file));
  return reader.TakeResult();
}

}  // namespace pathwatch::config
