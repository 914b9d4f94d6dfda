// The command `pathwatch`.
#include <exception>
#include <iostream>

#include "service/cli/command_line.h"
#include "service/cli/context.h"
#include "service/cli/exit_code.h"
#include "service/present/time_text.h"

int main(int argc, char** argv) {
  using namespace pathwatch::cli;
  try {
    const int code =
        RunCommandLine(argc, argv, pathwatch::present::ReadClocks(), std::cout, std::cerr);
    std::cout.flush();
    if (std::cout.good()) return code;
    Complain(std::cerr, "the output could not be written completely");
    return kExitCannotWrite;
  } catch (const std::exception& error) {  // not enough memory, for example
    std::cerr << "pathwatch: " << error.what() << "\n";
    return kExitInternal;
  }
}
