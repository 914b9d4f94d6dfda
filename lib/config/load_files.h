// A configuration from its files.
//
// Thread rule: any thread, but it may wait for the disk: never the loop's.
#ifndef PATHWATCH_LIB_CONFIG_LOAD_FILES_H_
#define PATHWATCH_LIB_CONFIG_LOAD_FILES_H_

#include <string>

#include "lib/config/configuration.h"
#include "lib/config/source_files.h"

namespace pathwatch::config {

// Reads the files (none if `main_file` is empty) and checks what they say. If something cannot be
// read the rest is incomplete, so then nothing else is said to be wrong.
Loaded LoadFiles(const std::string& main_file, bool must_exist,
                 const CommandLine& command_line = {});

// The same for files that were read.
Loaded LoadFiles(SourceFiles files, const CommandLine& command_line);

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_LOAD_FILES_H_
