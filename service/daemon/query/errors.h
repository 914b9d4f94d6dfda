// The errors of the interface.
//
// Thread rule: pure functions.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_ERRORS_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_ERRORS_H_

#include <string>

namespace pathwatch::service {

inline constexpr const char* kNoSuchPath = "io.pathwatch.NoSuchPath";
inline constexpr const char* kNoSuchLun = "io.pathwatch.NoSuchLun";
inline constexpr const char* kNoSuchNexus = "io.pathwatch.NoSuchNexus";
inline constexpr const char* kNotWrongLu = "io.pathwatch.NotWrongLu";
inline constexpr const char* kReloadFailed = "io.pathwatch.ReloadFailed";

// {"<what>":"<name>","nearest":"<nearest>"}
std::string NoSuch(const char* what, const std::string& name, const std::string& nearest);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_ERRORS_H_
