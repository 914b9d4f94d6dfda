#include "service/daemon/query/watch_answer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/daemon/query/parameters.h"
#include "service/daemon/query/path_filter.h"
#include "service/daemon/query/seen.h"
#include "service/daemon/query/streamed_reply.h"
#include "service/present/status_json.h"

namespace pathwatch::service {
namespace {

// In one reply.
constexpr std::uint32_t kPathsMax = 100;
constexpr std::uint32_t kChangesMax = 100;
// So many changes that do not fit the filter may pass before the client hears how far it is, so
// that it can resume from there.
constexpr std::uint64_t kSilentMax = 1'000;

class WatchAnswer final : public query::Answer {
 public:
  WatchAnswer(const Published& published, ChangeTexts& texts, Watchers& watchers,
              query::CallId call, PathFilter filter, const present::PathFields& fields)
      : published_(published),
        texts_(texts),
        entry_(watchers, call),
        filter_(std::move(filter)),
        fields_(fields),
        epoch_(present::EpochText(file().published_header().epoch)) {}

  // What is to be told begins after this change.
  void Resume(std::uint64_t sequence) {
    done_ = sequence;
    phase_ = Phase::kCatchingUp;
  }
  // The first reply says that changes were missed, because another daemon had them ...
  void SayLost() { lost_ = true; }
  // ... or because the log has forgotten them.
  void SayTooSlow() {
    lost_ = true;
    entry_.NoteLost();
  }

  query::Progress Continue(query::Replies& replies) override {
    do {
      if (phase_ == Phase::kStarting) BeginSnapshot();
      if (phase_ == Phase::kSnapshot && !TakeSnapshot(replies)) return query::Progress::kMore;
      if (phase_ == Phase::kCatchingUp || phase_ == Phase::kFollowing) {
        if (!TellChanges(replies)) continue;  // it was too slow, or there is no more room
        if (phase_ == Phase::kCatchingUp) SayComplete(replies);
        return query::Progress::kWaiting;
      }
    } while (!replies.Enough());
    return query::Progress::kMore;
  }

 private:
  enum class Phase { kStarting, kSnapshot, kCatchingUp, kFollowing };

  const publish::StateFile& file() const { return published_.file; }

  void BeginSnapshot() {
    phase_ = Phase::kSnapshot;
    clocks_ = published_.clocks();
    walk_ = {};
    seen_ = {};
    done_ = file().last_change();
  }

  // True at the end.
  bool TakeSnapshot(query::Replies& replies) {
    const bool all = walk_.Continue(file().end_of(PW_SECTION_PATHS), Walk::kWrite, replies,
                                    [&](std::uint32_t slot) { TakePath(slot, replies); });
    seen_.Looked(walk_.next(), file().last_change());
    if (reply_.begun()) CloseArray(replies);
    if (all) phase_ = Phase::kCatchingUp;
    return all;
  }

  void TakePath(std::uint32_t slot, query::Replies& replies) {
    const pw_path_record* path = file().path(slot);
    if (path == nullptr || path->state == PW_STATE_REMOVED || !filter_.Fits(*path)) return;
    if (reply_.begun() && in_reply_ == kPathsMax) CloseArray(replies);
    if (!reply_.begun()) {
      Open(replies).BeginArray("snapshot");
      in_reply_ = 0;
    }
    WritePath(FactsOf(file(), slot), fields_, clocks_, reply_.Json(replies));
    reply_.Pass(replies);
    ++in_reply_;
  }

  // Tells all changes after done_ that are there. False: not yet, or they are not there any more.
  bool TellChanges(query::Replies& replies) {
    std::string text;  // of changes for one reply
    std::uint32_t count = 0;
    const auto tell = [&] {
      if (count == 0) return;
      Begin(replies);
      replies.Append(absl::StrCat(",\"changes\":[", text, "]}"));
      replies.End(/*continues=*/true);
      text.clear();
      count = 0;
      told_ = done_;
    };
    while (done_ < file().last_change()) {
      const pw_change_record* change = file().change(done_ + 1);
      if (change == nullptr) {
        tell();
        SayTooSlow();
        phase_ = Phase::kStarting;
        return false;
      }
      ++done_;
      if (Wanted(*change)) {
        absl::StrAppend(&text, count == 0 ? "" : ",", texts_.Of(*change));
        ++count;
      }
      if (count == kChangesMax || (done_ % Walk::kLook == 0 && replies.Enough())) {
        tell();
        if (replies.Enough()) return done_ == file().last_change();
      }
    }
    tell();
    if (done_ - told_ > kSilentMax && phase_ == Phase::kFollowing) SayDone(replies);
    return true;
  }

  bool Wanted(const pw_change_record& change) const {
    const bool told =
        phase_ == Phase::kCatchingUp && seen_.Holds(change.path_index, change.sequence);
    return !told && filter_.Fits(change, file());
  }

  // {"epoch":"..","sequence":7, without an end; and that changes were missed, once.
  void Begin(query::Replies& replies) {
    replies.Begin();
    replies.Append(absl::StrCat("{\"epoch\":\"", epoch_, "\",\"sequence\":", done_,
                                std::exchange(lost_, false) ? ",\"lost\":true" : ""));
  }

  void SayComplete(query::Replies& replies) {
    phase_ = Phase::kFollowing;
    seen_ = {};
    Begin(replies);
    replies.Append(",\"complete\":true}");
    replies.End(/*continues=*/true);
    told_ = done_;
  }

  void SayDone(query::Replies& replies) {
    Begin(replies);
    replies.Append("}");
    replies.End(/*continues=*/true);
    told_ = done_;
  }

  present::Json& Open(query::Replies& replies) {
    present::Json& json = reply_.Json(replies);
    json.BeginObject();
    json.Text("epoch", epoch_);
    json.Number("sequence", done_);
    if (std::exchange(lost_, false)) json.Bool("lost", true);
    return json;
  }

  void CloseArray(query::Replies& replies) {
    present::Json& json = reply_.Json(replies);
    json.EndArray();
    json.EndObject();
    reply_.End(replies, /*continues=*/true);
  }

  const Published& published_;
  ChangeTexts& texts_;
  const Watchers::Entry entry_;
  const PathFilter filter_;
  const present::PathFields fields_;
  const std::string epoch_;

  Phase phase_ = Phase::kStarting;
  bool lost_ = false;
  std::uint64_t done_ = 0;  // this change and those before it are told, or in the snapshot
  std::uint64_t told_ = 0;  // the sequence of the last reply
  // Of the snapshot.
  present::Clocks clocks_;
  Walk walk_;
  Seen seen_;
  StreamedReply reply_;
  std::uint32_t in_reply_ = 0;
};

}  // namespace

std::unique_ptr<query::Answer> Watch(const query::Call& call, const Published& published,
                                     ChangeTexts& texts, Watchers& watchers) {
  // A oneway call outlives its client, and this one has no end.
  if (!call.more || call.oneway) return query::ExpectedMore();
  auto filter = PathFilter::Of(call.parameters);
  if (const auto* bad = std::get_if<BadParameter>(&filter)) {
    return query::InvalidParameter(bad->name);
  }
  const auto fields = FieldsOf(call.parameters);
  if (!fields) return query::InvalidParameter("fields");
  const std::string epoch = TextOf(call.parameters, "epoch");
  const auto sequence = NumberOf(call.parameters, "sequence");
  if (epoch.empty() != !sequence.has_value()) {
    return query::InvalidParameter(epoch.empty() ? "epoch" : "sequence");
  }

  auto answer = std::make_unique<WatchAnswer>(published, texts, watchers, call.id,
                                              std::get<PathFilter>(std::move(filter)), *fields);
  if (!sequence) return answer;
  const publish::StateFile& file = published.file;
  if (epoch != present::EpochText(file.published_header().epoch)) {
    answer->SayLost();
    return answer;
  }
  if (*sequence < 0 || static_cast<std::uint64_t>(*sequence) > file.last_change()) {
    return query::InvalidParameter("sequence");
  }
  const auto known = static_cast<std::uint64_t>(*sequence);
  if (known == file.last_change() || file.change(known + 1) != nullptr) {
    answer->Resume(known);
  } else {
    answer->SayTooSlow();
  }
  return answer;
}

}  // namespace pathwatch::service
