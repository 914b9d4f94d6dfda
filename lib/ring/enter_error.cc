#include "lib/ring/enter_error.h"

#include <cerrno>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace pathwatch::ring {
namespace {

std::string Text(int error) { return std::generic_category().message(error); }

}  // namespace

EnterVerdict JudgeEnter(int error) {
  switch (error) {
    case 0:
    case ETIME:  // the next timer is due
    case EINTR:  // a signal; the next turn enters again
      return EnterVerdict::kGoOn;
    case EAGAIN:  // no memory for another request just now
    case EBUSY:   // the completion queue overflowed: it has to be emptied first
      return EnterVerdict::kAwaitCompletions;
    case EBADR:   // a completion was dropped for lack of memory: its owner would wait for ever
    case ENOMEM:  // the kernel can't even keep its own books
    case EIO:     // no errno that enter documents, but not of our making either
      return EnterVerdict::kFault;
    case EBADF:       // the ring's descriptor was closed by someone
    case EBADFD:      // the ring was never enabled
    case EEXIST:      // another thread than the creator entered a SINGLE_ISSUER ring
    case EFAULT:      // a pointer of ours is wrong
    case EINVAL:      // a flag or an argument of ours is wrong
    case ENXIO:       // the ring is being torn down
    case EOPNOTSUPP:  // the descriptor isn't a ring
    case EOWNERDEAD:  // only with SQPOLL, which is never asked for
      return EnterVerdict::kBug;
    default:  // unknown to us: not proven to be our mistake
      return EnterVerdict::kFault;
  }
}

absl::Status EnterFault(int error) {
  switch (error) {
    case EBADR:
      return absl::DataLossError(
          "the kernel dropped a completion because it had no memory for it (io_uring_enter: "
          "EBADR): "
          "restart the program with a higher memory limit");
    case ENOMEM:
      return absl::ResourceExhaustedError(
          "the kernel has no memory for the io_uring (io_uring_enter: ENOMEM): restart the program "
          "with a higher memory limit");
    default:
      return absl::InternalError(absl::StrCat("the io_uring failed (io_uring_enter: ", Text(error),
                                              "): restart the program"));
  }
}

std::string EnterBug(int error) {
  return absl::StrCat("io_uring_enter was called wrongly: ", Text(error));
}

}  // namespace pathwatch::ring
