// The paths that multipathd has given to the plugin, by the address of its struct checker.
//
// Thread rule: one thread at a time. What a path has is not touched here.
#ifndef PATHWATCH_LIB_CHECKER_MULTIPATH_PATH_TABLE_H_
#define PATHWATCH_LIB_CHECKER_MULTIPATH_PATH_TABLE_H_

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// The front of what is kept in the table.
struct pwm_path_link {
  struct pwm_path_link* next;
  const void* key;
};

// So many that chains are short with ten thousands of paths; memory that was never used costs none.
enum { PWM_BUCKETS = 16384 };

// Zeros: empty.
struct pwm_path_table {
  struct pwm_path_link* buckets[PWM_BUCKETS];
};

// Null if there is none.
struct pwm_path_link* pwm_find_link(const struct pwm_path_table* table, const void* key);

// REQUIRES: the key is not in the table.
void pwm_add_link(struct pwm_path_table* table, struct pwm_path_link* link);

// What has been taken out, or null if there was none.
struct pwm_path_link* pwm_take_link(struct pwm_path_table* table, const void* key);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_MULTIPATH_PATH_TABLE_H_
