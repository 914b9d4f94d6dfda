// A tar.gz archive, through libarchive.
//
// Thread rule: one thread at a time.
#ifndef PATHWATCH_SERVICE_CLI_ARCHIVE_H_
#define PATHWATCH_SERVICE_CLI_ARCHIVE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct archive;

namespace pathwatch::cli {

class Archive {
 public:
  // Writes to `descriptor`, which stays the caller's. All files get the directory `top` and the
  // time `unix_time_s`.
  static absl::StatusOr<std::unique_ptr<Archive>> Begin(int descriptor, std::string top,
                                                        std::int64_t unix_time_s);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  // On failure (a full disk, for one) the archive is not to be used any more.
  absl::Status Add(const std::string& name, std::string_view content);
  // The file that `descriptor` is open for, from where it is to the size that it has now.
  absl::Status AddFile(const std::string& name, int descriptor);
  // Writes what is still to be written. Nothing is added afterwards.
  absl::Status End();

 private:
  Archive(archive* opened, std::string top, std::int64_t unix_time_s);

  absl::Status AddHeader(const std::string& name, std::uint64_t size);
  absl::Status AddBytes(std::string_view bytes);

  archive* archive_;
  std::string top_;
  std::int64_t unix_time_s_;
};

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_ARCHIVE_H_
