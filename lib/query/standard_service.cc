#include "lib/query/standard_service.h"

#include "lib/query/json_text.h"

namespace pathwatch::query {

constinit const std::string_view kStandardDescription =
    R"(# What every Varlink service tells about itself.
interface org.varlink.service

# Who made the service, which version it is, and the interfaces that it offers.
method GetInfo() -> (
  vendor: string,
  product: string,
  version: string,
  url: string,
  interfaces: []string
)

# The description of an interface that is offered, in the language that this one is written in.
method GetInterfaceDescription(interface: string) -> (description: string)

# No such interface is offered.
error InterfaceNotFound (interface: string)

# The interface has no such method.
error MethodNotFound (method: string)

# The interface has the method, but it can't be called here, or not in this way.
error MethodNotImplemented (method: string)

# The parameter is missing, unknown, or not of the declared type, or its value is of no use.
error InvalidParameter (parameter: string)

# The caller has no right to do this.
error PermissionDenied ()

# The method has to be called with `more`.
error ExpectedMore ()
)";

StandardService::StandardService(const Identity& identity) : identity_(identity) {
  Offer(std::string(kStandardInterface), kStandardDescription);
}

void StandardService::Offer(const std::string& interface, std::string_view description) {
  descriptions_[interface] = description;
}

std::unique_ptr<Answer> StandardService::Start(const Call& call) {
  if (call.method == "GetInfo") return Success(Info());
  const rapidjson::Value& value = call.parameters.FindMember("interface")->value;
  const std::string_view interface(value.GetString(), value.GetStringLength());
  const auto found = descriptions_.find(interface);
  if (found == descriptions_.end()) {
    return Failure("org.varlink.service.InterfaceNotFound", TextParameter("interface", interface));
  }
  return Success(TextParameter("description", found->second));
}

std::string StandardService::Info() const {
  std::string info = "{\"vendor\":";
  AppendJsonString(identity_.vendor, info);
  info += ",\"product\":";
  AppendJsonString(identity_.product, info);
  info += ",\"version\":";
  AppendJsonString(identity_.version, info);
  info += ",\"url\":";
  AppendJsonString(identity_.url, info);
  std::string interfaces;
  for (const auto& [name, description] : descriptions_) {
    if (!interfaces.empty()) interfaces += ',';
    AppendJsonString(name, interfaces);
  }
  return info + ",\"interfaces\":[" + interfaces + "]}";
}

}  // namespace pathwatch::query
