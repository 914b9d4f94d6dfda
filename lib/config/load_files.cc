#include "lib/config/load_files.h"

#include <utility>

namespace pathwatch::config {

Loaded LoadFiles(const std::string& main_file, bool must_exist, const CommandLine& command_line) {
  SourceFiles files;
  if (!main_file.empty()) files = ReadSourceFiles(main_file, must_exist);
  return LoadFiles(std::move(files), command_line);
}

Loaded LoadFiles(SourceFiles files, const CommandLine& command_line) {
  if (!files.problems.empty()) return {{}, std::move(files.problems)};
  return Load(files.files, command_line);
}

}  // namespace pathwatch::config
