// org.varlink.service, which every Varlink service has: who it is, and what it offers.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_QUERY_STANDARD_SERVICE_H_
#define PATHWATCH_LIB_QUERY_STANDARD_SERVICE_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "lib/query/answer.h"

namespace pathwatch::query {

// What GetInfo says.
struct Identity {
  std::string vendor;
  std::string product;
  std::string version;
  std::string url;
};

inline constexpr std::string_view kStandardInterface = "org.varlink.service";
extern const std::string_view kStandardDescription;

class StandardService final : public Service {
 public:
  explicit StandardService(const Identity& identity);

  // Another interface that is offered, and the text of its description.
  void Offer(const std::string& interface, std::string_view description);

  std::unique_ptr<Answer> Start(const Call& call) override;

 private:
  std::string Info() const;

  const Identity identity_;
  std::map<std::string, std::string, std::less<>> descriptions_;  // by the name of the interface
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_STANDARD_SERVICE_H_
