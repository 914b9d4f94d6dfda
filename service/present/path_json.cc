#include "service/present/path_json.h"

#include <array>
#include <optional>
#include <string>
#include <variant>

#include "lib/checker/state_names.h"
#include "service/present/reason.h"

namespace pathwatch::present {
namespace {

struct Null {};
using Value = std::variant<Null, std::string_view, std::string, std::uint64_t, bool>;

Value If(bool counts, std::uint64_t value) { return counts ? Value(value) : Value(Null{}); }

Value Time(std::int64_t boottime_ns, const Clocks& clocks) {
  if (boottime_ns == 0) return Null{};
  return WallTime(boottime_ns, clocks);
}

Value Word(const char* word) { return std::string_view(word); }

struct Field {
  std::string_view name;
  Value (*value)(const PathFacts& facts, const Clocks& clocks);
};

// What is not known of the ports.
const pw_nexus_record& NexusOrNone(const PathFacts& facts) {
  static constexpr pw_nexus_record kNone{};
  return facts.nexus != nullptr ? *facts.nexus : kNone;
}

using F = const PathFacts&;
using C = const Clocks&;

constexpr std::array kFields = {
    Field{"path", [](F f, C) -> Value { return PathName(f.path); }},
    Field{"device", [](F f, C) { return Word(f.path.sd_name); }},
    Field{"sg", [](F f, C) { return Word(f.path.sg_name); }},
    Field{"wwid", [](F f, C) { return Word(f.path.wwid); }},
    Field{"dm", [](F f, C) { return Word(f.detail != nullptr ? f.detail->dm_name : ""); }},
    Field{"state", [](F f, C) { return Word(pw_state_name(f.path.state)); }},
    Field{"scope", [](F f, C) { return Word(pw_scope_name(f.path.scope)); }},
    Field{"unconfirmed", [](F f, C) -> Value { return HasFlag(f.path, PW_PATH_UNCONFIRMED); }},
    Field{"marginal", [](F f, C) -> Value { return HasFlag(f.path, PW_PATH_MARGINAL); }},
    Field{"marginal_cause",
          [](F f, C) { return Word(pw_marginal_cause_name(f.path.marginal_cause)); }},
    Field{"reason", [](F f, C c) -> Value { return ReasonSentence(f, c.boot_now_ns); }},
    Field{"since", [](F f, C c) { return Time(f.path.since_boottime_ns, c); }},
    Field{"last_check", [](F f, C c) { return Time(f.path.last_check_done_boottime_ns, c); }},
    Field{"latency_us",
          [](F f, C) { return If(f.path.last_check_done_boottime_ns != 0, f.path.latency_us); }},
    Field{"checks", [](F f, C) -> Value { return std::uint64_t{f.path.checks}; }},
    Field{"alua_state", [](F f, C) { return Word(pw_alua_state_name(f.path.alua_state)); }},
    Field{"preferred", [](F f, C) -> Value { return HasFlag(f.path, PW_PATH_PREFERRED); }},
    Field{"tpg", [](F f, C) { return If(HasFlag(f.path, PW_PATH_HAS_TPG), f.path.tpg); }},
    Field{"rtpi", [](F f, C) { return If(HasFlag(f.path, PW_PATH_HAS_RTPI), f.path.rtpi); }},
    Field{"host", [](F f, C) -> Value { return HostName(f.path); }},
    Field{"nexus", [](F f, C) -> Value { return NexusName(f.path); }},
    Field{"initiator_port", [](F f, C) { return Word(NexusOrNone(f).initiator_port); }},
    Field{"target_port", [](F f, C) { return Word(NexusOrNone(f).target_port); }},
    Field{"transport", [](F f, C) { return Word(pw_transport_name(NexusOrNone(f).transport)); }},
    Field{"passthrough", [](F f, C) { return Word(pw_passthrough_name(f.path.passthrough)); }},
    Field{"generation", [](F f, C) -> Value { return std::uint64_t{f.path.generation}; }},
};
static_assert(kFields.size() < 64);

void Write(std::string_view name, const Value& value, Json& json) {
  if (const auto* word = std::get_if<std::string_view>(&value)) {
    json.Text(name, *word);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    json.Text(name, *text);
  } else if (const auto* number = std::get_if<std::uint64_t>(&value)) {
    json.Number(name, *number);
  } else if (const auto* truth = std::get_if<bool>(&value)) {
    json.Bool(name, *truth);
  } else {
    json.Null(name);
  }
}

}  // namespace

PathFields PathFields::All() { return PathFields((std::uint64_t{1} << kFields.size()) - 1); }

bool PathFields::Add(std::string_view name) {
  for (std::size_t i = 0; i < kFields.size(); i++) {
    if (kFields[i].name != name) continue;
    chosen_ |= std::uint64_t{1} << i;
    return true;
  }
  return false;
}

std::vector<std::string_view> PathFieldNames() {
  std::vector<std::string_view> names;
  names.reserve(kFields.size());
  for (const Field& field : kFields) names.push_back(field.name);
  return names;
}

void WritePath(const PathFacts& facts, const PathFields& fields, const Clocks& clocks, Json& json) {
  json.BeginObject();
  for (std::size_t i = 0; i < kFields.size(); i++) {
    if (fields.Has(i)) Write(kFields[i].name, kFields[i].value(facts, clocks), json);
  }
  json.EndObject();
}

std::string PathFieldText(const PathFacts& facts, std::size_t field, const Clocks& clocks) {
  const Value value = kFields[field].value(facts, clocks);
  if (const auto* word = std::get_if<std::string_view>(&value)) return std::string(*word);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<std::uint64_t>(&value)) return std::to_string(*number);
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "yes" : "no";
  return "";
}

}  // namespace pathwatch::present
