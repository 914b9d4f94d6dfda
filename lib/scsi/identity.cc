#include "lib/scsi/identity.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace pathwatch::scsi {
namespace {

// FNV-1a with 64 bits: two different designators of one array meet by chance once in 2^64.
std::uint64_t Fingerprint(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
  return hash;
}

bool Identifies(const Designator& designator) {
  return designator.association == Association::kLogicalUnit &&
         designator.type != DesignatorType::kRelativeTargetPort &&
         designator.type != DesignatorType::kTargetPortGroup &&
         designator.type != DesignatorType::kLogicalUnitGroup;
}

std::uint64_t NumberOf(const Designator& designator) {
  const std::string id = LogicalUnitIdOf(designator);
  if (!id.empty()) return Fingerprint(id);
  // No form that multipath would use; the type in front keeps it apart from those that have one.
  std::string text(1, static_cast<char>(0x80 | static_cast<int>(designator.type)));
  text.append(reinterpret_cast<const char*>(designator.bytes.data()), designator.bytes.size());
  return Fingerprint(text);
}

}  // namespace

LogicalUnitIdentity IdentityOf(const Vpd83& page) {
  LogicalUnitIdentity identity;
  if (auto name = LogicalUnitId(page); name.ok()) identity.name = *std::move(name);
  for (const Designator& designator : page.designators) {
    if (Identifies(designator)) identity.designators.push_back(NumberOf(designator));
  }
  std::sort(identity.designators.begin(), identity.designators.end());
  return identity;
}

LogicalUnitIdentity IdentityNamed(const std::string& name) {
  if (name.empty()) return {};
  return {name, {Fingerprint(name)}};
}

bool MayBeSame(const LogicalUnitIdentity& before, const LogicalUnitIdentity& after) {
  return MayBeSame(before.designators, after.designators);
}

bool MayBeSame(const std::vector<std::uint64_t>& before, const std::vector<std::uint64_t>& after) {
  if (before.empty() || after.empty()) return true;
  return std::find_first_of(before.begin(), before.end(), after.begin(), after.end()) !=
         before.end();
}

}  // namespace pathwatch::scsi
