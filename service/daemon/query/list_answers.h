// ListLuns and ListNexuses.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_LIST_ANSWERS_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_LIST_ANSWERS_H_

#include <memory>

#include "lib/query/answer.h"
#include "service/daemon/query/published.h"

namespace pathwatch::service {

std::unique_ptr<query::Answer> ListLuns(const query::Call& call, const Published& published);
std::unique_ptr<query::Answer> ListNexuses(const query::Call& call, const Published& published);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_LIST_ANSWERS_H_
