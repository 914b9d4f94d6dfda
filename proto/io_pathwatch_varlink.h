// The text of io.pathwatch.varlink, as GetInterfaceDescription hands it out.
#ifndef PATHWATCH_PROTO_IO_PATHWATCH_VARLINK_H_
#define PATHWATCH_PROTO_IO_PATHWATCH_VARLINK_H_

#include <string_view>

namespace pathwatch::proto {

extern const std::string_view kInterfaceDescription;

}  // namespace pathwatch::proto

#endif  // PATHWATCH_PROTO_IO_PATHWATCH_VARLINK_H_
