// GetStatus.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_STATUS_ANSWER_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_STATUS_ANSWER_H_

#include <memory>

#include "lib/query/answer.h"
#include "service/daemon/query/published.h"

namespace pathwatch::service {

std::unique_ptr<query::Answer> GetStatus(const Published& published);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_STATUS_ANSWER_H_
