// A file that is mapped for writing, with all its space allocated.
//
// Thread rule: none of its own.
#ifndef PATHWATCH_LIB_PUBLISH_STATE_MAPPING_H_
#define PATHWATCH_LIB_PUBLISH_STATE_MAPPING_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace pathwatch::publish {

class StateMapping {
 public:
  // Creates `path` (mode 0640) with `size` zero bytes; what had the name before is removed.
  // `group` may read it; empty: that of the process.
  // On failure no file of that name is left, and the status names it and the remedy.
  static absl::StatusOr<StateMapping> Create(const std::string& path, std::size_t size,
                                             std::optional<gid_t> group = std::nullopt);

  // Maps nothing.
  StateMapping() = default;
  StateMapping(StateMapping&& other) noexcept;
  StateMapping& operator=(StateMapping&& other) noexcept;
  ~StateMapping();

  // Aligned to a page.
  std::byte* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  StateMapping(std::byte* data, std::size_t size) : data_(data), size_(size) {}

  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace pathwatch::publish

#endif  // PATHWATCH_LIB_PUBLISH_STATE_MAPPING_H_
