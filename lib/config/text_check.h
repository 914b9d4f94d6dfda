// Whether a file's text is one that the TOML library can be given: it says nothing helpful about
// bytes that are no text, and how deep it nests is up to the file.
//
// Pure; any thread.
#ifndef PATHWATCH_LIB_CONFIG_TEXT_CHECK_H_
#define PATHWATCH_LIB_CONFIG_TEXT_CHECK_H_

#include <cstddef>
#include <optional>

#include "lib/config/problem.h"
#include "lib/config/source_files.h"

namespace pathwatch::config {

// "a.b.c" has three parts; no option of ours needs more than that.
inline constexpr std::size_t kKeyPartsMax = 32;

// The first thing that is wrong: a byte that is 0 or not UTF-8 (with its column, in bytes), or a
// key of too many parts.
std::optional<Problem> CheckText(const SourceFile& file);

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_TEXT_CHECK_H_
