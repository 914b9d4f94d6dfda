#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "service/daemon/query/list_answers.h"
#include "service/daemon/query/listing.h"
#include "service/daemon/query/parameters.h"
#include "service/present/lun_json.h"

namespace pathwatch::service {
namespace {

// Short lists of slots by number: two arrays, so that they are gone in no time, however many they
// are.
class SlotLists {
 public:
  void Add(std::uint32_t number, std::uint32_t slot) {
    if (number == PW_NO_INDEX) return;
    if (number >= first_.size()) first_.resize(number + std::size_t{1}, kNone);
    links_.push_back({slot, first_[number]});
    first_[number] = static_cast<std::uint32_t>(links_.size() - 1);
  }
  template <class Visit>
  void ForEach(std::uint32_t number, Visit visit) const {
    if (number >= first_.size()) return;
    for (std::uint32_t i = first_[number]; i != kNone; i = links_[i].next) visit(links_[i].slot);
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Link {
    std::uint32_t slot;
    std::uint32_t next;
  };
  std::vector<std::uint32_t> first_;  // indices of links
  std::vector<Link> links_;
};

class ListLunsAnswer final : public Listing {
 public:
  ListLunsAnswer(const Published& published, std::vector<std::string> names)
      : Listing(published, {"luns", "lun", kNoSuchLun, PW_SECTION_LUNS}, std::move(names)) {}

 private:
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
          if (group != nullptr) port_groups_.Add(group->lun_index, slot);
        });
    return groups && paths_.Continue(file().end_of(PW_SECTION_PATHS), Walk::kLook, replies,
                                     [this](std::uint32_t slot) {
                                       const pw_path_record* path = file().path(slot);
                                       if (path == nullptr || !HeldByOtherMap(*path)) return;
                                       other_maps_.Add(path->lun_index, slot);
                                     });
  }

  static bool HeldByOtherMap(const pw_path_record& path) {
    return present::HasFlag(path, PW_PATH_OTHER_MAP) && path.state != PW_STATE_REMOVED;
  }

  void Write(std::uint32_t slot, present::Json& json) const override {
    present::LunFacts facts;
    Describe(*file().lun(slot), facts);
    Take(slot, facts);
    WriteLun(facts, clocks(), json);
  }

  // What still belongs to it.
  void Take(std::uint32_t lun, present::LunFacts& facts) const {
    port_groups_.ForEach(lun, [&](std::uint32_t slot) {
      const pw_port_group_record* group = file().port_group(slot);
      if (group != nullptr && group->lun_index == lun) facts.port_groups.push_back(group);
    });
    std::sort(facts.port_groups.begin(), facts.port_groups.end(),
              [](const auto* a, const auto* b) { return a->tpg < b->tpg; });
    other_maps_.ForEach(lun, [&](std::uint32_t slot) {
      const pw_path_record* path = file().path(slot);
      if (path == nullptr || path->lun_index != lun || !HeldByOtherMap(*path)) return;
      facts.warnings.push_back(OtherMapWarning(FactsOf(file(), slot)));
    });
  }

  Walk groups_;
  Walk paths_;
  SlotLists port_groups_;  // by slot of the logical unit
  SlotLists other_maps_;   // of paths that such a map holds
};

}  // namespace

std::unique_ptr<query::Answer> ListLuns(const query::Call& call, const Published& published) {
  return std::make_unique<ListLunsAnswer>(published, ListOf(call.parameters, "luns"));
}

}  // namespace pathwatch::service
