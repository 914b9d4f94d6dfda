#include "service/daemon/local_source.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "lib/passthrough/bsg_node.h"
#include "lib/passthrough/sg_device.h"
#include "service/passthrough_text.h"

namespace pathwatch::service {

using discovery::DiscoveredPath;

template <class Carrier>
class LocalSource::OnHost final : public passthrough::Device {
 public:
  template <class... Rest>
  OnHost(ring::Loop& loop, std::shared_ptr<Host> host, Rest&&... rest)
      : host_(std::move(host)), device_(loop, host_->gate, std::forward<Rest>(rest)...) {}

  void Submit(passthrough::Command& command) override { device_.Submit(command); }

 private:
  std::shared_ptr<Host> host_;
  Carrier device_;
};

LocalSource::LocalSource(ring::Loop& loop, LocalOptions options)
    : loop_(loop), options_(std::move(options)), look_(options_.sysfs_root) {
  MakeProbe();
}

void LocalSource::MakeProbe() {
  if (options_.ordered == PW_PASSTHROUGH_SG_ASYNC || probe_ != nullptr) return;
  auto probe = ring::CommandProbe::Create();
  if (!probe.ok()) {
    no_probe_ = std::string(probe.status().message());
  } else if (!loop_.features().big_entries) {
    no_probe_ = "the loop's io_uring has no entries of 128 bytes";
  } else {
    probe_ = *std::move(probe);
  }
}

bool LocalSource::Order(std::optional<pw_passthrough> ordered) {
  if (std::exchange(options_.ordered, ordered) == ordered) return false;
  MakeProbe();
  return true;
}

Opened LocalSource::Open(const DiscoveredPath& path, std::uint32_t can_queue, bool distrust_bsg) {
  if (options_.ordered == PW_PASSTHROUGH_SG_ASYNC) {
    return OpenSg(path, can_queue, {PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_ORDERED});
  }
  if (options_.ordered == PW_PASSTHROUGH_BSG_URING) {
    Opened opened = OpenBsg(path, can_queue);
    if (opened.device != nullptr) opened.way.choice = PW_CHOICE_ORDERED;
    return opened;
  }
  if (distrust_bsg) {
    return OpenSg(path, can_queue, {PW_PASSTHROUGH_SG_ASYNC, PW_CHOICE_BSG_NONSENSE});
  }
  Opened best = OpenBsg(path, can_queue);
  if (best.device != nullptr) return best;
  return OpenSg(path, can_queue, {PW_PASSTHROUGH_SG_ASYNC, best.way.choice, best.way.error});
}

Opened LocalSource::OpenBsg(const DiscoveredPath& path, std::uint32_t can_queue) {
  Opened opened;
  opened.way.passthrough = PW_PASSTHROUGH_BSG_URING;
  opened.node = discovery::BsgNode(path, options_.bsg_dir);
  if (opened.node.empty()) {
    opened.error = ENOENT;
    opened.way.choice = PW_CHOICE_NO_BSG_NODE;
    return opened;
  }
  const auto [file, refusal, error] = passthrough::OpenBsg(opened.node, probe_.get());
  opened.way.choice = ChoiceFor(refusal);
  opened.way.error = error;
  if (file < 0) {
    opened.error = error == 0 ? EOPNOTSUPP : error;
  } else {
    opened.device = std::make_unique<OnHost<passthrough::BsgDevice>>(
        loop_, HostOf(path.hctl.host, can_queue), dialect_, file);
  }
  return opened;
}

Opened LocalSource::OpenSg(const DiscoveredPath& path, std::uint32_t can_queue, Way way) {
  Opened opened;
  opened.way = way;
  opened.node = discovery::SgNode(path, options_.dev_dir);
  if (opened.node.empty()) {
    opened.error = ENOENT;
    return opened;
  }
  const auto [file, error] = passthrough::OpenSg(
      opened.node, {path.hctl.host, path.hctl.channel, path.hctl.target, path.hctl.lun});
  if (file < 0) {
    opened.error = error;
    return opened;
  }
  opened.device = std::make_unique<OnHost<passthrough::SgDevice>>(
      loop_, HostOf(path.hctl.host, can_queue), file);
  return opened;
}

std::shared_ptr<LocalSource::Host> LocalSource::HostOf(std::uint32_t number,
                                                       std::uint32_t can_queue) {
  std::weak_ptr<Host>& known = hosts_[number];
  std::shared_ptr<Host> host = known.lock();
  if (host == nullptr) {
    host = std::make_shared<Host>(options_.sysfs_root, number, can_queue);
    known = host;
  }
  return host;
}

std::string LocalSource::Describe() const {
  const std::string sg = options_.dev_dir + "/sgN (sg version 3, asynchronously)";
  if (options_.ordered == PW_PASSTHROUGH_SG_ASYNC) {
    return "devices are reached through " + sg + ", as ordered";
  }
  const std::string bsg = options_.bsg_dir + " (io_uring commands)";
  if (options_.ordered == PW_PASSTHROUGH_BSG_URING) {
    return "devices are reached through " + bsg + ", as ordered" +
           (no_probe_.empty() ? "" : ", but " + no_probe_);
  }
  if (probe_ == nullptr) {
    return "devices are reached through " + sg + ": " + no_probe_;
  }
  return "devices are reached through " + bsg + " where the kernel can, else through " + sg;
}

bool LocalSource::WorkerMaySleep() const {
  return std::any_of(hosts_.begin(), hosts_.end(), [](const auto& entry) {
    const std::shared_ptr<Host> host = entry.second.lock();
    return host != nullptr && host->gate.workers() > 0;
  });
}

}  // namespace pathwatch::service
