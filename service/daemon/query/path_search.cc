#include "service/daemon/query/path_search.h"

#include "service/daemon/query/errors.h"

namespace pathwatch::service {

bool NearestPath::Continue(const publish::StateFile& file, query::Replies& replies) {
  const std::uint32_t end = file.end_of(PW_SECTION_PATHS);
  return walk_.Continue(end, Walk::kWrite, replies, [&](std::uint32_t slot) {
    const pw_path_record* path = file.path(slot);
    if (path == nullptr) return;
    for (const std::string& name : present::NamesOf(*path)) nearest_.Offer(name);
  });
}

void NearestPath::Fail(query::Replies& replies) const {
  replies.Fail(kNoSuchPath, NoSuch("path", name_, nearest_.name()));
}

bool PathSearch::Continue(const publish::StateFile& file, query::Replies& replies) {
  const std::uint32_t end = file.end_of(PW_SECTION_PATHS);
  const bool looked = walk_.Continue(end, Walk::kLook, replies, [&](std::uint32_t slot) {
    const pw_path_record* path = file.path(slot);
    if (path == nullptr || !wanted_.Is(*path)) return;
    (path->state == PW_STATE_REMOVED ? removed_ : found_) = slot;
  });
  if (!looked) return false;
  if (slot()) return true;
  return nearest_.Continue(file, replies);
}

}  // namespace pathwatch::service
