#include "tests/bench/query/host.h"

#include <sys/sysmacros.h>

#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lib/query/listener.h"
#include "proto/io_pathwatch_varlink.h"

namespace pathwatch::bench {
namespace {

constexpr std::uint32_t kTargets = 4;
constexpr std::int64_t kSecond = 1'000'000'000;

template <std::size_t N>
void SetText(char (&field)[N], const std::string& text) {
  std::memcpy(field, text.data(), text.size());
}

pw_nexus_record Nexus(std::uint32_t target) {
  pw_nexus_record nexus{};
  SetText(nexus.name, absl::StrCat("3:0:", target));
  SetText(nexus.initiator_port, "0x10000000c9a1b2c3");
  SetText(nexus.target_port, absl::StrFormat("0x5006016%x3ea01234", target));
  nexus.transport = PW_TRANSPORT_FC;
  return nexus;
}

// As long in every text as those of a usual array.
pw_path_record Path(std::uint32_t n, std::int64_t now_ns) {
  pw_path_record path{};
  path.generation = n + 1;
  path.lun = n;
  path.host = 3;
  path.target = n % kTargets;
  path.nexus_index = path.target;
  path.host_index = PW_NO_INDEX;
  path.sd_devt = makedev(65, n);
  path.sg_devt = makedev(21, n);
  SetText(path.sd_name, absl::StrCat("sd", n));
  SetText(path.sg_name, absl::StrCat("sg", n));
  SetText(path.wwid, absl::StrFormat("360060160a1b2c3d4e5f60718%08x", n / kTargets));
  SetText(path.vendor, "DGC");
  SetText(path.product, "VRAID");
  path.passthrough = PW_PASSTHROUGH_SG_ASYNC;
  path.state = PW_STATE_UP;
  path.tpg = 1;
  path.rtpi = 2;
  path.flags = PW_PATH_HAS_TPG | PW_PATH_HAS_RTPI;
  path.latency_us = 250;
  path.reason_kind = PW_REASON_REPLY;
  path.since_boottime_ns = now_ns;
  path.last_check_done_boottime_ns = now_ns;
  path.valid_until_boottime_ns = now_ns + 10 * kSecond;
  return path;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Host>> Host::Create(const std::string& folder, std::uint32_t paths,
                                                   std::uint32_t clients) {
  auto loop = ring::Loop::Create({});
  if (!loop.ok()) return loop.status();
  const std::int64_t now_ns = (*loop)->now_ns();
  auto file = publish::StateFile::Create(
      folder, {.paths = paths}, {.epoch = 1, .pid = 1, .version = "0", .boot_id = {}}, now_ns);
  if (!file.ok()) return file.status();
  absl::Status put;
  for (std::uint32_t n = 0; n < kTargets; ++n) put.Update((*file)->PutNexus(n, Nexus(n)));
  for (std::uint32_t n = 0; n < paths; ++n) put.Update((*file)->PutPath(n, Path(n, now_ns)));
  if (!put.ok()) return put;
  const auto listener = query::Listen({.path = Socket(folder), .mode = 0600, .group = {}});
  if (!listener.ok()) return listener.status();

  std::unique_ptr<Host> host(new Host(*std::move(file), *std::move(loop)));
  query::Server::Options options;
  options.limits.connections_max = options.limits.connections_per_uid = clients;
  options.identity = {.vendor = "", .product = "", .version = "", .url = ""};
  auto server = query::Server::Create(*host->loop_, *listener, proto::kInterfaceDescription,
                                      host->service_, options);
  if (!server.ok()) return server.status();
  host->server_ = *std::move(server);
  return host;
}

Host::Host(std::unique_ptr<publish::StateFile> file, std::unique_ptr<ring::Loop> loop)
    : file_(std::move(file)),
      loop_(std::move(loop)),
      service_(*loop_, *file_, *this, [this](query::CallId call) { server_->Wake(call); }) {}

Host::~Host() {
  server_->EndCalls();
  service_.Close();
  loop_.reset();
}

absl::Status Host::AcceptIdentity(const discovery::Hctl&, const query::Caller&) {
  return absl::FailedPreconditionError("no path has another identity");
}

void Host::Change() {
  const std::uint32_t slot = next_;
  next_ = (next_ + 1) % file_->end_of(PW_SECTION_PATHS);
  pw_path_record path = *file_->path(slot);
  pw_change change{};
  change.when_boottime_ns = loop_->now_ns();
  change.from = path.state;
  change.to = path.state == PW_STATE_UP ? PW_STATE_DOWN : PW_STATE_UP;
  change.cause = PW_CAUSE_CHECK;
  change.reason_kind = PW_REASON_REPLY;
  path.state = change.to;
  path.since_boottime_ns = change.when_boottime_ns;
  (void)file_->PutPath(slot, path);
  (void)file_->AppendHistory(slot, path.generation, change);
  pw_change_record entry{};
  entry.generation = path.generation;
  entry.lun = path.lun;
  entry.host = path.host;
  entry.channel = path.channel;
  entry.target = path.target;
  entry.path_index = slot;
  entry.change = change;
  SetText(entry.device, path.sd_name);
  SetText(entry.wwid, path.wwid);
  file_->AppendChange(entry);
  service_.OnChange();
}

}  // namespace pathwatch::bench
