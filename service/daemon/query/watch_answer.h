// Watch: a snapshot, and then every change.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_WATCH_ANSWER_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_WATCH_ANSWER_H_

#include <memory>

#include "lib/query/answer.h"
#include "service/daemon/query/change_texts.h"
#include "service/daemon/query/published.h"
#include "service/daemon/query/watchers.h"

namespace pathwatch::service {

// The answer waits among `watchers` for changes; its text is shared through `texts`. Neither is
// owned; both outlive it.
std::unique_ptr<query::Answer> Watch(const query::Call& call, const Published& published,
                                     ChangeTexts& texts, Watchers& watchers);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_WATCH_ANSWER_H_
