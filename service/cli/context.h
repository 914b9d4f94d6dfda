// What every command gets from outside.
#ifndef PATHWATCH_SERVICE_CLI_CONTEXT_H_
#define PATHWATCH_SERVICE_CLI_CONTEXT_H_

#include <ostream>
#include <string>

#include "service/present/time_text.h"

namespace pathwatch::cli {

struct Context {
  std::string run_dir;
  present::Clocks clocks;  // one moment for the whole command
  std::ostream& out;       // what was asked for
  std::ostream& err;       // what went wrong
};

// Writes "pathwatch: <sentence>" as a line of its own, harmless to terminals.
void Complain(std::ostream& err, const std::string& sentence);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_CONTEXT_H_
