#include "lib/passthrough/bsg_node.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace pathwatch::passthrough {
namespace {

BsgOpened Refuse(BsgRefusal refusal, int error) {
  return {.file = -1, .refusal = refusal, .error = error};
}

}  // namespace

BsgOpened OpenBsg(const std::string& node, ring::CommandProbe* probe) {
  if (probe == nullptr) return Refuse(BsgRefusal::kNoRing, 0);
  // Without O_NONBLOCK a pipe that somebody has put there would make open() wait.
  const int file = open(node.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return Refuse(BsgRefusal::kUnopened, errno);
  struct stat status = {};
  const bool character_device = fstat(file, &status) == 0 && S_ISCHR(status.st_mode);
  // A command without a CDB is invalid to every handler that knows CDBs.
  const int answer = character_device ? probe->Ask(file) : ENOTTY;
  if (answer == EINVAL) return {.file = file};
  close(file);
  switch (answer) {
    case EOPNOTSUPP:
      return Refuse(BsgRefusal::kNoCommands, answer);
    case ENODEV:  // deleted since it was opened
    case ENXIO:
      return Refuse(BsgRefusal::kUnopened, answer);
    default:
      return Refuse(BsgRefusal::kNotBsg, answer);
  }
}

}  // namespace pathwatch::passthrough
