#include "service/daemon/query/list_answers.h"
#include "service/daemon/query/listing.h"
#include "service/daemon/query/parameters.h"
#include "service/present/nexus_json.h"

namespace pathwatch::service {
namespace {

class ListNexusesAnswer final : public Listing {
 public:
  ListNexusesAnswer(const Published& published, std::vector<std::string> names)
      : Listing(published, {"nexuses", "nexus", kNoSuchNexus, PW_SECTION_NEXUSES},
                std::move(names)) {}

 private:
  Names NamesOf(std::uint32_t slot) const override {
    const pw_nexus_record* nexus = file().nexus(slot);
    if (nexus == nullptr) return std::nullopt;
    return {{nexus->name, ""}};
  }

  void Write(std::uint32_t slot, present::Json& json) const override {
    WriteNexus(*file().nexus(slot), clocks(), json);
  }
};

}  // namespace

std::unique_ptr<query::Answer> ListNexuses(const query::Call& call, const Published& published) {
  return std::make_unique<ListNexusesAnswer>(published, ListOf(call.parameters, "nexuses"));
}

}  // namespace pathwatch::service
