// The words for what the state file holds as numbers. The same words are used by the API, by
// --json and by metric labels: do not change them, they leave the process.
#ifndef PATHWATCH_LIB_CHECKER_STATE_NAMES_H_
#define PATHWATCH_LIB_CHECKER_STATE_NAMES_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// For each: a constant string, never null; a number without a name (from a newer minor) is
// "unknown", except where noted.
const char* pw_state_name(uint32_t state);
const char* pw_scope_name(uint32_t scope);
const char* pw_alua_state_name(uint32_t alua_state);  // the kernel's words
const char* pw_passthrough_name(uint32_t passthrough);
const char* pw_transport_name(uint32_t transport);            // without a name: "other"
const char* pw_marginal_cause_name(uint32_t marginal_cause);  // none: ""
const char* pw_change_cause_name(uint32_t cause);
const char* pw_command_name(uint32_t command);
const char* pw_counter_name(uint32_t counter);  // without a name: ""

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_STATE_NAMES_H_
