// The story of one path, in sentences: what it is, how it stands and why, what happens around it,
// and what to do.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_STORY_H_
#define PATHWATCH_SERVICE_PRESENT_STORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "proto/state_table.h"
#include "service/present/path_facts.h"
#include "service/present/state_counts.h"
#include "service/present/time_text.h"

namespace pathwatch::present {

// Sentences, each a line without a newline, with whatever bytes the names have.

// What the path is: names, logical unit, ports, port group, how it is checked.
std::vector<std::string> DescribePath(const PathFacts& facts, const Clocks& clocks);
// Its state: since when, why, how far the fault reaches, and what is doubtful about it.
std::vector<std::string> DescribeState(const PathFacts& facts, const Clocks& clocks);

// The other paths of the logical unit, the nexus and the host: whose fault is it?
class Neighbours {
 public:
  explicit Neighbours(const pw_path_record& path) : path_(path) {}

  // Takes any path, also one that is no neighbour, or the path itself.
  void Add(const pw_path_record& other);

  // Of those that were added. `nexus` is the path's; null: not known.
  std::vector<std::string> Describe(const pw_nexus_record* nexus, const Clocks& clocks) const;

 private:
  pw_path_record path_;
  StateCounts of_lun_;
  StateCounts of_nexus_;
  StateCounts of_host_;
};

// What an operator can do: a sentence; "" if nothing needs to be done.
std::string Advice(const PathFacts& facts, std::int64_t boot_now_ns);

// The known changes of the path, oldest first; none if `history` is null.
std::vector<pw_change> ChangesOf(const pw_history_record* history);

// Writes them as the member "history" of an object that was begun.
void WriteHistory(const pw_history_record* history, const pw_path_record& path,
                  const Clocks& clocks, Json& json);

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_STORY_H_
