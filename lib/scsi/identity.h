// Which logical unit answers: what is kept of a VPD page 83h so that a later one can be compared
// with it. Pure; any thread.
#ifndef PATHWATCH_LIB_SCSI_IDENTITY_H_
#define PATHWATCH_LIB_SCSI_IDENTITY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "lib/scsi/vpd83.h"

namespace pathwatch::scsi {

struct LogicalUnitIdentity {
  // As LogicalUnitId() has it ("3600..."); empty if the page names no logical unit.
  std::string name;
  // One number per designator of the logical unit, sorted. Designators in another form of the
  // same identifier (NAA as binary or as a name) have the same number. Ports and groups do not
  // count: other logical units have the same ones.
  std::vector<std::uint64_t> designators;

  bool empty() const { return designators.empty(); }
  friend bool operator==(const LogicalUnitIdentity&, const LogicalUnitIdentity&) = default;
};

LogicalUnitIdentity IdentityOf(const Vpd83& page);

// Of a logical unit of which only the name is known (not its designators).
LogicalUnitIdentity IdentityNamed(const std::string& name);

// False if both identities are known and have no designator in common: another logical unit. An
// added or a missing designator, or another order, is no change.
bool MayBeSame(const LogicalUnitIdentity& before, const LogicalUnitIdentity& after);
// The same of the designators alone.
bool MayBeSame(const std::vector<std::uint64_t>& before, const std::vector<std::uint64_t>& after);

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_IDENTITY_H_
