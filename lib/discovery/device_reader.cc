#include "lib/discovery/device_reader.h"

#include <sys/sysmacros.h>

#include <cerrno>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "lib/discovery/exclusion.h"
#include "lib/discovery/number.h"
#include "lib/scsi/identity.h"
#include "lib/scsi/inquiry.h"
#include "lib/scsi/vpd83.h"

namespace pathwatch::discovery {
namespace {

std::span<const std::uint8_t> Bytes(const std::string& content) {
  return {reinterpret_cast<const std::uint8_t*>(content.data()), content.size()};
}

// "8:0" as the kernel writes a dev_t.
std::optional<dev_t> ParseDev(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto major = ParseNumber<std::uint32_t>(text.substr(0, colon));
  const auto minor = ParseNumber<std::uint32_t>(text.substr(colon + 1));
  if (!major || !minor) return std::nullopt;
  return makedev(*major, *minor);
}

NotChecked Excluded(const Hctl& hctl, std::string reason) {
  return NotChecked{hctl, NotCheckedKind::kExcluded, std::move(reason)};
}

NotChecked Unreadable(const Hctl& hctl, std::string reason) {
  return NotChecked{hctl, NotCheckedKind::kUnreadable, std::move(reason)};
}

}  // namespace

DeviceReader::DeviceReader(int class_fd, std::string class_path)
    : class_fd_(class_fd), class_path_(std::move(class_path)) {}

absl::StatusOr<DeviceFinding> DeviceReader::Read(const Hctl& hctl, const DiscoveredPath* known) {
  address_ = FormatHctl(hctl);
  // Twice, because a device that is deleted and added again while it is read exists.
  for (int attempt = 0; attempt < 2; ++attempt) {
    trouble_ = false;
    shortage_ = 0;
    DeviceFinding finding = ReadOnce(hctl, known);
    device_ = Descriptor();
    if (shortage_ != 0) {
      return absl::ResourceExhaustedError("The scan of SCSI devices stopped at " + class_path_ +
                                          "/" + address_ + " (" + ErrorInWords(shortage_) +
                                          "): " + kShortageRemedy);
    }
    if (!trouble_ || StillThere()) return finding;
  }
  return Gone{};
}

DeviceFinding DeviceReader::ReadOnce(const Hctl& hctl, const DiscoveredPath* known) {
  if (const int error = ReadLink(class_fd_, address_, place_); error != 0) {
    return NotReached(hctl, address_, error);
  }
  if (auto reason = ExclusionByPlace(hctl, place_)) return Excluded(hctl, *std::move(reason));

  const std::string name = address_ + "/device";
  int error = OpenDirectory(class_fd_, name, device_);
  if (error == 0) error = ReadInode(device_.get(), "", generation_);
  if (error != 0) return NotReached(hctl, name, error);

  if (known != nullptr && known->generation == generation_ && known->warnings.empty() &&
      HasNodes(*known)) {
    DiscoveredPath path = *known;
    path.dm_name.clear();
    path.dm_wwid.clear();
    ReadState(path);
    return path;
  }
  return ReadAll(hctl);
}

DeviceFinding DeviceReader::NotReached(const Hctl& hctl, const std::string& name, int error) {
  if (IsShortage(error)) shortage_ = error;
  if (IsShortage(error) || error == ENOENT || error == ENODEV) return Gone{};
  return Unreadable(hctl, class_path_ + "/" + name + " is not usable (" + ErrorInWords(error) +
                              "): the device is not checked.");
}

DeviceFinding DeviceReader::ReadAll(const Hctl& hctl) {
  DiscoveredPath path;
  path.hctl = hctl;
  path.generation = generation_;
  path.nexus = FormatNexus(hctl);
  if (!ReadIdentity(path)) return Unreadable(hctl, std::move(path.warnings.back()));
  if (auto reason = ExclusionByType(path.pq, path.pdt)) return Excluded(hctl, *std::move(reason));
  ReadDesignators(path);
  ReadNodes(path);
  ReadTimeout(path);
  ReadState(path);
  return path;
}

bool DeviceReader::ReadIdentity(DiscoveredPath& path) {
  std::string content;
  std::string why;
  if (const int error = ReadBytes("inquiry", content); error != 0) {
    why = ErrorInWords(error);
  } else if (auto inquiry = scsi::ParseInquiry(Bytes(content)); !inquiry.ok()) {
    why = std::string(inquiry.status().message());
  } else {
    path.pdt = inquiry->peripheral_type;
    path.pq = inquiry->peripheral_qualifier;
    path.tpgs = inquiry->tpgs;
    path.vendor = std::move(inquiry->vendor);
    path.product = std::move(inquiry->product);
    path.revision = std::move(inquiry->revision);
    return true;
  }
  path.warnings.push_back(Unusable(
      "inquiry", why,
      "the text files beside it are used instead, and the device counts as one without ALUA"));
  return ReadIdentityText(path);
}

bool DeviceReader::ReadIdentityText(DiscoveredPath& path) {
  constexpr const char* kLeftOut = "the device is not checked, as its type is not known";
  std::string content;
  if (const int error = ReadBytes("type", content); error != 0) {
    path.warnings.push_back(Unusable("type", ErrorInWords(error), kLeftOut));
    return false;
  }
  const auto type = ParseNumber<std::uint8_t>(TrimEnd(content));
  if (!type) {
    path.warnings.push_back(Unusable("type", "not a number", kLeftOut));
    return false;
  }
  path.pdt = *type;
  const std::pair<const char*, std::string*> names[] = {
      {"vendor", &path.vendor}, {"model", &path.product}, {"rev", &path.revision}};
  for (const auto& [name, ret_text] : names) {
    if (const int error = ReadBytes(name, content); error != 0) {
      path.warnings.push_back(Unusable(name, ErrorInWords(error), "it counts as empty"));
    } else {
      *ret_text = TrimEnd(content);
    }
  }
  return true;
}

void DeviceReader::ReadDesignators(DiscoveredPath& path) {
  std::string content;
  std::string why;
  if (const int error = ReadBytes("vpd_pg83", content); error != 0) {
    why = ErrorInWords(error);
  } else if (const auto page = scsi::ParseVpd83(Bytes(content)); !page.ok()) {
    why = std::string(page.status().message());
  } else {
    path.identity = scsi::IdentityOf(*page);
    path.lu_id = path.identity.name;
    path.target_port_group = page->target_port_group;
    path.relative_target_port = page->relative_target_port;
    if (!path.lu_id.empty()) return;
    why = std::string(scsi::LogicalUnitId(*page).status().message());
  }
  path.warnings.push_back(Unusable("vpd_pg83", why,
                                   "the logical unit has no identifier and is known by its "
                                   "address " +
                                       address_));
}

void DeviceReader::ReadNodes(DiscoveredPath& path) {
  ReadNode(path, "block", path.sd_name, path.sd_dev);
  ReadNode(path, "scsi_generic", path.sg_name, path.sg_dev);
  // bsg names its node after the device. Its directory in /dev also holds nodes of hosts and
  // remote ports, which are no paths.
  std::uint64_t inode = 0;
  if (Note(ReadInode(device_.get(), "bsg/" + address_, inode)) == 0) path.bsg_name = address_;
}

void DeviceReader::ReadNode(DiscoveredPath& path, const std::string& directory,
                            std::string& ret_name, dev_t& ret_dev) {
  Descriptor opened;
  int error = Note(OpenDirectory(device_.get(), directory, opened));
  if (error == ENOENT) return;  // no such driver is bound
  std::vector<std::string> names;
  if (error == 0) {
    DirectoryLister lister(std::move(opened));
    bool done = false;
    error = Note(lister.Next(names, done));
  }
  if (error != 0) {
    path.warnings.push_back(
        Unusable(directory, ErrorInWords(error), "the device counts as one without that node"));
    return;
  }
  if (names.empty()) return;

  ret_name = names.front();  // a device has one node per driver
  const std::string dev = directory + "/" + ret_name + "/dev";
  constexpr const char* kNoNumber = "the node's device number is not known";
  std::string content;
  if (error = ReadBytes(dev, content); error != 0) {
    path.warnings.push_back(Unusable(dev, ErrorInWords(error), kNoNumber));
  } else if (const auto number = ParseDev(TrimEnd(content)); !number) {
    path.warnings.push_back(Unusable(dev, "not a device number", kNoNumber));
  } else {
    ret_dev = *number;
  }
}

void DeviceReader::ReadTimeout(DiscoveredPath& path) {
  const std::string consequence =
      "the command timeout is taken as " + std::to_string(path.timeout_s) + " s";
  std::string content;
  const int error = ReadBytes("timeout", content);
  if (error == ENOENT) return;
  if (error != 0) {
    path.warnings.push_back(Unusable("timeout", ErrorInWords(error), consequence));
    return;
  }
  const auto timeout_s = ParseNumber<std::uint32_t>(TrimEnd(content));
  if (!timeout_s || *timeout_s == 0) {
    path.warnings.push_back(Unusable("timeout", "not a number of seconds", consequence));
    return;
  }
  path.timeout_s = *timeout_s;
}

void DeviceReader::ReadState(DiscoveredPath& path) {
  std::string content;
  if (const int error = ReadBytes("state", content); error != 0) {
    path.state.clear();
    path.warnings.push_back(
        Unusable("state", ErrorInWords(error), "the kernel's state of the device is not known"));
    return;
  }
  path.state = TrimEnd(content);
}

bool DeviceReader::HasNodes(const DiscoveredPath& known) {
  const auto same = [this](const std::string& directory, const std::string& name) {
    std::uint64_t inode = 0;
    if (!name.empty()) return ReadInode(device_.get(), directory + "/" + name, inode) == 0;
    // The kernel removes the directory together with its last node.
    return ReadInode(device_.get(), directory, inode) == ENOENT;
  };
  return same("block", known.sd_name) && same("scsi_generic", known.sg_name) &&
         same("bsg", known.bsg_name);
}

bool DeviceReader::StillThere() {
  std::uint64_t inode = 0;
  return ReadInode(class_fd_, address_ + "/device", inode) == 0 && inode == generation_;
}

int DeviceReader::ReadBytes(const std::string& name, std::string& ret_content) {
  return Note(ReadFile(device_.get(), name, ret_content));
}

int DeviceReader::Note(int error) {
  if (IsShortage(error)) shortage_ = error;
  if (error != 0) trouble_ = true;
  return error;
}

std::string DeviceReader::Unusable(const std::string& name, std::string_view why,
                                   std::string_view consequence) const {
  std::string sentence = class_path_ + "/" + address_ + "/device/" + name + " is not usable (";
  sentence.append(why).append("): ").append(consequence).append(".");
  return sentence;
}

}  // namespace pathwatch::discovery
