#include <algorithm>
#include <optional>

#include "service/daemon/query/parameters.h"
#include "service/daemon/query/path_search.h"
#include "service/daemon/query/request_answers.h"
#include "service/daemon/query/streamed_reply.h"
#include "service/present/path_names.h"

namespace pathwatch::service {
namespace {

constexpr std::size_t kPathsMax = 1'000;
// Beyond the deadline: the check had to wait for its turn.
constexpr ring::TimeNs kPatienceNs = 5'000'000'000;

class ProbeAnswer final : public query::Answer {
 public:
  ProbeAnswer(query::CallId call, const Asked& asked, const std::vector<std::string>& names)
      : call_(call),
        asked_(asked),
        entry_(asked_.probes, call),
        paths_(names.begin(), names.end()) {}
  ~ProbeAnswer() override { asked_.loop.Disarm(limit_); }

  query::Progress Continue(query::Replies& replies) override {
    if (!sent_) {
      if (!Search(replies)) return query::Progress::kMore;
      const auto missing =
          std::find_if(paths_.begin(), paths_.end(), [](const auto& path) { return !path.found; });
      if (missing != paths_.end()) return FindNearest(missing->name, replies);
      Send();
    }
    if (!LookAtVerdicts() && !late_) return query::Progress::kWaiting;
    Reply(replies);
    return query::Progress::kDone;
  }

 private:
  struct Wanted {
    explicit Wanted(const std::string& given) : name(given), path(given) {}

    std::string name;
    present::WantedPath path;
    std::optional<std::uint32_t> found;  // slot
    bool found_removed = false;
    std::uint64_t generation = 0;
    std::int64_t valid_until_ns = 0;  // of its state, before the call
    bool checked = false;
  };

  const publish::StateFile& file() const { return asked_.published.file; }

  bool Search(query::Replies& replies) {
    // Each path is compared with every name.
    const auto pace = paths_.size() > 16 ? Walk::kWrite : Walk::kLook;
    return walk_.Continue(file().end_of(PW_SECTION_PATHS), pace, replies, [&](std::uint32_t slot) {
      const pw_path_record* path = file().path(slot);
      if (path == nullptr) return;
      for (Wanted& wanted : paths_) {
        if (!wanted.path.Is(*path) || (wanted.found && !wanted.found_removed)) continue;
        wanted.found = slot;
        wanted.found_removed = path->state == PW_STATE_REMOVED;
        wanted.generation = path->generation;
      }
    });
  }

  query::Progress FindNearest(const std::string& name, query::Replies& replies) {
    if (!nearest_) nearest_.emplace(name);
    if (!nearest_->Continue(file(), replies)) return query::Progress::kMore;
    nearest_->Fail(replies);
    return query::Progress::kDone;
  }

  void Send() {
    sent_ = true;
    asked_ns_ = asked_.loop.now_ns();
    asked_.loop.Arm(limit_, asked_ns_ + asked_.requests.deadline_ns() + kPatienceNs);
    for (Wanted& wanted : paths_) {
      const pw_path_record* path = PathOf(wanted);
      if (path == nullptr) continue;
      wanted.valid_until_ns = path->valid_until_boottime_ns;
      asked_.requests.CheckNow(present::HctlOf(*path));
    }
  }

  // Null: it is not there any more.
  const pw_path_record* PathOf(const Wanted& wanted) const {
    const pw_path_record* path = file().path(*wanted.found);
    return path != nullptr && path->generation == wanted.generation ? path : nullptr;
  }

  // True if there is nothing to wait for.
  bool LookAtVerdicts() {
    bool all = true;
    for (Wanted& wanted : paths_) {
      if (wanted.checked) continue;
      const pw_path_record* path = PathOf(wanted);
      if (path == nullptr || path->state == PW_STATE_REMOVED) continue;
      const bool answered = path->last_check_sent_boottime_ns >= asked_ns_ &&
                            path->last_check_done_boottime_ns >= asked_ns_;
      // The command may also be the INQUIRY that comes before a check.
      const bool unanswered = path->oldest_unanswered_boottime_ns >= asked_ns_;
      wanted.checked = answered || unanswered || HeldBack(wanted, *path);
      // An older command is past its deadline and still out: no other goes there.
      const bool hopeless = !wanted.checked && path->oldest_unanswered_boottime_ns != 0;
      all = all && (wanted.checked || hopeless);
    }
    return all;
  }

  // The kernel was asked about device and port after the call, and lets nothing through.
  static bool HeldBack(const Wanted& wanted, const pw_path_record& path) {
    const bool by_kernel = path.reason_kind == PW_REASON_DEVICE_OFFLINE ||
                           path.reason_kind == PW_REASON_TRANSPORT_OFFLINE ||
                           path.reason_kind == PW_REASON_TRANSPORT_BLOCKED;
    return by_kernel && path.valid_until_boottime_ns != wanted.valid_until_ns;
  }

  void Reply(query::Replies& replies) const {
    const present::Clocks clocks = asked_.published.clocks();
    StreamedReply reply;
    present::Json& json = reply.Json(replies);
    json.BeginObject();
    json.BeginArray("paths");
    for (const Wanted& wanted : paths_) {
      if (PathOf(wanted) == nullptr) continue;
      WritePath(FactsOf(file(), *wanted.found), present::PathFields::All(), clocks, json);
      reply.Pass(replies);
    }
    json.EndArray();
    json.BeginArray("unchecked");
    for (const Wanted& wanted : paths_) {
      if (!wanted.checked) json.TextElement(wanted.name);
    }
    json.EndArray();
    json.EndObject();
    reply.End(replies, /*continues=*/false);
  }

  void OnLimit(ring::TimeNs) {
    late_ = true;
    asked_.wake(call_);
  }

  const query::CallId call_;
  const Asked asked_;
  const Watchers::Entry entry_;
  std::vector<Wanted> paths_;
  Walk walk_;
  std::optional<NearestPath> nearest_;
  bool sent_ = false;
  bool late_ = false;
  ring::TimeNs asked_ns_ = 0;
  ring::BoundTimer<ProbeAnswer, &ProbeAnswer::OnLimit> limit_{*this};
};

}  // namespace

std::unique_ptr<query::Answer> Probe(const query::Call& call, const Asked& asked) {
  const std::vector<std::string> names = ListOf(call.parameters, "paths");
  if (names.empty() || names.size() > kPathsMax) return query::InvalidParameter("paths");
  return std::make_unique<ProbeAnswer>(call.id, asked, names);
}

}  // namespace pathwatch::service
