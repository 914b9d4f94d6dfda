// An answer that lists what bears one of the names that were given, or everything: first the names
// are looked for, then, if one is missing, what was perhaps meant, else the reply is written.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_LISTING_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_LISTING_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/config/nearest_name.h"
#include "lib/query/answer.h"
#include "service/daemon/query/errors.h"
#include "service/daemon/query/name_search.h"
#include "service/daemon/query/published.h"
#include "service/daemon/query/streamed_reply.h"

namespace pathwatch::service {

class Listing : public query::Answer {
 public:
  // What is listed, in words of the interface.
  struct Words {
    const char* array;     // member of the reply: "luns"
    const char* what;      // member of the error: "lun"
    const char* no_such;   // the error
    pw_section_kind kind;  // whose records they are
  };

  Listing(const Published& published, const Words& words, std::vector<std::string> names)
      : file_(published.file),
        clocks_(published.clocks()),
        words_(words),
        names_(std::move(names)) {}

  query::Progress Continue(query::Replies& replies) final {
    const bool over =
        (names_.empty() || Look(replies)) &&
        (missing() != nullptr ? FindNearest(replies) : Prepare(replies) && WriteAll(replies));
    return over ? query::Progress::kDone : query::Progress::kMore;
  }

 protected:
  // Two names at most; "": none. Empty: no such record is in use.
  using Names = std::optional<std::array<std::string, 2>>;

  const publish::StateFile& file() const { return file_; }
  const present::Clocks& clocks() const { return clocks_; }

 private:
  virtual Names NamesOf(std::uint32_t slot) const = 0;
  // Gathers what writing needs, in pieces; true at the end.
  virtual bool Prepare(query::Replies&) { return true; }
  virtual void Write(std::uint32_t slot, present::Json& json) const = 0;

  const std::string* missing() const { return names_.FirstMissing(); }

  bool Wanted(std::uint32_t slot) {
    const Names names = NamesOf(slot);
    if (!names) return false;
    if (names_.empty()) return true;
    bool wanted = false;
    for (const std::string& name : *names) wanted = (!name.empty() && names_.Takes(name)) || wanted;
    return wanted;
  }

  bool Look(query::Replies& replies) {
    return look_.Continue(end(), Walk::kLook, replies,
                          [this](std::uint32_t slot) { Wanted(slot); });
  }

  bool FindNearest(query::Replies& replies) {
    if (!nearest_) nearest_.emplace(*missing());
    const bool over = nearest_walk_.Continue(end(), Walk::kWrite, replies, [&](std::uint32_t slot) {
      const Names names = NamesOf(slot);
      if (!names) return;
      for (const std::string& name : *names) nearest_->Offer(name);
    });
    if (over) replies.Fail(words_.no_such, NoSuch(words_.what, *missing(), nearest_->name()));
    return over;
  }

  bool WriteAll(query::Replies& replies) {
    const bool begins = !reply_.begun();
    present::Json& json = reply_.Json(replies);
    if (begins) {
      json.BeginObject();
      json.BeginArray(words_.array);
    }
    const bool over = write_.Continue(end(), Walk::kWrite, replies, [&](std::uint32_t slot) {
      if (!Wanted(slot)) return;
      Write(slot, json);
      reply_.Pass(replies);
    });
    if (!over) return false;
    json.EndArray();
    json.EndObject();
    reply_.End(replies, /*continues=*/false);
    return true;
  }

  std::uint32_t end() const { return file_.end_of(words_.kind); }

  const publish::StateFile& file_;
  const present::Clocks clocks_;
  const Words words_;
  NameSearch names_;
  Walk look_;
  Walk nearest_walk_;
  Walk write_;
  std::optional<config::NearestName> nearest_;
  StreamedReply reply_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_LISTING_H_
