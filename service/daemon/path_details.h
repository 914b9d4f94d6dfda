// What is published of a path apart from its record, because it rarely changes and most paths have
// nothing of it.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_PATH_DETAILS_H_
#define PATHWATCH_SERVICE_DAEMON_PATH_DETAILS_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "lib/discovery/transport_state.h"
#include "lib/health/ids.h"
#include "lib/publish/state_file.h"
#include "proto/state_table.h"
#include "service/daemon/inventory.h"

namespace pathwatch::service {

class PathDetails {
 public:
  // Each takes something over; Publish() has to follow. A device of another generation begins
  // with nothing.
  void SetFacts(const KnownPath& path);
  void SetLook(const KnownPath& path, const discovery::DeviceLook& look);
  void SetFoundIdentity(const KnownPath& path, const std::string& name);
  void Forget(health::PathId path) { details_.erase(path); }

  // Writes what was taken over; nothing if that is what was written last. An error can only come
  // from growth.
  absl::Status Publish(health::PathId path, publish::StateFile& file);
  absl::Status PublishAll(publish::StateFile& file);

 private:
  struct Entry {
    pw_detail_record record{};
    bool changed = false;
  };

  // Null if there is none and there need not be one.
  Entry* EntryOf(const KnownPath& path, bool needed);

  absl::flat_hash_map<health::PathId, Entry> details_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_PATH_DETAILS_H_
