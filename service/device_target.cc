#include "service/device_target.h"

namespace pathwatch::service {
namespace {

config::Transport TransportOf(discovery::Transport transport) {
  switch (transport) {
    case discovery::Transport::kFc:
      return config::Transport::kFc;
    case discovery::Transport::kIscsi:
      return config::Transport::kIscsi;
    case discovery::Transport::kSas:
      return config::Transport::kSas;
    case discovery::Transport::kOther:
      break;
  }
  return config::Transport::kOther;
}

}  // namespace

config::Target TargetOf(const discovery::DiscoveredPath& facts, discovery::Transport transport,
                        std::string_view hctl) {
  return {facts.lu_id, facts.vendor, facts.product, hctl, TransportOf(transport)};
}

}  // namespace pathwatch::service
