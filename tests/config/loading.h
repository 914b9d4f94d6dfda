// Texts in, a configuration or its problems out.
#ifndef PATHWATCH_TESTS_CONFIG_LOADING_H_
#define PATHWATCH_TESTS_CONFIG_LOADING_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/config/configuration.h"

namespace pathwatch::config {

// The text of a file "t.toml".
inline Loaded LoadText(std::string text) {
  const std::vector<SourceFile> files = {{"t.toml", std::move(text)}};
  return Load(files, {});
}

// As users see them, one per line.
inline std::string ProblemsIn(const Loaded& loaded) {
  std::string text;
  for (const Problem& problem : loaded.problems) text += TextOf(problem) + "\n";
  return text;
}
inline std::string ProblemsOf(std::string text) { return ProblemsIn(LoadText(std::move(text))); }

// REQUIRES: no problems.
inline Configuration Good(Loaded loaded) {
  EXPECT_EQ(ProblemsIn(loaded), "");
  return std::move(loaded.configuration);
}
inline Configuration GoodText(std::string text) { return Good(LoadText(std::move(text))); }

constexpr Target Device(std::string_view vendor, std::string_view product,
                        Transport transport = Transport::kOther) {
  Target target;
  target.vendor = vendor;
  target.product = product;
  target.transport = transport;
  return target;
}

inline constexpr std::int64_t kSecondNs = 1'000'000'000;

}  // namespace pathwatch::config

#endif  // PATHWATCH_TESTS_CONFIG_LOADING_H_
