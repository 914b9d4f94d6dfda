// Probe, AcceptIdentity and Reload: the privileged methods.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_REQUEST_ANSWERS_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_REQUEST_ANSWERS_H_

#include <memory>

#include "lib/query/answer.h"
#include "lib/ring/loop.h"
#include "service/daemon/query/published.h"
#include "service/daemon/query/requests.h"
#include "service/daemon/query/watchers.h"

namespace pathwatch::service {

// Nothing of these is owned; all of it outlives the answers.
struct Asked {
  ring::Loop& loop;
  const Published& published;
  Requests& requests;
  const Watchers::Wake& wake;
  Watchers& probes;   // wait for checks
  Watchers& reloads;  // wait for the configuration
};

std::unique_ptr<query::Answer> Probe(const query::Call& call, const Asked& asked);
std::unique_ptr<query::Answer> AcceptIdentity(const query::Call& call, const Asked& asked);
std::unique_ptr<query::Answer> Reload(const query::Call& call, const Asked& asked);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_REQUEST_ANSWERS_H_
