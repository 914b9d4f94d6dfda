#include "service/daemon/query/query_service.h"

#include <utility>

#include "service/daemon/query/list_answers.h"
#include "service/daemon/query/path_answers.h"
#include "service/daemon/query/status_answer.h"
#include "service/daemon/query/watch_answer.h"

namespace pathwatch::service {
namespace {

using Privileged = std::unique_ptr<query::Answer> (*)(const query::Call& call, const Asked& asked);

// Null: everybody who may connect may call the method.
Privileged PrivilegedMethod(std::string_view name) {
  if (name == "Probe") return Probe;
  if (name == "AcceptIdentity") return AcceptIdentity;
  if (name == "Reload") return Reload;
  return nullptr;
}

}  // namespace

QueryService::QueryService(ring::Loop& loop, const publish::StateFile& file, Requests& requests,
                           Watchers::Wake wake, std::function<present::Clocks()> clocks)
    : loop_(loop),
      published_{file, clocks},
      wake_(std::move(wake)),
      texts_(std::move(clocks)),
      asked_{loop, published_, requests, wake_, probes_, reloads_} {}

QueryService::~QueryService() {
  if (gather_.armed()) Close();
}

std::unique_ptr<query::Answer> QueryService::Start(const query::Call& call) {
  if (call.method == "GetStatus") return GetStatus(published_);
  if (call.method == "ListPaths") return ListPaths(call, published_);
  if (call.method == "GetPath") return GetPath(call, published_);
  if (call.method == "Explain") return Explain(call, published_);
  if (call.method == "ListLuns") return ListLuns(call, published_);
  if (call.method == "ListNexuses") return ListNexuses(call, published_);
  if (call.method == "Watch") return Watch(call, published_, texts_, watchers_);
  if (const Privileged method = PrivilegedMethod(call.method); method != nullptr) {
    return call.caller.privileged ? method(call, asked_) : query::PermissionDenied();
  }
  // Of a newer description.
  return query::Failure("org.varlink.service.MethodNotImplemented",
                        query::TextParameter("method", call.method));
}

void QueryService::OnChange() {
  if (watchers_.count() != 0) Gather();
}

void QueryService::Gather() {
  if (!gather_.armed()) loop_.Arm(gather_, loop_.now_ns() + kGatherNs);
}

void QueryService::OnGathered(ring::TimeNs) {
  watchers_.WakeAll();
  probes_.WakeAll();
}

}  // namespace pathwatch::service
