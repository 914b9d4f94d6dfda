// All metrics at one moment, as text of Prometheus' format, plain or compressed.
//
// Thread rule: any thread.
#ifndef PATHWATCH_SERVICE_EXPORTER_EXPOSITION_H_
#define PATHWATCH_SERVICE_EXPORTER_EXPOSITION_H_

#include <prometheus/metric_family.h>

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace pathwatch::exporter {

class Exposition {
 public:
  // `bytes` is about how long the text gets.
  Exposition(const std::vector<prometheus::MetricFamily>& families, std::size_t bytes);
  Exposition(const Exposition&) = delete;
  Exposition& operator=(const Exposition&) = delete;

  // Valid as long as this object.
  std::string_view text() const { return text_; }
  // Compressed by the first call, for as many clients as want it. Empty: there is no memory for it.
  std::string_view gzip() const;

 private:
  const std::string text_;
  mutable std::once_flag once_;
  mutable std::string gzip_;
};

}  // namespace pathwatch::exporter

#endif  // PATHWATCH_SERVICE_EXPORTER_EXPOSITION_H_
