#include "lib/config/nearest_name.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace pathwatch::config {
namespace {

// A name with more wrong characters than this is not what the user meant.
std::size_t WrongCharactersMax(std::string_view wanted) { return wanted.size() < 6 ? 1 : 2; }

// Characters to change, add, leave out, or swap with their neighbour (the optimal string alignment
// distance).
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::vector<std::size_t> next(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); i++) {
    next[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); j++) {
      const std::size_t changed = row[j] + (a[i] == b[j] ? 0 : 1);
      next[j + 1] = std::min({changed, row[j + 1] + 1, next[j] + 1});
      const bool swapped = i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j];
      if (swapped) next[j + 1] = std::min(next[j + 1], before[j - 1] + 1);
    }
    before.swap(row);
    row.swap(next);
  }
  return row.back();
}

}  // namespace

NearestName::NearestName(std::string_view wanted)
    : wanted_(wanted), limit_(std::min(WrongCharactersMax(wanted) + 1, wanted.size())) {}

void NearestName::Offer(std::string_view name) {
  const std::size_t longer = std::max(name.size(), wanted_.size());
  const std::size_t shorter = std::min(name.size(), wanted_.size());
  if (name.empty() || longer - shorter >= limit_) return;
  const std::size_t distance = Distance(name, wanted_);
  if (distance >= limit_) return;
  limit_ = distance;
  nearest_ = name;
}

std::string NearestName::Question() const {
  return nearest_.empty() ? "" : "; did you mean " + nearest_ + "?";
}

}  // namespace pathwatch::config
