#include "lib/scsi/verdict_table.h"

#include <cassert>
#include <cstddef>

#include "lib/scsi/rows_not_ready.h"
#include "lib/scsi/rows_other_keys.h"
#include "lib/scsi/rows_transport.h"
#include "lib/scsi/rows_unit_attention.h"
#include "lib/scsi/status.h"

namespace pathwatch::scsi {
namespace {

using Rows = std::span<const Row>;

constexpr std::uint8_t kKeyNotReady = 0x2;
constexpr std::uint8_t kKeyUnitAttention = 0x6;

constexpr int Specificity(const Row& row) {
  return (row.value != kAny) + (row.asc != kAny) + (row.ascq != kAny);
}

// At most one of two equally specific rows may match, or the order of rows would count.
constexpr bool IsUnambiguous(Rows rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      const Row& a = rows[i];
      const Row& b = rows[j];
      if (a.source == b.source && Specificity(a) == Specificity(b) && a.value.Overlaps(b.value) &&
          a.asc.Overlaps(b.asc) && a.ascq.Overlaps(b.ascq)) {
        return false;
      }
    }
  }
  return true;
}

static_assert(IsUnambiguous(rows::kTransportRows));
static_assert(IsUnambiguous(rows::kOtherKeyRows));
static_assert(IsUnambiguous(rows::kNotReadyRows));
static_assert(IsUnambiguous(rows::kUnitAttentionRows));

constexpr const Row& kGoodRow = rows::kTransportRows[0];
static_assert(kGoodRow.source == Source::kStatus && kGoodRow.value == Range(kStatusGood));

bool MatchesCodes(const Row& row, const Code& code) {
  if (row.asc == kAny) return true;
  return code.has_asc && row.asc.Contains(code.asc) && row.ascq.Contains(code.ascq);
}

// REQUIRES: one of the rows is for everything else of `source`.
const Row& MostSpecific(Rows rows, Source source, std::uint16_t value, const Code& code) {
  const Row* best = nullptr;
  for (const Row& row : rows) {
    if (row.source != source || !row.value.Contains(value) || !MatchesCodes(row, code)) continue;
    if (best == nullptr || Specificity(row) > Specificity(*best)) best = &row;
  }
  assert(best != nullptr);
  return *best;
}

Rows RowsOfKey(std::uint8_t key) {
  switch (key) {
    case kKeyNotReady:
      return rows::kNotReadyRows;
    case kKeyUnitAttention:
      return rows::kUnitAttentionRows;
    default:
      return rows::kOtherKeyRows;
  }
}

const Row& FindCheckConditionRow(const Code& code) {
  if (!code.has_sense) return MostSpecific(rows::kTransportRows, Source::kNoUsableSense, 0, code);
  if (code.deferred) return MostSpecific(rows::kTransportRows, Source::kDeferredSense, 0, code);
  const std::uint8_t key = code.sense_key & 0x0F;
  return MostSpecific(RowsOfKey(key), Source::kSense, key, code);
}

}  // namespace

const Row& FindRow(const Code& code) {
  if (code == Code{}) return kGoodRow;
  const Rows rows = rows::kTransportRows;
  if (code.error != 0) return MostSpecific(rows, Source::kErrno, code.error, code);
  const bool by_status = code.host_status == kDidOk || code.host_status == kDidPassthrough ||
                         code.status == kStatusReservationConflict;
  if (!by_status) return MostSpecific(rows, Source::kHostStatus, code.host_status, code);
  if (code.status == kStatusCheckCondition) return FindCheckConditionRow(code);
  return MostSpecific(rows, Source::kStatus, code.status, code);
}

std::array<std::span<const Row>, 4> AllRows() {
  return {rows::kTransportRows, rows::kOtherKeyRows, rows::kNotReadyRows, rows::kUnitAttentionRows};
}

}  // namespace pathwatch::scsi
