// A program that exports nothing that the plugin knows.
#include "tests/checker/multipath/abi/era.h"

const struct era era = {64, 0, false};

void era_set_sync(bool sync) { (void)sync; }
int era_unknown_states(void) { return 0; }
