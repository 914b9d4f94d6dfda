#include "lib/checker/multipath/view.h"

#include <stdio.h>

static const int64_t LOOK_LASTS_NS = INT64_C(10000000);

void pwm_view_open(const char* run_dir, struct pwm_view* view) {
  memset(view, 0, sizeof *view);
  char state[PW_STATE_PATH_MAX];
  const int length = snprintf(state, sizeof state, "%s/state", run_dir);
  const bool fits = length > 0 && (size_t)length < sizeof state;
  (void)pw_open(fits ? state : "", &view->reader);
}

void pwm_view_close(struct pwm_view* view) { pw_close(&view->reader); }

// The heartbeat counts as if none had come since the last look, so it is never taken for younger
// than it is.
static enum pw_result look(struct pwm_view* view, int64_t now_ns, int64_t* age_ns) {
  const int64_t since_ns = now_ns - view->looked_at_ns;
  if (view->looked && since_ns >= 0 && since_ns < LOOK_LASTS_NS) {
    *age_ns = view->heartbeat_age_ns + since_ns;
    return PW_OK;
  }
  enum pw_result result = pw_refresh(&view->reader);
  if (result == PW_OK) result = pw_freshness(&view->reader, now_ns, age_ns);
  view->looked = result == PW_OK;
  view->looked_at_ns = now_ns;
  view->heartbeat_age_ns = *age_ns;
  if (result == PW_OK) view->ever_good = true;
  return result;
}

// In most calls the record is where it was; only the record itself can say so.
static enum pw_result find_record(const struct pw_reader* reader, const struct pwm_device* device,
                                  uint32_t* index, struct pw_path_record* record) {
  if (device->generation != 0 && pw_read_path(reader, *index, record) == PW_OK &&
      record->sd_devt == device->devt && record->generation == device->generation &&
      record->state != PW_STATE_REMOVED) {
    return PW_OK;
  }
  return pw_find_path_of_device(reader, device->devt, device->generation, index, record);
}

static enum pw_result find(struct pwm_view* view, const struct pwm_device* device, int64_t now_ns,
                           uint32_t* record_index, struct pwm_published* published) {
  published->heartbeat_age_ns = 0;
  const enum pw_result result = look(view, now_ns, &published->heartbeat_age_ns);
  if (result != PW_OK) return result;
  return find_record(&view->reader, device, record_index, &published->record);
}

void pwm_view_read(struct pwm_view* view, const struct pwm_device* device, int64_t now_ns,
                   uint32_t* record_index, struct pwm_published* published) {
  published->transition_limit_s = 0;
  published->result = find(view, device, now_ns, record_index, published);
  if (published->result != PW_OK && view->looked && view->looked_at_ns != now_ns) {
    // The file may have been replaced since the last look.
    view->looked = false;
    published->result = find(view, device, now_ns, record_index, published);
  }
  if (published->result != PW_OK || published->record.state != PW_STATE_TRANSITIONING) return;
  struct pw_lun_record lun;
  if (pw_read_lun(&view->reader, published->record.lun_index, &lun) == PW_OK) {
    published->transition_limit_s = lun.implicit_transition_s;
  }
}
