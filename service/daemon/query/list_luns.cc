#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "service/daemon/query/list_answers.h"
#include "service/daemon/query/listing.h"
#include "service/daemon/query/parameters.h"
#include "service/present/lun_json.h"

namespace pathwatch::service {
namespace {

class ListLunsAnswer final : public Listing {
 public:
  ListLunsAnswer(const Published& published, std::vector<std::string> names)
      : Listing(published, {"luns", "lun", kNoSuchLun, PW_SECTION_LUNS}, std::move(names)) {}

 private:
  // What belongs to a logical unit, by slots.
  struct Parts {
    std::vector<std::uint32_t> port_groups;
    std::vector<std::uint32_t> paths_with_other_map;
  };

  Names NamesOf(std::uint32_t slot) const override {
    const pw_lun_record* lun = file().lun(slot);
    if (lun == nullptr) return std::nullopt;
    return {{lun->wwid, lun->dm_name}};
  }

  // Port groups and paths name their logical unit, not the other way round.
  bool Prepare(query::Replies& replies) override {
    const bool groups = groups_.Continue(
        file().end_of(PW_SECTION_PORT_GROUPS), Walk::kLook, replies, [this](std::uint32_t slot) {
          const pw_port_group_record* group = file().port_group(slot);
          if (group != nullptr) parts_[group->lun_index].port_groups.push_back(slot);
        });
    return groups && paths_.Continue(file().end_of(PW_SECTION_PATHS), Walk::kLook, replies,
                                     [this](std::uint32_t slot) {
                                       const pw_path_record* path = file().path(slot);
                                       if (path == nullptr || !HeldByOtherMap(*path)) return;
                                       parts_[path->lun_index].paths_with_other_map.push_back(slot);
                                     });
  }

  static bool HeldByOtherMap(const pw_path_record& path) {
    return present::HasFlag(path, PW_PATH_OTHER_MAP) && path.state != PW_STATE_REMOVED;
  }

  void Write(std::uint32_t slot, present::Json& json) const override {
    present::LunFacts facts;
    Describe(*file().lun(slot), facts);
    if (const auto parts = parts_.find(slot); parts != parts_.end()) {
      Take(slot, parts->second, facts);
    }
    WriteLun(facts, clocks(), json);
  }

  // What still belongs to it.
  void Take(std::uint32_t lun, const Parts& parts, present::LunFacts& facts) const {
    for (const std::uint32_t slot : parts.port_groups) {
      const pw_port_group_record* group = file().port_group(slot);
      if (group != nullptr && group->lun_index == lun) facts.port_groups.push_back(group);
    }
    std::sort(facts.port_groups.begin(), facts.port_groups.end(),
              [](const auto* a, const auto* b) { return a->tpg < b->tpg; });
    for (const std::uint32_t slot : parts.paths_with_other_map) {
      const pw_path_record* path = file().path(slot);
      if (path == nullptr || path->lun_index != lun || !HeldByOtherMap(*path)) continue;
      facts.warnings.push_back(OtherMapWarning(FactsOf(file(), slot)));
    }
  }

  Walk groups_;
  Walk paths_;
  absl::flat_hash_map<std::uint32_t, Parts> parts_;  // by slot of the logical unit
};

}  // namespace

std::unique_ptr<query::Answer> ListLuns(const query::Call& call, const Published& published) {
  return std::make_unique<ListLunsAnswer>(published, ListOf(call.parameters, "luns"));
}

}  // namespace pathwatch::service
