#include "service/cli/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace pathwatch::cli {
namespace {

constexpr int kMode = 0600;
constexpr std::uint64_t kChunk = 1 << 20;

absl::Status Failed(archive* failed) {
  const int error = archive_errno(failed);
  const char* text = archive_error_string(failed);
  if (error == ENOSPC || error == EDQUOT) return absl::ResourceExhaustedError("the disk is full");
  if (text != nullptr) return absl::UnavailableError(text);
  return absl::UnavailableError(std::strerror(error));
}

// libarchive says a warning where a file could be written nevertheless.
bool Worked(int result) { return result == ARCHIVE_OK || result == ARCHIVE_WARN; }

}  // namespace

absl::StatusOr<std::unique_ptr<Archive>> Archive::Begin(int descriptor, std::string top,
                                                        std::int64_t unix_time_s) {
  archive* opened = archive_write_new();
  if (opened == nullptr) return absl::ResourceExhaustedError("out of memory");
  std::unique_ptr<Archive> begun(new Archive(opened, std::move(top), unix_time_s));
  // Blocks are not filled up: a pipe is as good as a file.
  if (!Worked(archive_write_add_filter_gzip(opened)) ||
      !Worked(archive_write_set_format_pax_restricted(opened)) ||
      !Worked(archive_write_set_bytes_in_last_block(opened, 1)) ||
      !Worked(archive_write_open_fd(opened, descriptor))) {
    return Failed(opened);
  }
  return begun;
}

Archive::Archive(archive* opened, std::string top, std::int64_t unix_time_s)
    : archive_(opened), top_(std::move(top)), unix_time_s_(unix_time_s) {}

Archive::~Archive() { archive_write_free(archive_); }

absl::Status Archive::AddHeader(const std::string& name, std::uint64_t size) {
  const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                            archive_entry_free);
  archive_entry_set_pathname(entry.get(), (top_ + "/" + name).c_str());
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), kMode);
  archive_entry_set_mtime(entry.get(), unix_time_s_, 0);
  return Worked(archive_write_header(archive_, entry.get())) ? absl::OkStatus() : Failed(archive_);
}

absl::Status Archive::AddBytes(std::string_view bytes) {
  const la_ssize_t written = archive_write_data(archive_, bytes.data(), bytes.size());
  const bool complete = written >= 0 && static_cast<std::size_t>(written) == bytes.size();
  return complete ? absl::OkStatus() : Failed(archive_);
}

absl::Status Archive::Add(const std::string& name, std::string_view content) {
  absl::Status status = AddHeader(name, content.size());
  if (status.ok() && !content.empty()) status = AddBytes(content);
  return status;
}

absl::Status Archive::AddFile(const std::string& name, int descriptor) {
  struct stat file {};
  if (fstat(descriptor, &file) != 0) return absl::UnavailableError(std::strerror(errno));
  auto left = static_cast<std::uint64_t>(file.st_size);
  absl::Status status = AddHeader(name, left);
  std::string chunk;
  while (status.ok() && left > 0) {
    chunk.resize(std::min<std::uint64_t>(left, kChunk));
    const ssize_t size = read(descriptor, chunk.data(), chunk.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return absl::OkStatus();  // it was cut meanwhile: zeros stand for the rest
    status = AddBytes(std::string_view(chunk).substr(0, static_cast<std::size_t>(size)));
    left -= static_cast<std::uint64_t>(size);
  }
  return status;
}

absl::Status Archive::End() {
  return Worked(archive_write_close(archive_)) ? absl::OkStatus() : Failed(archive_);
}

}  // namespace pathwatch::cli
