// Which logical unit answers, whether one is there at all, and when both are read again.
#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "lib/health/core.h"
#include "lib/scsi/inquiry.h"
#include "lib/scsi/report_luns.h"
#include "lib/scsi/vpd83.h"

namespace pathwatch::health {
namespace {

// Longer replies that are asked for in a row.
constexpr std::uint8_t kTriesMax = 3;

std::size_t HashOf(std::span<const std::uint8_t> bytes) {
  return std::hash<std::string_view>{}({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// A number in [0, 1) for each occasion, evenly spread over logical units that follow each other.
double Fraction(LunId lun, std::uint32_t occasion) {
  const std::uint32_t mixed = (lun + 0x9e3779b9u * occasion) * 2'654'435'769u;  // golden ratio
  return static_cast<double>(mixed) * 0x1p-32;
}

}  // namespace

void Core::SetIdentity(PathId id, Designators designators) {
  auto& identity = paths_[id].identity;
  identity = nullptr;
  paths_[id].page_hash = 0;
  if (designators.empty()) return;
  for (const PathId other : luns_[paths_[id].lun].members) {
    const auto& known = paths_[other].identity;
    if (known == nullptr || *known != designators) continue;
    identity = known;
    return;
  }
  designators.shrink_to_fit();
  identity = std::make_shared<const Designators>(std::move(designators));
}

void Core::ReadIdentity(PathId id, bool before_check, Actions& out) {
  paths_[id].identity_first = paths_[id].identity_first || before_check;
  Send(id, kWantInquiry, out);
}

void Core::FinishInquiry(PathId id, const CommandDone& event, Actions& out) {
  Path& path = paths_[id];
  path.errand_tries = 0;
  const std::size_t hash = HashOf(event.data);
  if (IsGood(event) && hash == path.inquiry_hash && !path.unmapped) {
    path.wants |= kWantIdentity;
    return;
  }
  const auto inquiry = IsGood(event) ? scsi::ParseInquiry(event.data)
                                     : absl::UnavailableError("the command has failed");
  if (!inquiry.ok()) {
    ++counters_.identity_failed;
    path.identity_first = false;
    return;
  }
  if (!inquiry->connected()) {
    path.identity_first = false;
    NotMapped(id, ReasonKind::kNotMapped, out);
    return;
  }
  if (path.unmapped) path.wants |= kWantCheck;
  path.unmapped = false;
  path.inquiry_hash = hash;
  SetTpgs(id, inquiry->tpgs);
  path.wants |= kWantIdentity;
}

void Core::FinishIdentity(PathId id, const CommandDone& event, Actions& out) {
  Path& path = paths_[id];
  const std::size_t hash = HashOf(event.data);
  if (IsGood(event) && hash == path.page_hash && !path.wrong && !path.held) {
    path.identity_first = false;
    return;
  }
  const auto page = IsGood(event) ? scsi::ParseVpd83(event.data)
                                  : absl::UnavailableError("the command has failed");
  // The whole page, if it is longer than it usually is.
  if (page.ok() && page->page_length > path.data_length && ++path.errand_tries < kTriesMax) {
    path.page_length = static_cast<std::uint16_t>(std::min<std::size_t>(page->page_length, 0xFFFF));
    path.wants |= kWantIdentity;
    return;
  }
  path.identity_first = false;
  if (!page.ok()) {
    ++counters_.identity_failed;
    return;
  }
  TakeIdentity(id, *page, out);
  path.page_hash = path.wrong ? 0 : hash;
}

void Core::TakeIdentity(PathId id, const scsi::Vpd83& page, Actions& out) {
  Path& path = paths_[id];
  scsi::LogicalUnitIdentity found = scsi::IdentityOf(page);
  const bool known = path.identity != nullptr;
  if (path.wrong || (known && !scsi::MayBeSame(*path.identity, found.designators))) {
    OtherIdentity(id, std::move(found), out);
    return;
  }
  // The first designators are kept: a logical unit that changes them one by one becomes another.
  if (!known) SetIdentity(id, std::move(found.designators));
  if (path.held) path.wants |= kWantCheck;
  path.held = false;
  path.status.target_port_group = page.target_port_group;
  path.status.relative_target_port = page.relative_target_port;
  if (CopyAccess(id)) Conclude(id, out);
  const bool unknown = path.tpgs != 0 && page.target_port_group.has_value() &&
                       path.status.access_state == scsi::AccessState::kUnknown;
  const Alua* alua = AluaOf(path.lun);
  if (unknown && path.said != Said::kNothing && !alua->reading.running &&
      !alua->status.cache.cut() && alua->status.cache.Find(*page.target_port_group) == nullptr) {
    WantGroups(path.lun, out);
  }
  out.list.push_back(PathUpdated{id});
}

void Core::OtherIdentity(PathId id, scsi::LogicalUnitIdentity found, Actions& out) {
  Path& path = paths_[id];
  const bool news = !path.wrong;
  path.wrong = true;
  found_identities_[id] = std::move(found);
  if (news) {
    ++counters_.identity_changes;
    LoseCarrier(id, out);
    // What was read through this path may have been the groups of the other logical unit.
    WantGroups(path.lun, out);
  }
  Enter(id, State::kWrongLu, Scope::kPath, {ReasonKind::kIdentityChanged, {}}, out);
  path.status.valid_until_ns = kNever;
  out.list.push_back(PathUpdated{id});
}

void Core::NotMapped(PathId id, ReasonKind kind, Actions& out) {
  Path& path = paths_[id];
  path.unmapped = true;
  LoseCarrier(id, out);
  EndTransition(id, out);
  Enter(id, State::kUnmapped, Scope::kPath, {kind, {}}, out);
  path.status.valid_until_ns = ValidUntil(path);
  out.list.push_back(PathUpdated{id});
}

// One reading after a change tells all paths of the nexus.
void Core::WantLuns(PathId id, Actions& out) {
  Nexus& nexus = nexuses_[paths_[id].nexus];
  const bool just_sent =
      nexus.luns_sent_ns != 0 && now_ns_ - nexus.luns_sent_ns < options_.luns_gap_ns;
  if (nexus.luns_carrier != kNone || just_sent) return;
  nexus.luns_carrier = id;
  Send(id, kWantLuns, out);
}

void Core::FinishLuns(PathId id, const CommandDone& event, Actions& out) {
  Path& path = paths_[id];
  Nexus& nexus = nexuses_[path.nexus];
  if (nexus.luns_carrier != id) return;
  nexus.luns_carrier = kNone;
  const auto list = IsGood(event) ? scsi::ParseReportLuns(event.data, path.data_length)
                                  : absl::UnavailableError("the command has failed");
  if (!list.ok()) {
    ++counters_.luns_failed;
    return;
  }
  if (list->reissue_length > path.data_length) {
    nexus.luns_length = list->reissue_length;
    path.wants |= kWantLuns;
    nexus.luns_carrier = id;
    return;
  }
  std::size_t present = 0;
  for (const PathId member : nexus.members) {
    if (list->Has(paths_[member].lun_number)) {
      ++present;
    } else if (!paths_[member].unmapped) {
      // Its INQUIRY data have the last word, with the next check.
      NotMapped(member, ReasonKind::kLunNotReported, out);
    }
  }
  nexus.unscanned =
      static_cast<std::uint32_t>(list->luns.size() - std::min(present, list->luns.size()));
}

void Core::Refresh(LunId lun, Actions& out) {
  ScheduleRefresh(lun);
  for (const PathId id : luns_[lun].members) {
    const Path& path = paths_[id];
    const bool answers = path.said != Said::kNothing && path.activity != Activity::kOverdue &&
                         path.status.standing.state != State::kNoAnswer &&
                         (path.code.error | path.code.host_status) == 0;
    if (answers) ReadIdentity(id, /*before_check=*/false, out);
  }
  ReadGroups(lun,
             out);  // even if the array has refused to tell them: it may have been an odd moment
}

void Core::ScheduleRefresh(LunId lun) {
  LogicalUnit& unit = luns_[lun];
  const DurationNs refresh = RefreshOf(lun);
  if (refresh == 0) return;
  const double fraction = Fraction(lun, unit.refreshes);
  // The first ones are spread over the whole time, so that later ones are too.
  const double factor = unit.refreshes == 0 ? 0.1 + fraction : 0.9 + 0.2 * fraction;
  ++unit.refreshes;
  unit.refresh_ns = now_ns_ + static_cast<DurationNs>(factor * static_cast<double>(refresh));
  ArmLun(lun);
}

void Core::LunIsDue(LunId lun, Actions& out) {
  if (luns_[lun].refresh_ns <= now_ns_) Refresh(lun, out);
  const Alua* alua = AluaOf(lun);
  if (alua != nullptr && alua->reading.wanted && !alua->reading.running) WantGroups(lun, out);
  ArmLun(lun);
}

void Core::ArmLun(LunId lun) {
  TimeNs when = luns_[lun].refresh_ns;
  const Alua* alua = AluaOf(lun);
  if (alua != nullptr && alua->reading.wanted && !alua->reading.running) {
    when = std::min(when, std::max(alua->reading.not_before_ns, now_ns_));
  }
  if (when == kNever) {
    lun_timers_.Clear(lun);
  } else {
    lun_timers_.Set(lun, when);
  }
}

}  // namespace pathwatch::health
