#include "lib/discovery/nexus_reader.h"

#include <fcntl.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>

#include "absl/status/status.h"
#include "lib/discovery/number.h"
#include "lib/discovery/sysfs.h"

namespace pathwatch::discovery {
namespace {

constexpr std::string_view kSession = "session";

Transport TransportOf(std::string_view component, const std::string& host) {
  if (component.starts_with("rport-" + host + ":")) return Transport::kFc;
  if (component.starts_with("end_device-" + host + ":")) return Transport::kSas;
  if (component.starts_with(kSession) &&
      ParseNumber<std::uint32_t>(component.substr(kSession.size()))) {
    return Transport::kIscsi;
  }
  return Transport::kOther;
}

// The SCSI name of an iSCSI target port: "iqn...,t,0x0001" (RFC 7143 4.2.7.8).
std::string IscsiTargetPort(const std::string& target, std::uint16_t portal_group) {
  char suffix[12];
  std::snprintf(suffix, sizeof suffix, ",t,0x%04x", portal_group);
  return target + suffix;
}

std::string Portal(const std::string& address, const std::string& port) {
  if (address.empty() || port.empty()) return "";
  const bool is_ipv6 = address.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + address + "]" : address) + ":" + port;
}

}  // namespace

PortPlace PortPlaceOf(const Hctl& hctl, std::string_view sysfs_path) {
  const std::string host = std::to_string(hctl.host);
  // From the device upwards: a port that is nearer belongs to the device, one above it to the
  // machine's own way to the host.
  while (!sysfs_path.empty()) {
    const std::size_t slash = sysfs_path.rfind('/');
    const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
    const std::string_view component = sysfs_path.substr(begin);
    const Transport transport = TransportOf(component, host);
    if (transport != Transport::kOther) return {transport, std::string(component)};
    sysfs_path = sysfs_path.substr(0, begin == 0 ? 0 : slash);
  }
  return {};
}

absl::StatusOr<NexusReader::Finding> NexusReader::Read(const Hctl& hctl,
                                                       std::string_view sysfs_path) {
  shortage_.clear();
  unusable_target_.clear();
  Finding finding;
  DiscoveredNexus& nexus = finding.nexus;
  nexus.name = FormatNexus(hctl);
  PortPlace place = PortPlaceOf(hctl, sysfs_path);
  nexus.transport = place.transport;
  nexus.port_name = std::move(place.port_name);
  if (nexus.transport == Transport::kFc) ReadFc(hctl, nexus);
  if (nexus.transport == Transport::kIscsi) ReadIscsi(nexus);
  if (nexus.transport == Transport::kSas) ReadSas(hctl, nexus);
  if (!shortage_.empty()) {
    return absl::ResourceExhaustedError("The scan of SCSI devices stopped at " + shortage_ + ": " +
                                        kShortageRemedy);
  }
  if (!unusable_target_.empty() && nexus.target_port.empty() && nexus.portal.empty()) {
    finding.warning = unusable_target_ + ": the target port of " + nexus.name +
                      " is known by the kernel's name " + nexus.port_name + " only.";
  }
  return finding;
}

void NexusReader::ReadFc(const Hctl& hctl, DiscoveredNexus& nexus) {
  const std::string rport = "fc_remote_ports/" + nexus.port_name;
  nexus.initiator_port = Text("fc_host/host" + std::to_string(hctl.host) + "/port_name");
  nexus.target_port = TargetText(rport + "/port_name");
  nexus.port_state = Text(rport + "/port_state");
}

void NexusReader::ReadIscsi(DiscoveredNexus& nexus) {
  const std::string session = "iscsi_session/" + nexus.port_name;
  nexus.initiator_port = Text(session + "/initiatorname");
  const std::string target = TargetText(session + "/targetname");
  const std::string tag = target.empty() ? "" : TargetText(session + "/tpgt");
  if (const auto portal_group = ParseNumber<std::uint16_t>(tag)) {
    nexus.target_port = IscsiTargetPort(target, *portal_group);
  } else if (!tag.empty()) {
    unusable_target_ = Unusable(session + "/tpgt", "not a portal group");
  }
  nexus.port_state = Text(session + "/state");

  // Linux has one connection per session, number 0. Without a socket its address is not known, but
  // the one that it was told to use is.
  const std::string connection =
      "iscsi_connection/connection" + nexus.port_name.substr(kSession.size()) + ":0";
  nexus.portal = Portal(Text(connection + "/address"), Text(connection + "/port"));
  if (!nexus.portal.empty()) return;
  nexus.portal =
      Portal(Text(connection + "/persistent_address"), Text(connection + "/persistent_port"));
}

void NexusReader::ReadSas(const Hctl& hctl, DiscoveredNexus& nexus) {
  const std::string host = std::to_string(hctl.host);
  nexus.initiator_port = Text("scsi_host/host" + host + "/host_sas_address");
  if (nexus.initiator_port.empty()) {
    nexus.initiator_port = Text("sas_phy/phy-" + host + ":0/sas_address");
  }
  nexus.target_port = Text("scsi_device/" + FormatHctl(hctl) + "/device/sas_address");
  if (nexus.target_port.empty()) {
    nexus.target_port = TargetText("sas_device/" + nexus.port_name + "/sas_address");
  }
}

std::string NexusReader::Text(const std::string& name) {
  const std::string path = class_path_ + "/" + name;
  std::string content;
  error_ = ReadFile(AT_FDCWD, path, content);
  if (IsShortage(error_)) shortage_ = path + " (" + ErrorInWords(error_) + ")";
  if (error_ != 0) return "";
  const std::string_view text = TrimEnd(content);
  // The kernel prints a string that was never set in this way.
  return text == "(null)" ? "" : std::string(text);
}

std::string NexusReader::TargetText(const std::string& name) {
  std::string text = Text(name);
  if (text.empty() && error_ != ENOENT && error_ != ENODEV) {
    unusable_target_ = Unusable(name, error_ == 0 ? "no value" : ErrorInWords(error_));
  }
  return text;
}

std::string NexusReader::Unusable(const std::string& name, const std::string& why) const {
  return class_path_ + "/" + name + " is not usable (" + why + ")";
}

}  // namespace pathwatch::discovery
