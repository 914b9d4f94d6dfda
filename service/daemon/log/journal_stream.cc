#include "service/daemon/log/journal_stream.h"

#include <sys/stat.h>

#include "absl/strings/str_cat.h"

namespace pathwatch::service {

bool IsJournalStream(const char* journal_stream, int fd) {
  struct stat file = {};
  if (journal_stream == nullptr || fstat(fd, &file) != 0) return false;
  return absl::StrCat(file.st_dev, ":", file.st_ino) == journal_stream;
}

}  // namespace pathwatch::service
