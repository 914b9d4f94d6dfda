#include "lib/discovery/scanner.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "lib/discovery/number.h"

namespace pathwatch::discovery {
namespace {

constexpr const char* kDeviceClass = "scsi_device";
constexpr const char* kHostClass = "scsi_host";
constexpr std::string_view kHostPrefix = "host";
constexpr std::string_view kMapPrefix = "dm-";

// N of PREFIXN.
std::optional<std::uint32_t> NumberBehind(std::string_view prefix, std::string_view name) {
  if (!name.starts_with(prefix)) return std::nullopt;
  return ParseNumber<std::uint32_t>(name.substr(prefix.size()));
}

}  // namespace

Scanner::Scanner(std::string sysfs_root)
    : root_(std::move(sysfs_root)), nexus_reader_(root_ + "/class") {}

void Scanner::Start(const Snapshot* previous, std::set<Hctl> refresh) {
  phase_ = Phase::kListDevices;
  status_ = absl::OkStatus();
  snapshot_ = Snapshot();
  previous_ = previous;
  refresh_ = std::move(refresh);
  devices_.reset();
  reader_.reset();
  devices_left_.clear();
  blocks_.reset();
  maps_left_.clear();
  path_by_disk_.clear();
  hosts_.reset();
  hosts_left_.clear();
  nexus_.clear();
  nexus_unread_ = false;
  seen_on_nexus_.clear();
}

bool Scanner::Step(const std::function<bool()>& stop) {
  while (phase_ != Phase::kDone) {
    Work();
    if (!status_.ok()) phase_ = Phase::kDone;
    if (stop()) break;
  }
  return phase_ == Phase::kDone;
}

absl::StatusOr<Snapshot> Scanner::TakeResult() {
  reader_.reset();
  devices_.reset();
  blocks_.reset();
  path_by_disk_.clear();
  hosts_.reset();
  if (!status_.ok()) return status_;
  return std::move(snapshot_);
}

void Scanner::Work() {
  switch (phase_) {
    case Phase::kListDevices:
      return ListDevices();
    case Phase::kReadDevices:
      return nexus_unread_ ? ReadNexus() : ReadNextDevice();
    case Phase::kListBlocks:
      return ListBlocks();
    case Phase::kReadMaps:
      return ReadNextMap();
    case Phase::kListHosts:
      return ListHosts();
    case Phase::kReadHosts:
      return ReadNextHost();
    case Phase::kDone:
      return;
  }
}

void Scanner::ListDevices() {
  if (!devices_ && !OpenClass(kDeviceClass, devices_)) {
    phase_ = Phase::kDone;
    return;
  }
  std::vector<std::string> names;
  if (ListMore(*devices_, ClassPath(kDeviceClass), names)) {
    reader_.emplace(devices_->fd(), ClassPath(kDeviceClass));
    phase_ = Phase::kReadDevices;
  }
  for (const std::string& name : names) {
    if (const auto hctl = ParseHctl(name)) {
      devices_left_.insert(*hctl);
    } else {
      snapshot_.warnings.push_back(ClassPath(kDeviceClass) + "/" + name +
                                   " is not a SCSI address (host:channel:target:LUN): the entry "
                                   "is ignored.");
    }
  }
}

void Scanner::ReadNextDevice() {
  if (devices_left_.empty()) {
    phase_ = Phase::kListBlocks;
    return;
  }
  const Hctl hctl = devices_left_.extract(devices_left_.begin()).value();
  auto finding = reader_->Read(hctl, KnownFacts(hctl));
  if (finding.ok()) {
    Keep(*std::move(finding));
  } else {
    status_ = finding.status();
  }
}

void Scanner::ReadNexus() {
  nexus_unread_ = false;
  auto finding = nexus_reader_.Read(snapshot_.paths.back().hctl, reader_->place());
  if (!finding.ok()) {
    status_ = finding.status();
    return;
  }
  snapshot_.nexuses.push_back(std::move(finding->nexus));
  if (!finding->warning.empty()) snapshot_.warnings.push_back(std::move(finding->warning));
}

void Scanner::ListBlocks() {
  if (!blocks_ && !OpenBlocks()) {
    phase_ = Phase::kListHosts;
    return;
  }
  std::vector<std::string> names;
  if (ListMore(*blocks_, root_ + "/block", names)) phase_ = Phase::kReadMaps;
  for (const std::string& name : names) {
    if (const auto number = NumberBehind(kMapPrefix, name)) maps_left_.insert(*number);
  }
}

void Scanner::ReadNextMap() {
  if (maps_left_.empty()) {
    phase_ = Phase::kListHosts;
    return;
  }
  const std::uint32_t number = maps_left_.extract(maps_left_.begin()).value();
  const std::string name = std::string(kMapPrefix) + std::to_string(number);
  std::optional<MultipathMap> map;
  const int error = ReadMultipathMap(blocks_->fd(), name, map);
  if (IsShortage(error)) Fail(root_ + "/block/" + name, error);
  if (map) Attach(*map);
}

void Scanner::Attach(const MultipathMap& map) {
  for (const std::string& disk : map.disks) {
    const auto found = path_by_disk_.find(disk);
    if (found == path_by_disk_.end()) continue;
    DiscoveredPath& path = snapshot_.paths[found->second];
    path.dm_name = map.name;
    path.dm_wwid = map.wwid;
  }
}

void Scanner::ListHosts() {
  if (!hosts_ && !OpenClass(kHostClass, hosts_)) {
    phase_ = Phase::kDone;
    return;
  }
  std::vector<std::string> names;
  if (ListMore(*hosts_, ClassPath(kHostClass), names)) phase_ = Phase::kReadHosts;
  for (const std::string& name : names) {
    if (const auto number = NumberBehind(kHostPrefix, name)) hosts_left_.insert(*number);
  }
}

void Scanner::ReadNextHost() {
  if (hosts_left_.empty()) {
    phase_ = Phase::kDone;
    return;
  }
  DiscoveredHost host;
  host.number = hosts_left_.extract(hosts_left_.begin()).value();
  const std::string name = std::string(kHostPrefix) + std::to_string(host.number);
  std::uint64_t inode = 0;
  if (ReadInode(hosts_->fd(), name, inode) == ENOENT) return;  // vanished meanwhile

  std::string content;
  if (ReadHostFile(name + "/proc_name", content)) host.proc_name = TrimEnd(content);
  if (ReadHostFile(name + "/can_queue", content)) {
    const auto can_queue = ParseNumber<std::uint32_t>(TrimEnd(content));
    if (can_queue) {
      host.can_queue = *can_queue;
    } else {
      WarnAboutHost(name + "/can_queue", "not a number");
    }
  }
  snapshot_.hosts.push_back(std::move(host));
}

bool Scanner::ReadHostFile(const std::string& name, std::string& ret_content) {
  const int error = ReadFile(hosts_->fd(), name, ret_content);
  if (IsShortage(error)) {
    Fail(ClassPath(kHostClass) + "/" + name, error);
  } else if (error != 0) {
    WarnAboutHost(name, ErrorInWords(error));
  }
  return error == 0;
}

void Scanner::WarnAboutHost(const std::string& name, const std::string& why) {
  snapshot_.warnings.push_back(ClassPath(kHostClass) + "/" + name + " is not usable (" + why +
                               "): the host counts as one without it.");
}

bool Scanner::OpenBlocks() {
  const std::string path = root_ + "/block";
  Descriptor directory;
  const int error = OpenDirectory(AT_FDCWD, path, directory);
  if (error == 0) {
    blocks_.emplace(std::move(directory));
  } else if (IsShortage(error)) {
    Fail(path, error);
  } else if (error != ENOENT) {  // a kernel without block devices has no such directory
    snapshot_.warnings.push_back(path + " is not usable (" + ErrorInWords(error) +
                                 "): the maps of dm-multipath are not known.");
  }
  return error == 0;
}

bool Scanner::OpenClass(const std::string& name, std::optional<DirectoryLister>& ret_lister) {
  Descriptor directory;
  if (const int error = OpenDirectory(AT_FDCWD, root_ + "/class", directory); error != 0) {
    Fail(root_ + "/class", error);
    return false;
  }
  const int error = OpenDirectory(directory.get(), name, directory);
  if (error == ENOENT) {
    snapshot_.warnings.push_back(ClassPath(name) +
                                 " does not exist: the kernel's SCSI module (scsi_mod) is not "
                                 "loaded, so there are no paths.");
    return false;
  }
  if (error != 0) {
    Fail(ClassPath(name), error);
    return false;
  }
  ret_lister.emplace(std::move(directory));
  return true;
}

bool Scanner::ListMore(DirectoryLister& lister, const std::string& path,
                       std::vector<std::string>& names) {
  bool done = false;
  if (const int error = lister.Next(names, done); error != 0) Fail(path, error);
  return done;
}

void Scanner::Fail(const std::string& path, int error) {
  const std::string what =
      "The scan of SCSI devices stopped at " + path + " (" + ErrorInWords(error) + "): ";
  status_ = IsShortage(error) ? absl::ResourceExhaustedError(what + kShortageRemedy)
                              : absl::FailedPreconditionError(what + "mount sysfs at " + root_ +
                                                              " and give the daemon access to it.");
}

void Scanner::Keep(DeviceFinding finding) {
  if (auto* path = std::get_if<DiscoveredPath>(&finding)) {
    if (path->nexus != nexus_) BeginNexus(*path);
    WarnAboutTwins(*path);
    if (!path->sd_name.empty()) path_by_disk_[path->sd_name] = snapshot_.paths.size();
    snapshot_.paths.push_back(std::move(*path));
  } else if (auto* not_checked = std::get_if<NotChecked>(&finding)) {
    snapshot_.not_checked.push_back(std::move(*not_checked));
  }
}

void Scanner::BeginNexus(const DiscoveredPath& path) {
  nexus_ = path.nexus;
  nexus_unread_ = true;
  seen_on_nexus_.clear();
}

void Scanner::WarnAboutTwins(const DiscoveredPath& path) {
  if (path.lu_id.empty()) return;
  const auto [seen, is_new] = seen_on_nexus_.try_emplace(path.lu_id, path.hctl);
  if (is_new) return;
  snapshot_.warnings.push_back(FormatHctl(seen->second) + " and " + FormatHctl(path.hctl) +
                               " report the same identifier " + path.lu_id +
                               ": they count as one logical unit.");
}

const DiscoveredPath* Scanner::KnownFacts(const Hctl& hctl) const {
  if (previous_ == nullptr || refresh_.contains(hctl)) return nullptr;
  const auto known =
      std::lower_bound(previous_->paths.begin(), previous_->paths.end(), hctl,
                       [](const DiscoveredPath& path, const Hctl& key) { return path.hctl < key; });
  return known != previous_->paths.end() && known->hctl == hctl ? &*known : nullptr;
}

}  // namespace pathwatch::discovery
