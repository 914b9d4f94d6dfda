// What the process reads of the published state.
//
// Thread rule: one thread at a time. No call waits.
#ifndef PATHWATCH_LIB_CHECKER_MULTIPATH_VIEW_H_
#define PATHWATCH_LIB_CHECKER_MULTIPATH_VIEW_H_

#include "lib/checker/multipath/device.h"
#include "lib/checker/multipath/published.h"

#ifdef __cplusplus
extern "C" {
#endif

// Whether the file is still the one and the daemon alive is looked at for all calls of the next ten
// milliseconds: multipathd asks about thousands of paths one after the other.
struct pwm_view {
  struct pw_reader reader;
  bool ever_good;  // the file has been good once, and its daemon alive
  bool looked;     // the last look found it so; otherwise the next call looks again
  int64_t looked_at_ns;
  int64_t heartbeat_age_ns;  // at that time
};

// Whether there is a file now does not matter: every look looks for it again.
void pwm_view_open(const char* run_dir, struct pwm_view* view);
void pwm_view_close(struct pwm_view* view);

// What is published of the device. `record_index` is where its record was last, and is kept up to
// date; PW_NO_INDEX at first.
void pwm_view_read(struct pwm_view* view, const struct pwm_device* device, int64_t now_ns,
                   uint32_t* record_index, struct pwm_published* published);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_MULTIPATH_VIEW_H_
