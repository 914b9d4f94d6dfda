// Why a path is in its state, in words.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_REASON_H_
#define PATHWATCH_SERVICE_PRESENT_REASON_H_

#include <cstdint>
#include <string>

#include "proto/state_table.h"
#include "service/present/path_facts.h"

namespace pathwatch::present {

struct Reason {
  std::string what;    // what happened: one line, without a full stop
  std::string remedy;  // what an operator can do about it: a sentence; "": nothing special
};
Reason ReasonOf(const PathFacts& facts, std::int64_t boot_now_ns);

// Both in one line: "<what>", or "<what>. <remedy>".
std::string ReasonSentence(const PathFacts& facts, std::int64_t boot_now_ns);

// Why a path changed its state, one line without a full stop. `path` has the names: the path as it
// is now, or as much of it as is known.
std::string ReasonOfChange(const pw_change& change, const pw_path_record& path);

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_REASON_H_
