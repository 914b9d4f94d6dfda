#include "service/cli/context.h"

#include "service/cli/escape.h"

namespace pathwatch::cli {

void Complain(std::ostream& err, const std::string& sentence) {
  err << "pathwatch: " << EscapeForTerminal(sentence) << "\n";
}

}  // namespace pathwatch::cli
