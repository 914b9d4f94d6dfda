#include "lib/query/connection_counts.h"

#include "absl/strings/str_cat.h"

namespace pathwatch::query {

std::optional<ConnectionCounts::Refusal> ConnectionCounts::Admit(uid_t uid) {
  if (total_ >= max_) return Refusal{"connections", max_, "query.connections_max"};
  const auto found = by_uid_.find(uid);
  const std::size_t of_user = found != by_uid_.end() ? found->second : 0;
  if (of_user >= per_uid_) {
    return Refusal{absl::StrCat("connections of uid ", uid), per_uid_, "query.connections_per_uid"};
  }
  ++total_;
  ++by_uid_[uid];
  return std::nullopt;
}

void ConnectionCounts::Leave(uid_t uid) {
  --total_;
  const auto found = by_uid_.find(uid);
  if (--found->second == 0) by_uid_.erase(found);
}

}  // namespace pathwatch::query
