#include "service/daemon/log/line_limit.h"

#include <iterator>

namespace pathwatch::service {
namespace {

// In one call, which should be short.
constexpr int kForgottenPerSweep = 1'000;

std::string_view Subject(const LogFields& fields) {
  return fields.path.empty() ? fields.nexus : fields.path;
}

}  // namespace

LineLimit::Verdict LineLimit::Ask(LogLevel level, const LogFields& fields, std::int64_t now_ns) {
  const std::string_view subject = Subject(fields);
  if (subject.empty() || fields.cause == LogCause::kNone) return {.allowed = true};
  Entry* entry = Find(subject, fields.cause, now_ns);
  return entry == nullptr ? AskShared(level, now_ns) : Use(*entry, level, fields);
}

LineLimit::Entry* LineLimit::Find(std::string_view subject, LogCause cause, std::int64_t now_ns) {
  if (const auto known = by_key_.find({subject, cause}); known != by_key_.end()) {
    Entry& entry = *known->second;
    if (IsOver(entry, now_ns)) {
      entry.begin_ns = now_ns;
      entry.used = 0;
      entries_.splice(entries_.end(), entries_, known->second);
    }
    return &entry;
  }
  if (entries_.size() >= entries_max_) {
    if (entries_.empty() || entries_.front().held != nullptr || !IsOver(entries_.front(), now_ns)) {
      return nullptr;
    }
    ForgetFirst();
  }
  Entry& entry = entries_.emplace_back();
  entry.subject = subject;
  entry.cause = cause;
  entry.begin_ns = now_ns;
  by_key_[{entry.subject, cause}] = std::prev(entries_.end());
  return &entry;
}

LineLimit::Verdict LineLimit::Use(Entry& entry, LogLevel level, const LogFields& fields) const {
  if (entry.used < repeats_) {
    ++entry.used;
    const std::uint64_t held_back = entry.held == nullptr ? 0 : entry.held->lines;
    entry.held = nullptr;
    return {.allowed = true, .held_back = held_back};
  }
  if (entry.held == nullptr) {
    entry.held = std::make_unique<HeldBack>(HeldBack{.level = level, .fields = fields});
  }
  ++entry.held->lines;
  return {};
}

LineLimit::Verdict LineLimit::AskShared(LogLevel level, std::int64_t now_ns) {
  if (IsOver(shared_, now_ns)) {
    shared_.begin_ns = now_ns;
    shared_.used = 0;
  }
  // What was held back is of other paths, so no line of this one tells of it.
  if (shared_.used < repeats_) {
    ++shared_.used;
    return {.allowed = true};
  }
  if (shared_.held == nullptr) shared_held_since_ns_ = now_ns;
  return Use(shared_, level, {});
}

std::vector<LineLimit::HeldBack> LineLimit::Sweep(std::int64_t now_ns, std::size_t most) {
  std::vector<HeldBack> list;
  for (int i = 0; i < kForgottenPerSweep && list.size() < most && !entries_.empty() &&
                  IsOver(entries_.front(), now_ns);
       ++i) {
    TakeHeld(entries_.front(), list);
    ForgetFirst();
  }
  if (list.size() < most && now_ns - shared_held_since_ns_ >= period_ns_) TakeHeld(shared_, list);
  return list;
}

void LineLimit::TakeHeld(Entry& entry, std::vector<HeldBack>& list) {
  if (entry.held == nullptr) return;
  list.push_back(std::move(*entry.held));
  entry.held = nullptr;
}

void LineLimit::ForgetFirst() {
  by_key_.erase({entries_.front().subject, entries_.front().cause});
  entries_.pop_front();
}

}  // namespace pathwatch::service
