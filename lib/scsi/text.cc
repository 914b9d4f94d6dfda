#include "lib/scsi/text.h"

#include <scsi/sg_lib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "absl/strings/str_format.h"
#include "lib/scsi/status.h"
#include "lib/scsi/verdict_table.h"

namespace pathwatch::scsi {
namespace {

struct Name {
  std::uint16_t number;
  const char* name;
};

constexpr auto kStatusNames = std::to_array<Name>({
    {kStatusGood, "GOOD"},
    {kStatusConditionMet, "CONDITION MET"},
    {kStatusBusy, "BUSY"},
    {kStatusIntermediate, "INTERMEDIATE"},
    {kStatusIntermediateConditionMet, "INTERMEDIATE-CONDITION MET"},
    {kStatusReservationConflict, "RESERVATION CONFLICT"},
    {kStatusCommandTerminated, "COMMAND TERMINATED"},
    {kStatusTaskSetFull, "TASK SET FULL"},
    {kStatusAcaActive, "ACA ACTIVE"},
    {kStatusTaskAborted, "TASK ABORTED"},
});

constexpr auto kHostStatusNames = std::to_array<Name>({
    {kDidNoConnect, "DID_NO_CONNECT"},
    {kDidBusBusy, "DID_BUS_BUSY"},
    {kDidTimeOut, "DID_TIME_OUT"},
    {kDidBadTarget, "DID_BAD_TARGET"},
    {kDidAbort, "DID_ABORT"},
    {kDidParity, "DID_PARITY"},
    {kDidError, "DID_ERROR"},
    {kDidReset, "DID_RESET"},
    {kDidBadIntr, "DID_BAD_INTR"},
    {kDidSoftError, "DID_SOFT_ERROR"},
    {kDidImmRetry, "DID_IMM_RETRY"},
    {kDidRequeue, "DID_REQUEUE"},
    {kDidTransportDisrupted, "DID_TRANSPORT_DISRUPTED"},
    {kDidTransportFailfast, "DID_TRANSPORT_FAILFAST"},
    {kDidTargetFailure, "DID_TARGET_FAILURE"},
    {kDidNexusFailure, "DID_NEXUS_FAILURE"},
    {kDidAllocFailure, "DID_ALLOC_FAILURE"},
    {kDidMediumError, "DID_MEDIUM_ERROR"},
    {kDidTransportMarginal, "DID_TRANSPORT_MARGINAL"},
});

// Null if there is none.
const char* NameOf(std::span<const Name> names, std::uint16_t number) {
  const auto found = std::find_if(names.begin(), names.end(),
                                  [number](const Name& name) { return name.number == number; });
  return found == names.end() ? nullptr : found->name;
}

std::string WithName(const std::string& number, const char* name) {
  return name == nullptr ? number : absl::StrFormat("%s (%s)", number, name);
}

// The standard's text for a code, or "" for one that it does not know. The library writes
// "Additional sense: TEXT" for those that it knows and repeats the numbers for the others.
std::string StandardText(std::uint8_t asc, std::uint8_t ascq) {
  std::array<char, 256> buffer{};
  sg_get_asc_ascq_str(asc, ascq, static_cast<int>(buffer.size()), buffer.data());
  const std::string_view text = buffer.data();
  constexpr std::string_view kPrefix = "Additional sense: ";
  return text.starts_with(kPrefix) ? std::string(text.substr(kPrefix.size())) : "";
}

std::string SenseCodes(const Code& code) {
  if (!code.has_asc) return absl::StrFormat("%02X, no additional sense code", code.sense_key);
  const std::string text = StandardText(code.asc, code.ascq);
  return WithName(absl::StrFormat("%02X/%02X/%02X", code.sense_key, code.asc, code.ascq),
                  text.empty() ? nullptr : text.c_str());
}

std::string StatusText(std::uint8_t status) {
  const char* name = NameOf(kStatusNames, status);
  return name == nullptr ? absl::StrFormat("SCSI status %02X", status) : name;
}

std::string CodeText(Source source, const Code& code) {
  switch (source) {
    case Source::kErrno:
      return WithName(absl::StrFormat("errno %d", code.error), strerrorname_np(code.error));
    case Source::kHostStatus:
      return WithName(absl::StrFormat("host status %02X", code.host_status),
                      NameOf(kHostStatusNames, code.host_status));
    case Source::kStatus:
      return StatusText(code.status);
    case Source::kNoUsableSense:
      return "CHECK CONDITION without usable sense";
    case Source::kDeferredSense:
      return "CHECK CONDITION, deferred sense " + SenseCodes(code);
    case Source::kSense:
      break;
  }
  return "CHECK CONDITION, sense " + SenseCodes(code);
}

}  // namespace

std::string Describe(const Code& code) {
  const Row& row = FindRow(code);
  return absl::StrFormat("%s: %s", CodeText(row.source, code), std::string(row.meaning));
}

std::string Remedy(const Code& code) { return std::string(FindRow(code).remedy); }

}  // namespace pathwatch::scsi
