// A model of a storage fabric: what each command is answered, and when, as a pure function of
// the seed and the time. The daemon runs it in real time for the demo, tests in virtual time.
//
// Two arrays with asymmetric access (fabric_layout.h), whose controllers, links, logical units and
// paths have faults now and then (fabric_story.h). What the arrays are like:
//   A: a logical unit's other port group is active/non-optimized. A failed controller is
//      unavailable, then in standby, where it answers 02/04/0B. Reports the transition time.
//   B: the other group is in standby, where TEST UNIT READY is answered with GOOD all the same. A
//      failed controller is offline: 05/24/00, also to REPORT TARGET PORT GROUPS, which answers
//      nothing during transitions either. It does not take the extended header.
//
// Thread rule: immutable after construction but for Hold(); any thread.
#ifndef PATHWATCH_LIB_PASSTHROUGH_FABRIC_H_
#define PATHWATCH_LIB_PASSTHROUGH_FABRIC_H_

#include <cstdint>
#include <string>
#include <vector>

#include "lib/health/event.h"
#include "lib/health/state.h"
#include "lib/health/time.h"
#include "lib/passthrough/fabric_bytes.h"
#include "lib/passthrough/fabric_layout.h"
#include "lib/passthrough/fabric_options.h"
#include "lib/passthrough/fabric_story.h"
#include "lib/scsi/cdb.h"
#include "lib/scsi/rtpg.h"

namespace pathwatch::passthrough {

class Fabric {
 public:
  // Where a path is, in the kernel's words, and what the kernel has read when it found it.
  struct Place {
    std::uint32_t host = 0;
    std::uint32_t channel = 0;
    std::uint32_t target = 0;
    std::uint64_t lun = 0;
    std::string initiator_port;  // FC
    std::string target_port;
    std::string wwid;  // of its logical unit
    std::string vendor;
    std::string product;
    std::string revision;
    std::uint8_t tpgs = 0;
    std::uint16_t target_port_group = 0;
    std::uint16_t relative_target_port = 0;
    std::vector<std::uint8_t> identity_page;  // VPD page 83h
  };

  // What a logical unit remembers of an I_T nexus: up to when changes were reported to it by a
  // unit attention. One per path, kept by who sends the commands.
  struct Session {
    health::TimeNs told_ns = 0;
  };

  // The answer to one command.
  struct Answer {
    health::TimeNs when_ns = health::kNever;  // kNever: none as long as the fault lasts
    health::TimeNs carried_out_ns = 0;        // what it says is from then
    std::uint8_t status = 0;                  // SAM-5
    std::uint16_t host_status = 0;            // DID_*
    std::uint8_t sense_key = 0;               // with CHECK CONDITION
    std::uint8_t asc = 0;
    std::uint8_t ascq = 0;
  };

  explicit Fabric(const FabricOptions& options);

  std::uint32_t paths() const { return options_.paths; }
  std::uint32_t hosts() const { return layout_.hosts(); }
  const FabricOptions& options() const { return options_; }
  // REQUIRES: path < paths(), here and below.
  Place PlaceOf(std::uint32_t path) const;

  // A command that reaches the path at `now_ns`.
  Answer Send(health::TimeNs now_ns, std::uint32_t path, const scsi::Cdb& cdb,
              Session& session) const;
  // The data that come with the answer to that command, cut to its allocation length. Empty if it
  // has none.
  std::vector<std::uint8_t> DataOf(std::uint32_t path, const scsi::Cdb& cdb,
                                   const Answer& answer) const;

  // What the kernel says of the device: it knows of some of the links that are down or silent.
  health::DeviceCondition ConditionAt(health::TimeNs now_ns, std::uint32_t path) const;

  // The state that a perfect observer would see at `now_ns`. A path whose LUN is mapped to another
  // logical unit is `wrong_lu` even while nothing can be read through it.
  health::State Truth(health::TimeNs now_ns, std::uint32_t path) const;
  // INQUIRY says through this path which logical unit it leads to.
  bool TellsIdentity(health::TimeNs now_ns, std::uint32_t path) const;
  // The port groups of its logical unit.
  std::vector<scsi::PortGroup> GroupsAt(health::TimeNs now_ns, std::uint32_t path) const;
  // REPORT TARGET PORT GROUPS through this path tells them.
  bool ReportsGroups(health::TimeNs now_ns, std::uint32_t path) const;

  // From `when_ns` on nothing changes any more: faults hold still, so that what is observed can
  // be compared with the truth. Only a transition of port groups still ends, within
  // Story::transition_ns. Changes that only INQUIRY data show leave room, see
  // Story::changes_room_ns: to be called before the story begins.
  void Hold(health::TimeNs when_ns) { story_.Hold(when_ns); }

 private:
  using Spot = FabricLayout::Spot;

  void CarryOut(std::uint32_t path, const scsi::Cdb& cdb, PathFault fault, const Spot& spot,
                Session& session, Answer& answer) const;
  void TestUnit(std::uint32_t path, PathFault fault, const Spot& spot, Session& session,
                Answer& answer) const;
  void TellGroups(std::uint32_t path, const scsi::Cdb& cdb, const Spot& spot, Session& session,
                  Answer& answer) const;
  bool Attention(const Spot& spot, const Failover& failover, Session& session,
                 Answer& answer) const;
  bool Lun0Unmapped(health::TimeNs now_ns, std::uint32_t path, const Spot& spot) const;
  // The path that stands for the logical unit that answers.
  std::uint32_t Answering(health::TimeNs now_ns, std::uint32_t path) const;
  std::vector<std::uint8_t> Inquiry(health::TimeNs now_ns, std::uint32_t path) const;
  std::vector<std::uint8_t> Page(std::uint32_t path, std::uint32_t unit) const;
  std::vector<std::uint8_t> Luns(health::TimeNs now_ns, std::uint32_t path) const;

  const FabricOptions options_;
  const FabricLayout layout_;
  FabricStory story_;
};

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_FABRIC_H_
