// The arrays of a host, by vendor and product: whom pathwatch judges for multipathd.
//
// Thread rule: SurveyArrays reads sysfs and does not wait for devices; the rest is pure. Any
// thread.
#ifndef PATHWATCH_SERVICE_CLI_ARRAY_SURVEY_H_
#define PATHWATCH_SERVICE_CLI_ARRAY_SURVEY_H_

#include <cstddef>
#include <string>
#include <vector>

#include "service/cli/doctor_handlers.h"
#include "service/cli/state_view.h"

namespace pathwatch::cli {

// Logical units with devices that bear the same names.
struct Array {
  std::string vendor;  // both without the blanks at their ends
  std::string product;
  std::size_t luns = 0;
  std::size_t alua_luns = 0;    // whose target port groups are known
  std::size_t unread_luns = 0;  // of which nothing is known yet
  std::string own_checker;  // that only this checker of multipathd understands; "": there is none
};

struct ArraySurvey {
  std::vector<Array> arrays;           // in the order of their names
  std::vector<DeviceHandler> devices;  // those of the paths, in the order of their addresses
};

// REQUIRES: the view has the logical units.
ArraySurvey SurveyArrays(const StateView& view, const std::string& sysfs_root);

// Whether pathwatch knows all that there is to know of it.
bool IsJudged(const Array& array);

// The array that has the logical unit of the path; null if that is not known.
const Array* ArrayOf(const ArraySurvey& survey, const StateView& view, const pw_path_record& path);

// "NETAPP LUN C-Mode"
std::string NameOf(const Array& array);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_ARRAY_SURVEY_H_
