// The JSON of recent changes, made once for all who watch.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_CHANGE_TEXTS_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_CHANGE_TEXTS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "proto/state_table.h"
#include "service/present/time_text.h"

namespace pathwatch::service {

class ChangeTexts {
 public:
  // So many are kept; older ones are made again when somebody slow asks.
  static constexpr std::size_t kKept = 4'096;

  explicit ChangeTexts(std::function<present::Clocks()> clocks) : clocks_(std::move(clocks)) {}

  // The object of the change, valid until the next call.
  const std::string& Of(const pw_change_record& change);

 private:
  struct Entry {
    std::uint64_t sequence = 0;  // 0: none
    std::string text;
  };

  std::function<present::Clocks()> clocks_;
  std::vector<Entry> entries_;  // by sequence % kKept; empty until somebody watches
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_CHANGE_TEXTS_H_
