#include "lib/query/dispatcher.h"

#include <utility>

#include "absl/status/status.h"

namespace pathwatch::query {
namespace {

std::unique_ptr<Answer> MethodFailure(const char* error, const CallMessage& call) {
  return Failure(error, TextParameter("method", call.full_method()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Dispatcher>> Dispatcher::Create(std::string_view description,
                                                               Service& service,
                                                               const Identity& identity) {
  absl::StatusOr<InterfaceDescription> own = InterfaceDescription::Parse(description);
  if (!own.ok()) return own.status();
  absl::StatusOr<InterfaceDescription> standard = InterfaceDescription::Parse(kStandardDescription);
  if (!standard.ok()) return standard.status();
  if (own->name() == standard->name()) {
    return absl::InvalidArgumentError(
        "interface description: org.varlink.service belongs to the server; choose another name");
  }
  std::unique_ptr<Dispatcher> dispatcher(
      new Dispatcher(*std::move(own), *std::move(standard), service, identity));
  dispatcher->standard_service_.Offer(dispatcher->interface(), description);
  return dispatcher;
}

Dispatcher::Dispatcher(InterfaceDescription own, InterfaceDescription standard, Service& service,
                       const Identity& identity)
    : own_(std::move(own)),
      standard_(std::move(standard)),
      own_service_(service),
      standard_service_(identity) {}

std::unique_ptr<Answer> Dispatcher::Start(const CallMessage& call, CallId id,
                                          const Caller& caller) {
  const bool is_standard = call.interface == standard_.name();
  const InterfaceDescription& description = is_standard ? standard_ : own_;
  if (call.interface.empty()) {
    return MethodFailure("org.varlink.service.MethodNotFound", call);
  }
  if (call.interface != description.name()) {
    return Failure("org.varlink.service.InterfaceNotFound",
                   TextParameter("interface", call.interface));
  }
  if (!description.HasMethod(call.method)) {
    return MethodFailure("org.varlink.service.MethodNotFound", call);
  }
  if (call.upgrade) return MethodFailure("org.varlink.service.MethodNotImplemented", call);
  const auto misfit = description.CheckCall(call.method, call.parameters);
  if (misfit) return InvalidParameter(misfit->field);
  Service& service = is_standard ? static_cast<Service&>(standard_service_) : own_service_;
  return service.Start({.id = id,
                        .method = call.method,
                        .parameters = call.parameters,
                        .more = call.more,
                        .oneway = call.oneway,
                        .caller = caller});
}

}  // namespace pathwatch::query
