// The files of a configuration, and the command that reads them, for tests of `pathwatch config`.
#ifndef PATHWATCH_TESTS_SERVICE_CLI_CONFIG_FILES_H_
#define PATHWATCH_TESTS_SERVICE_CLI_CONFIG_FILES_H_

#include <string>
#include <vector>

#include "tests/discovery/sysfs_tree.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::cli {

class ConfigFilesTest : public PublishedStateTest {
 protected:
  std::string main_file() const { return etc_.root() + "/pathwatch.toml"; }
  // "FILE:LINE" of a file in the directory conf.d.
  std::string At(const std::string& name, int line) const {
    return etc_.root() + "/conf.d/" + name + ":" + std::to_string(line);
  }

  void WriteMain(const std::string& text) { etc_.Write("pathwatch.toml", text); }
  void WriteMore(const std::string& name, const std::string& text) {
    etc_.Write("conf.d/" + name, text);
  }

  // pathwatch config COMMAND --config <main_file> <arguments>
  Outcome RunConfig(const std::string& command, const std::vector<std::string>& arguments = {}) {
    std::vector<std::string> all = {"config", command, "--config", main_file()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return Run(all);
  }

 private:
  discovery::SysfsTree etc_;
};

}  // namespace pathwatch::cli

#endif  // PATHWATCH_TESTS_SERVICE_CLI_CONFIG_FILES_H_
