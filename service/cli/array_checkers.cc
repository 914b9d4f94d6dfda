#include "service/cli/array_checkers.h"

namespace pathwatch::cli {
namespace {

// How the names of an array begin.
struct KnownArray {
  std::string_view vendor;
  std::string_view product;
  std::string_view handler;
};

// Arrays to which Linux attaches a proprietary device handler by their names
// (drivers/scsi/scsi_dh.c, Linux 6.12); there as well, a beginning is enough.
constexpr KnownArray kArrays[] = {
    {"DGC", "RAID", "emc"},
    {"DGC", "DISK", "emc"},
    {"DGC", "VRAID", "emc"},
    {"COMPAQ", "MSA1000 VOLUME", "hp_sw"},
    {"COMPAQ", "HSV110", "hp_sw"},
    {"HP", "HSV100", "hp_sw"},
    {"DEC", "HSG80", "hp_sw"},
    {"IBM", "1722", "rdac"},
    {"IBM", "1724", "rdac"},
    {"IBM", "1726", "rdac"},
    {"IBM", "1742", "rdac"},
    {"IBM", "1745", "rdac"},
    {"IBM", "1746", "rdac"},
    {"IBM", "1813", "rdac"},
    {"IBM", "1814", "rdac"},
    {"IBM", "1815", "rdac"},
    {"IBM", "1818", "rdac"},
    {"IBM", "3526", "rdac"},
    {"IBM", "3542", "rdac"},
    {"IBM", "3552", "rdac"},
    {"SGI", "TP9300", "rdac"},
    {"SGI", "TP9400", "rdac"},
    {"SGI", "TP9500", "rdac"},
    {"SGI", "TP9700", "rdac"},
    {"SGI", "IS", "rdac"},
    {"STK", "OPENstorage", "rdac"},
    {"STK", "FLEXLINE 380", "rdac"},
    {"STK", "BladeCtlr", "rdac"},
    {"SUN", "CSM", "rdac"},
    {"SUN", "LCSM100", "rdac"},
    {"SUN", "STK6580_6780", "rdac"},
    {"SUN", "SUN_6180", "rdac"},
    {"SUN", "ArrayStorage", "rdac"},
    {"DELL", "MD3", "rdac"},
    {"NETAPP", "INF-01-00", "rdac"},
    {"LSI", "INF-01-00", "rdac"},
    {"ENGENIO", "INF-01-00", "rdac"},
    {"LENOVO", "DE_Series", "rdac"},
    {"FUJITSU", "ETERNUS_AHB", "rdac"},
};

}  // namespace

std::string CheckerForHandler(std::string_view handler) {
  if (handler == "rdac" || handler == "hp_sw") return std::string(handler);
  return handler == "emc" ? "emc_clariion" : "";
}

std::string CheckerForArray(std::string_view vendor, std::string_view product) {
  for (const KnownArray& array : kArrays) {
    if (vendor.starts_with(array.vendor) && product.starts_with(array.product)) {
      return CheckerForHandler(array.handler);
    }
  }
  return "";
}

}  // namespace pathwatch::cli
