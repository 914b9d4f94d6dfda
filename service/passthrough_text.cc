#include "service/passthrough_text.h"

#include <cerrno>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace pathwatch {
namespace {

std::string Remedy(int error) {
  switch (error) {
    case EACCES:
    case EPERM:
      return ": run pathwatchd as root, or give its user the node by a udev rule";
    case ENOENT:
      return ": see that udev makes the nodes, and where (--bsg-dir)";
    case EMFILE:
    case ENFILE:
      return ": raise the limit of open files (LimitNOFILE= in the unit)";
    default:
      return "";
  }
}

std::string Text(int error) { return std::generic_category().message(error); }

}  // namespace

pw_passthrough_choice ChoiceFor(passthrough::BsgRefusal refusal) {
  switch (refusal) {
    case passthrough::BsgRefusal::kNone:
      return PW_CHOICE_BEST;
    case passthrough::BsgRefusal::kNoRing:
      return PW_CHOICE_NO_RING;
    case passthrough::BsgRefusal::kUnopened:
      return PW_CHOICE_BSG_UNOPENED;
    case passthrough::BsgRefusal::kNoCommands:
      return PW_CHOICE_BSG_NO_COMMANDS;
    case passthrough::BsgRefusal::kNotBsg:
      return PW_CHOICE_NOT_BSG;
  }
  return PW_CHOICE_NONE;
}

std::string DescribeChoice(std::uint8_t choice, int error) {
  switch (choice) {
    case PW_CHOICE_NONE:
      return "";
    case PW_CHOICE_BEST:
      return "the best way that there is";
    case PW_CHOICE_ORDERED:
      return "ordered by the option passthrough";
    case PW_CHOICE_NO_RING:
      return "the kernel's io_uring has no commands of 80 bytes (Linux 5.19 and newer have)";
    case PW_CHOICE_NO_BSG_NODE:
      return "the device has no bsg node (a kernel with CONFIG_BLK_DEV_BSG makes one)";
    case PW_CHOICE_BSG_UNOPENED:
      return absl::StrCat("the bsg node cannot be opened, ", Text(error), Remedy(error));
    case PW_CHOICE_BSG_NO_COMMANDS:
      return "the kernel's bsg takes no io_uring commands (Linux 7.1 and newer do)";
    case PW_CHOICE_NOT_BSG:
      return absl::StrCat("the node does not answer as the bsg node of a SCSI device: ",
                          error == 0 ? "it takes an empty command" : Text(error));
    case PW_CHOICE_BSG_NONSENSE:
      return "replies through bsg contradicted themselves";
    default:
      return absl::StrCat("reason ", int{choice});
  }
}

}  // namespace pathwatch
