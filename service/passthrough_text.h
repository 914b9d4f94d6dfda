// Why a path is reached the way it is, in words.
//
// Pure; any thread.
#ifndef PATHWATCH_SERVICE_PASSTHROUGH_TEXT_H_
#define PATHWATCH_SERVICE_PASSTHROUGH_TEXT_H_

#include <string>

#include "lib/passthrough/bsg_node.h"
#include "proto/state_table.h"

namespace pathwatch {

// Why the bsg node is not used; PW_CHOICE_BEST if it is.
pw_passthrough_choice ChoiceFor(passthrough::BsgRefusal refusal);

// A clause without a capital and a full stop, with the remedy if there is one: "the kernel's bsg
// takes no io_uring commands (Linux 7.1 and newer do)". `choice` is a pw_passthrough_choice,
// maybe one that only a newer daemon knows; `error` an errno or 0. Empty if nothing was chosen yet.
std::string DescribeChoice(std::uint8_t choice, int error);

}  // namespace pathwatch

#endif  // PATHWATCH_SERVICE_PASSTHROUGH_TEXT_H_
