#include "lib/scsi/identity.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/scsi/hex.h"
#include "tests/scsi/vectors.h"

namespace pathwatch::scsi {
namespace {

constexpr std::string_view kNaa6 = "01030010 60014050a1b2c3d4e5f60718293a4b5c ";
constexpr std::string_view kNaa5 = "01030008 50014050a1b2c3d4 ";
constexpr std::string_view kNaa5AsName = "03080014 6e61612e35303031343035304131423243334434 ";
constexpr std::string_view kT10 = "02010008 41424320 20202044 ";
constexpr std::string_view kVendor = "01000004 00c0ffee ";
constexpr std::string_view kNumbers = "51950004 00000000 51940004 00000001 01060004 00000000 ";

LogicalUnitIdentity Identity(std::string_view designators) {
  const auto payload = Hex(designators);
  auto page = Hex(absl::StrFormat("0083%04x", payload.size()));
  page.insert(page.end(), payload.begin(), payload.end());
  const auto parsed = ParseVpd83(page);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() ? IdentityOf(*parsed) : LogicalUnitIdentity{};
}

std::string Both(std::string_view a, std::string_view b) { return std::string(a) + std::string(b); }

TEST(IdentityTest, HasTheNameOfTheBestDesignator) {
  const LogicalUnitIdentity identity = Identity(Both(kT10, kNaa5));
  EXPECT_EQ(identity.name, "350014050a1b2c3d4");
  EXPECT_EQ(identity.designators.size(), 2u);
}

TEST(IdentityTest, IsTheSameWhileOneDesignatorIsShared) {
  const LogicalUnitIdentity before = Identity(Both(kNaa5, kT10));
  EXPECT_TRUE(MayBeSame(before, before));
  EXPECT_TRUE(MayBeSame(before, Identity(kT10)));
  EXPECT_TRUE(MayBeSame(before, Identity(Both(kNaa6, kNaa5))));
  EXPECT_TRUE(MayBeSame(before, Identity(Both(kT10, kNaa5))));
}

TEST(IdentityTest, IsAnotherIfNoDesignatorIsShared) {
  EXPECT_FALSE(MayBeSame(Identity(kNaa5), Identity(kNaa6)));
  EXPECT_FALSE(MayBeSame(Identity(kNaa5), Identity(kVendor)));
}

TEST(IdentityTest, AnotherFormOfTheSameIdentifierIsNoChange) {
  EXPECT_TRUE(MayBeSame(Identity(kNaa5), Identity(kNaa5AsName)));
  EXPECT_EQ(Identity(kNaa5AsName).name, Identity(kNaa5).name);
}

TEST(IdentityTest, PortAndGroupNumbersDoNotCount) {
  EXPECT_FALSE(MayBeSame(Identity(Both(kNaa5, kNumbers)), Identity(Both(kNaa6, kNumbers))));
  EXPECT_TRUE(Identity(kNumbers).empty());
}

TEST(IdentityTest, WithoutADesignatorNothingHasChanged) {
  EXPECT_TRUE(MayBeSame(Identity(kNumbers), Identity(kNaa5)));
  EXPECT_TRUE(MayBeSame(Identity(kNaa5), Identity(kNumbers)));
}

TEST(IdentityTest, ADesignatorThatNamesNobodyIsComparedByItsBytes) {
  EXPECT_EQ(Identity(kVendor).name, "");
  EXPECT_TRUE(MayBeSame(Identity(kVendor), Identity(kVendor)));
  EXPECT_FALSE(MayBeSame(Identity(kVendor), Identity("01000004 00c0ffef ")));
}

TEST(IdentityTest, ANameAloneIsComparedWithEveryDesignator) {
  const LogicalUnitIdentity named = IdentityNamed("1ABC_D");
  EXPECT_EQ(named.name, "1ABC_D");
  EXPECT_TRUE(MayBeSame(named, Identity(Both(kNaa5, kT10))));
  EXPECT_FALSE(MayBeSame(named, Identity(kNaa5)));
  EXPECT_TRUE(IdentityNamed("").empty());
}

}  // namespace
}  // namespace pathwatch::scsi
