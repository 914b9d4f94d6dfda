#include "service/daemon/path_details.h"

#include <cstring>

#include "service/daemon/published_text.h"

namespace pathwatch::service {
namespace {

// True if that is another text than before.
template <std::size_t Size>
bool Replace(const std::string& text, char (&field)[Size]) {
  if (text.substr(0, Size - 1) == field) return false;
  SetText(text, field);
  return true;
}

}  // namespace

PathDetails::Entry* PathDetails::EntryOf(const KnownPath& path, bool needed) {
  auto found = details_.find(path.id);
  if (found == details_.end()) {
    if (!needed) return nullptr;
    found = details_.try_emplace(path.id).first;
  }
  Entry& entry = found->second;
  if (entry.record.generation != path.facts.generation) {
    entry = Entry{};
    entry.record.generation = path.facts.generation;
    entry.changed = true;
  }
  return &entry;
}

void PathDetails::SetFacts(const KnownPath& path) {
  const discovery::DiscoveredPath& facts = path.facts;
  Entry* entry = EntryOf(path, !facts.dm_name.empty() || !facts.dm_wwid.empty());
  if (entry == nullptr) return;
  if (Replace(facts.dm_name, entry->record.dm_name)) entry->changed = true;
  if (Replace(facts.dm_wwid, entry->record.dm_wwid)) entry->changed = true;
}

void PathDetails::SetLook(const KnownPath& path, const discovery::DeviceLook& look) {
  // That all is well is not worth a record of its own.
  Entry* entry = EntryOf(path, look.condition != discovery::DeviceCondition::kReady);
  if (entry == nullptr) return;
  if (Replace(look.device_state, entry->record.device_state)) entry->changed = true;
  if (Replace(look.port_state, entry->record.port_state)) entry->changed = true;
}

void PathDetails::SetFoundIdentity(const KnownPath& path, const std::string& name) {
  Entry* entry = EntryOf(path, !name.empty());
  if (entry == nullptr) return;
  if (Replace(name, entry->record.identity_found)) entry->changed = true;
}

absl::Status PathDetails::Publish(health::PathId path, publish::StateFile& file) {
  const auto found = details_.find(path);
  if (found == details_.end() || !found->second.changed) return absl::OkStatus();
  absl::Status written = file.PutDetail(path, found->second.record);
  if (written.ok()) found->second.changed = false;
  return written;
}

absl::Status PathDetails::PublishAll(publish::StateFile& file) {
  absl::Status status;
  for (const auto& [path, entry] : details_) status.Update(Publish(path, file));
  return status;
}

}  // namespace pathwatch::service
