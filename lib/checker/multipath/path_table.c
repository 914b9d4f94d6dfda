#include "lib/checker/multipath/path_table.h"

#include "proto/state_table.h"

static size_t bucket_of(const void* key) {
  return (size_t)(pw_mix(0, (uint64_t)(uintptr_t)key) % PWM_BUCKETS);
}

struct pwm_path_link* pwm_find_link(const struct pwm_path_table* table, const void* key) {
  struct pwm_path_link* link = table->buckets[bucket_of(key)];
  while (link != NULL && link->key != key) link = link->next;
  return link;
}

void pwm_add_link(struct pwm_path_table* table, struct pwm_path_link* link) {
  struct pwm_path_link** bucket = &table->buckets[bucket_of(link->key)];
  link->next = *bucket;
  *bucket = link;
}

struct pwm_path_link* pwm_take_link(struct pwm_path_table* table, const void* key) {
  struct pwm_path_link** place = &table->buckets[bucket_of(key)];
  while (*place != NULL && (*place)->key != key) place = &(*place)->next;
  struct pwm_path_link* const link = *place;
  if (link != NULL) *place = link->next;
  return link;
}
