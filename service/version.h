// The version of all programs of this source tree.
#ifndef PATHWATCH_SERVICE_VERSION_H_
#define PATHWATCH_SERVICE_VERSION_H_

#include <string_view>

namespace pathwatch {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace pathwatch

#endif  // PATHWATCH_SERVICE_VERSION_H_
