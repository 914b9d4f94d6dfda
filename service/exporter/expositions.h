// Makes expositions, and as few as possible: clients that wait at the same time get the same one.
// So neither many scrapers at once nor slow ones take more than a bounded share of the machine.
//
// Thread rule: any thread.
#ifndef PATHWATCH_SERVICE_EXPORTER_EXPOSITIONS_H_
#define PATHWATCH_SERVICE_EXPORTER_EXPOSITIONS_H_

#include <prometheus/collectable.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "service/exporter/exposition.h"

namespace pathwatch::exporter {

class Expositions {
 public:
  // So many may be in memory at once. Each takes some 6 MB for 10,000 paths, for as long as it is
  // sent to a client.
  static constexpr std::size_t kAliveMax = 8;

  // `source` is not owned; it outlives this object.
  explicit Expositions(const prometheus::Collectable& source) : source_(source) {}
  Expositions(const Expositions&) = delete;
  Expositions& operator=(const Expositions&) = delete;

  // One whose collection began after this call, so that nobody gets old values. nullptr if all
  // places are taken by clients that are slow to read theirs. Waits for other callers.
  std::shared_ptr<const Exposition> Get();

  // Callers of Get() that have nothing yet.
  std::uint32_t waiting() const { return waiting_; }

 private:
  std::shared_ptr<const Exposition> MadeSince(std::uint64_t begun_before);
  std::shared_ptr<const Exposition> Make();
  bool HasRoom();

  const prometheus::Collectable& source_;
  std::atomic<std::uint64_t> begun_{0};     // collections
  std::atomic<std::uint32_t> waiting_{0};   // calls of Get()
  std::mutex mutex_;                        // for what follows
  std::shared_ptr<const Exposition> last_;  // only while somebody waits
  std::vector<std::weak_ptr<const Exposition>> alive_;
  std::size_t bytes_ = 0;  // of the last text
};

}  // namespace pathwatch::exporter

#endif  // PATHWATCH_SERVICE_EXPORTER_EXPOSITIONS_H_
