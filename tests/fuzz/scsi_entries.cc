#include "tests/fuzz/scsi_entries.h"

#include <algorithm>
#include <set>
#include <vector>

#include "lib/scsi/identity.h"
#include "lib/scsi/inquiry.h"
#include "lib/scsi/report_luns.h"
#include "lib/scsi/rtpg.h"
#include "lib/scsi/sense.h"
#include "lib/scsi/verdict.h"
#include "lib/scsi/vpd83.h"

namespace pathwatch::scsi {
namespace {

using Bytes = std::span<const std::uint8_t>;

std::vector<std::uint8_t> Exact(Bytes input) { return {input.begin(), input.end()}; }

bool IsPrintable(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7E; });
}

bool IsUp(const Verdict& verdict) {
  const auto* lasting = std::get_if<Lasting>(&verdict);
  return lasting != nullptr && lasting->condition == Condition::kUp;
}

std::string CheckRtpgWith(Bytes input, std::size_t allocation_length) {
  const Rtpg rtpg = ParseRtpg(input, allocation_length);
  if ((rtpg.outcome == RtpgOutcome::kParsed) == rtpg.groups.empty()) {
    return "groups belong to a parsed reply, and to no other";
  }
  if (rtpg.groups.size() > kPortGroupsMax) return "more groups than the limit";
  std::size_t size = 4;
  std::set<std::uint16_t> ids;
  for (const PortGroup& group : rtpg.groups) {
    size += 8 + 4 * group.ports.size();
    if (!ids.insert(group.id).second) return "a group id came twice";
    if (group.state_code > 0xF) return "a state has more than four bits";
  }
  if (!rtpg.groups.empty() && size > input.size()) return "more groups and ports than bytes";
  if (rtpg.trailing_bytes > 7) return "a group was left over";
  const bool reissue = rtpg.outcome == RtpgOutcome::kReissue;
  if (reissue && rtpg.reissue_length <= allocation_length) return "a repeat would bring no more";
  if (rtpg.reissue_length > kRtpgLengthMax) return "a repeat would exceed the cap";
  return "";
}

}  // namespace

std::string CheckSense(Bytes input) {
  const auto bytes = Exact(input);
  const auto sense = ParseSense(bytes);
  if (!sense) return "";
  if (sense->key > 0xF) return "a key has more than four bits";
  if (bytes.size() < 2) return "a key out of nothing";
  if (sense->has_asc && bytes.size() < 4) return "codes out of nothing";
  if (!sense->has_asc && (sense->asc != 0 || sense->ascq != 0)) return "unknown codes are not 0";
  if (sense->deferred != ((bytes[0] & 1) != 0)) return "deferred sense is odd";
  // Deferred sense belongs to another command, and only these keys let a path be up.
  Reply reply;
  reply.status = 0x02;
  reply.sense = bytes;
  const bool may_be_up =
      !sense->deferred && (sense->key == 0x0 || sense->key == 0x1 || sense->key == 0x7);
  if (IsUp(Judge(reply).verdict) != may_be_up) return "sense made a path up";
  return "";
}

std::string CheckInquiry(Bytes input) {
  const auto bytes = Exact(input);
  const auto inquiry = ParseInquiry(bytes);
  if (!inquiry.ok()) return inquiry.status().message().empty() ? "an error without a word" : "";
  if (bytes.empty()) return "an answer out of nothing";
  if (inquiry->connected() && bytes.size() < kInquirySizeMin) return "a disk out of nothing";
  if (inquiry->tpgs > 3) return "TPGS has more than two bits";
  for (const std::string& text : {inquiry->vendor, inquiry->product, inquiry->revision}) {
    if (!IsPrintable(text)) return "an unprintable byte left";
    if (text.starts_with(' ') || text.ends_with(' ')) return "a name is not trimmed";
  }
  return "";
}

std::string CheckVpd83(Bytes input) {
  const auto bytes = Exact(input);
  const auto page = ParseVpd83(bytes);
  if (!page.ok()) return page.status().message().empty() ? "an error without a word" : "";
  std::size_t size = 4;
  for (const Designator& designator : page->designators) {
    if (designator.bytes.empty()) return "an empty designator was kept";
    size += 4 + designator.bytes.size();
    if (!IsPrintable(LogicalUnitIdOf(designator))) return "an unprintable byte left";
  }
  if (size > bytes.size() || size > page->page_length) return "more designators than bytes";
  const LogicalUnitIdentity identity = IdentityOf(*page);
  if (!MayBeSame(identity, identity)) return "a page differs from itself";
  const auto id = LogicalUnitId(*page);
  if (!id.ok()) return id.status().message().empty() ? "an error without a word" : "";
  if (id->empty() || id->size() > kLogicalUnitIdLengthMax) return "an identifier of a wrong length";
  const auto has_id = [&id](const Designator& d) { return LogicalUnitIdOf(d) == *id; };
  if (std::none_of(page->designators.begin(), page->designators.end(), has_id)) {
    return "an identifier out of nothing";
  }
  return "";
}

std::string CheckRtpg(Bytes input) {
  const auto bytes = Exact(input);
  for (const std::size_t more : {0, 1, 4096}) {
    const std::string broken = CheckRtpgWith(bytes, bytes.size() + more);
    if (!broken.empty()) return broken;
  }
  return "";
}

std::string CheckReportLuns(Bytes input) {
  const auto bytes = Exact(input);
  for (const std::size_t more : {0, 1, 4096}) {
    const auto list = ParseReportLuns(bytes, bytes.size() + more);
    if (!list.ok()) {
      if (list.status().message().empty()) return "an error without a word";
      continue;
    }
    if (8 + 8 * list->luns.size() > bytes.size()) return "more logical units than bytes";
    if (!std::is_sorted(list->luns.begin(), list->luns.end())) return "the list is not sorted";
    const auto twice = std::adjacent_find(list->luns.begin(), list->luns.end());
    if (twice != list->luns.end()) return "a logical unit came twice";
    const bool whole = list->reissue_length == 0;
    if (!whole && list->reissue_length <= bytes.size() + more)
      return "a repeat would bring no more";
  }
  return "";
}

std::string CheckReply(Bytes input) {
  if (input.size() < 3) return "";
  const auto sense = Exact(input.subspan(3));
  Reply reply;
  reply.error = input[0];
  reply.host_status = input[1];
  reply.status = input[2];
  reply.sense = sense;
  const Judgement judgement = Judge(reply);
  if (judgement.code != CodeOf(reply)) return "the code of another reply";
  if (!IsUp(judgement.verdict)) return "";
  if (reply.error != 0) return "an errno made a path up";
  if (reply.status == 0x18 || reply.host_status == 0x11) return "";
  if (reply.host_status != 0x00 && reply.host_status != 0x0A) return "a host status made a path up";
  switch (reply.status) {
    case 0x00:
    case 0x04:
    case 0x10:
    case 0x14:
      return "";
    case 0x02:
      return CheckSense(sense);
    default:
      return "a status made a path up";
  }
}

}  // namespace pathwatch::scsi
