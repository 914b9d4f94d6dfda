// One change of a path's state, as a line for people and as an object for programs.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_CHANGE_TEXT_H_
#define PATHWATCH_SERVICE_PRESENT_CHANGE_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "proto/state_table.h"
#include "service/present/json.h"
#include "service/present/time_text.h"

namespace pathwatch::present {

// "2026-11-22T08:31:25.123Z  3:0:0:1  sdc  up -> down  scope path, by check: <reason>"; harmless to
// terminals, without a newline.
std::string ChangeAsText(const pw_change_record& record, const Clocks& clocks);

// An object in one line, without a newline; with the epoch if it is given.
std::string ChangeAsJson(const pw_change_record& record, std::optional<std::uint64_t> epoch,
                         const Clocks& clocks);

// Writes what a change is (from, to, scope, cause, reason) into an object that was begun.
void WriteChange(const pw_change& change, const pw_path_record& path, Json& json);

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_CHANGE_TEXT_H_
