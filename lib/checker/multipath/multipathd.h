// What of multipathd's plugin interface is used: numbers that all of its versions share.
#ifndef PATHWATCH_LIB_CHECKER_MULTIPATH_MULTIPATHD_H_
#define PATHWATCH_LIB_CHECKER_MULTIPATH_MULTIPATHD_H_

#ifdef __cplusplus
extern "C" {
#endif

// Path states of libmultipath, as far as the plugin answers them.
enum pwm_state {
  PWM_WILD = 0,
  PWM_UNCHECKED = 1,  // no opinion: changes nothing in device-mapper
  PWM_DOWN = 2,
  PWM_UP = 3,
  PWM_GHOST = 5,
  PWM_PENDING = 6,  // the state before stays; multipathd asks again in a second
  PWM_TIMEOUT = 7,
  PWM_DISCONNECTED = 10,  // since 0.14
};

// The front of libmultipath's struct checker, the same in all versions since 0.7.9. More follows.
struct pwm_checker {
  const void* cls;
  int fd;
  unsigned timeout;  // seconds; 0: not given
  int disable;
};

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_MULTIPATH_MULTIPATHD_H_
