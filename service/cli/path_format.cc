#include "service/cli/path_format.h"

#include <sys/sysmacros.h>

#include <algorithm>
#include <array>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "lib/checker/state_names.h"
#include "service/present/escape.h"
#include "service/present/lun_json.h"
#include "service/present/path_json.h"

namespace pathwatch::cli {
namespace {

struct Source {
  const present::PathFacts& facts;
  std::string_view dm_state;
};
using S = const Source&;

struct Wildcard {
  char letter;
  const char* meaning;
  std::string (*value)(S source);
};

std::string Or(std::string_view value, std::string_view instead) {
  return std::string(value.empty() ? instead : value);
}

std::string DeviceNumber(const pw_path_record& path) {
  if (path.sd_devt == 0) return "#:#";
  return absl::StrFormat("%d:%d", major(path.sd_devt), minor(path.sd_devt));
}

std::string VendorProductRevision(const pw_path_record& path) {
  std::vector<std::string> parts;
  for (const char* part : {path.vendor, path.product, path.revision}) {
    parts.push_back(Or(present::WithoutTrailingBlanks(part), "##"));
  }
  return absl::StrJoin(parts, ",");
}

std::string DeviceState(const present::PathFacts& facts) {
  return Or(facts.detail != nullptr ? facts.detail->device_state : "", "unknown");
}

std::string Map(const present::PathFacts& facts) {
  return Or(facts.detail != nullptr ? facts.detail->dm_name : "", "[orphan]");
}

std::string PortGroup(const pw_path_record& path) {
  if (!present::HasFlag(path, PW_PATH_HAS_TPG)) return "[undef]";
  return absl::StrFormat("0x%04x", path.tpg);
}

std::string InitiatorPort(const present::PathFacts& facts) {
  return Or(facts.nexus != nullptr ? facts.nexus->initiator_port : "", "[undef]");
}

std::string TargetPort(const present::PathFacts& facts) {
  return Or(facts.nexus != nullptr ? facts.nexus->target_port : "", "[undef]");
}

// The names that multipath.conf uses for its option `protocol`.
std::string Protocol(const present::PathFacts& facts) {
  if (facts.nexus == nullptr) return "scsi:unspec";
  switch (facts.nexus->transport) {
    case PW_TRANSPORT_FC:
      return "scsi:fcp";
    case PW_TRANSPORT_ISCSI:
      return "scsi:iscsi";
    case PW_TRANSPORT_SAS:
      return "scsi:sas";
    default:
      return "scsi:unspec";
  }
}

std::string Marginal(const pw_path_record& path) {
  return present::HasFlag(path, PW_PATH_MARGINAL) ? "marginal" : "normal";
}

constexpr std::array kWildcards = {
    Wildcard{'w', "WWID of the logical unit", [](S s) { return Or(s.facts.path.wwid, "-"); }},
    Wildcard{'i', "H:C:T:L", [](S s) { return present::PathName(s.facts.path); }},
    Wildcard{'d', "block device; -: none", [](S s) { return Or(s.facts.path.sd_name, "-"); }},
    Wildcard{'D', "its major:minor; #:#: none", [](S s) { return DeviceNumber(s.facts.path); }},
    Wildcard{'t', "state in the dm table: active, failed; undef: in no map, or not known",
             [](S s) { return Or(s.dm_state, "undef"); }},
    Wildcard{'o', "state of the device in the kernel, as running or offline",
             [](S s) { return DeviceState(s.facts); }},
    Wildcard{'T', "state of the path, as pathwatch has it",
             [](S s) { return std::string(pw_state_name(s.facts.path.state)); }},
    Wildcard{'s', "vendor,product,revision; ##: none",
             [](S s) { return VendorProductRevision(s.facts.path); }},
    Wildcard{'m', "dm map; [orphan]: none", [](S s) { return Map(s.facts); }},
    Wildcard{'M', "marginal or normal", [](S s) { return Marginal(s.facts.path); }},
    Wildcard{'R', "initiator port, of any transport; [undef]: none",
             [](S s) { return InitiatorPort(s.facts); }},
    Wildcard{'r', "target port, of any transport; [undef]: none",
             [](S s) { return TargetPort(s.facts); }},
    Wildcard{'A', "target port group, as 0x0001; [undef]: none",
             [](S s) { return PortGroup(s.facts.path); }},
    Wildcard{'P', "protocol: scsi:fcp, scsi:iscsi, scsi:sas, scsi:unspec",
             [](S s) { return Protocol(s.facts); }},
};

}  // namespace

absl::StatusOr<PathFormat> PathFormat::Parse(std::string_view text) {
  PathFormat format;
  while (!text.empty()) {
    const std::size_t percent = std::min(text.find('%'), text.size());
    format.pieces_.back().text += text.substr(0, percent);
    text.remove_prefix(percent);
    if (text.empty()) break;
    text.remove_prefix(1);
    absl::Status taken = text.starts_with('{') ? format.TakeField(text) : format.TakeWildcard(text);
    if (!taken.ok()) return taken;
  }
  return format;
}

absl::Status PathFormat::TakeWildcard(std::string_view& rest) {
  if (rest.empty()) return absl::InvalidArgumentError("the format ends with %; %% stands for one");
  const char letter = rest.front();
  rest.remove_prefix(1);
  if (letter == '%') {
    pieces_.back().text += '%';
    return absl::OkStatus();
  }
  for (std::size_t i = 0; i < kWildcards.size(); i++) {
    if (kWildcards[i].letter != letter) continue;
    pieces_.back().kind = Piece::Kind::kWildcard;
    pieces_.back().index = i;
    pieces_.emplace_back();
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(std::string("the format has no wildcard %") + letter);
}

absl::Status PathFormat::TakeField(std::string_view& rest) {
  const std::size_t end = rest.find('}');
  if (end == std::string_view::npos) {
    return absl::InvalidArgumentError("%" + std::string(rest) + " of the format lacks its }");
  }
  const std::string_view name = rest.substr(1, end - 1);
  const auto names = present::PathFieldNames();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    return absl::InvalidArgumentError("the format has no field %{" + std::string(name) + "}");
  }
  rest.remove_prefix(end + 1);
  pieces_.back().kind = Piece::Kind::kField;
  pieces_.back().index = static_cast<std::size_t>(found - names.begin());
  pieces_.emplace_back();
  return absl::OkStatus();
}

bool PathFormat::WantsDmState() const {
  return std::any_of(pieces_.begin(), pieces_.end(), [](const Piece& piece) {
    return piece.kind == Piece::Kind::kWildcard && kWildcards[piece.index].letter == 't';
  });
}

std::string PathFormat::Line(const present::PathFacts& facts, std::string_view dm_state,
                             const present::Clocks& clocks) const {
  std::string line;
  for (const Piece& piece : pieces_) {
    line += piece.text;
    if (piece.kind == Piece::Kind::kWildcard) {
      line += present::EscapeForTerminal(kWildcards[piece.index].value({facts, dm_state}));
    } else if (piece.kind == Piece::Kind::kField) {
      line +=
          present::EscapeForTerminal(Or(present::PathFieldText(facts, piece.index, clocks), "-"));
    }
  }
  return line;
}

std::string PathFormatHelp() {
  std::string text;
  for (const Wildcard& wildcard : kWildcards) {
    absl::StrAppendFormat(&text, "  %%%c  %s\n", wildcard.letter, wildcard.meaning);
  }
  text += "  %%  %\n  %{field}  a field of --json, - if it is empty; fields: ";
  for (const std::string_view name : present::PathFieldNames()) {
    text += std::string(name) + " ";
  }
  text.back() = '\n';
  return text;
}

}  // namespace pathwatch::cli
