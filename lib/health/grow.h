// Tables that grow with the numbers that are given out.
#ifndef PATHWATCH_LIB_HEALTH_GROW_H_
#define PATHWATCH_LIB_HEALTH_GROW_H_

#include <cstddef>
#include <vector>

namespace pathwatch::health {

// Makes `index` valid. A quarter of spare room at most: half of it would be unused memory in a
// table that is doubled.
template <class Entry>
void GrowTo(std::vector<Entry>& table, std::size_t index) {
  if (index < table.size()) return;
  if (index >= table.capacity()) table.reserve(index + 1 + index / 4);
  table.resize(index + 1);
}

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_GROW_H_
