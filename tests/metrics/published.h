// A state file that a fictional daemon keeps, and what is collected from it.
#ifndef PATHWATCH_TESTS_METRICS_PUBLISHED_H_
#define PATHWATCH_TESTS_METRICS_PUBLISHED_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lib/publish/state_file.h"
#include "tests/metrics/collected.h"
#include "tests/metrics/sample_fabric.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::metrics {

class PublishedTest : public testing::Test {
 protected:
  PublishedTest() : file_(publish::CreateState(directory_, SampleCapacities())) {}

  Collected Collect(PerPath per_path = PerPath::kAll) const {
    return Collected(OptionsFor(state(), per_path));
  }

  void Put(std::uint32_t slot, const pw_path_record& path) {
    ASSERT_TRUE(file_->PutPath(slot, path).ok());
  }
  void Put(std::uint32_t slot, const pw_nexus_record& nexus) {
    ASSERT_TRUE(file_->PutNexus(slot, nexus).ok());
  }
  void Put(std::uint32_t slot, const pw_lun_record& lun) {
    ASSERT_TRUE(file_->PutLun(slot, lun).ok());
  }

  // Changes the bytes of the file behind the daemon's back.
  template <class Change>
  void Edit(Change change) {
    std::vector<std::uint8_t> bytes = publish::ReadBytes(state());
    change(bytes);
    publish::WriteBytes(state(), bytes);
  }

  std::string state() const { return directory_.state(); }
  const std::string& run_dir() const { return directory_.path(); }
  publish::StateFile& file() { return *file_; }

 private:
  publish::TempRunDirectory directory_;
  std::unique_ptr<publish::StateFile> file_;
};

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_TESTS_METRICS_PUBLISHED_H_
