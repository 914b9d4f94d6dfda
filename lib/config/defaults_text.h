// The commented file that says everything that can be configured.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_CONFIG_DEFAULTS_TEXT_H_
#define PATHWATCH_LIB_CONFIG_DEFAULTS_TEXT_H_

#include <string>

namespace pathwatch::config {

// Each option with its help, range, and whether a reload is enough, commented out at its default:
// a file that is installed as it is and changes nothing.
std::string DefaultsText();

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_DEFAULTS_TEXT_H_
