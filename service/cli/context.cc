#include "service/cli/context.h"

#include "service/present/escape.h"

namespace pathwatch::cli {

void Complain(std::ostream& err, const std::string& sentence) {
  err << "pathwatch: " << present::EscapeForTerminal(sentence) << "\n";
}

}  // namespace pathwatch::cli
