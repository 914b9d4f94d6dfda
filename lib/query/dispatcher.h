// From a call to the one who answers it: finds the interface and the method, and checks the
// parameters against the description.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_QUERY_DISPATCHER_H_
#define PATHWATCH_LIB_QUERY_DISPATCHER_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/query/answer.h"
#include "lib/query/interface_description.h"
#include "lib/query/message.h"
#include "lib/query/standard_service.h"

namespace pathwatch::query {

class Dispatcher final {
 public:
  // Of `service`, which must outlive the result, and org.varlink.service. An error in the
  // description is the only failure.
  static absl::StatusOr<std::unique_ptr<Dispatcher>> Create(std::string_view description,
                                                            Service& service,
                                                            const Identity& identity);

  // Never null: a call that nobody can take is answered by an error.
  std::unique_ptr<Answer> Start(const CallMessage& call, CallId id, const Caller& caller);

  // The name of the service's interface.
  const std::string& interface() const { return own_.name(); }

 private:
  Dispatcher(InterfaceDescription own, InterfaceDescription standard, Service& service,
             const Identity& identity);

  const InterfaceDescription own_;
  const InterfaceDescription standard_;
  Service& own_service_;
  StandardService standard_service_;
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_DISPATCHER_H_
