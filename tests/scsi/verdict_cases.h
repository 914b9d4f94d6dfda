// What each reply must be judged as, written out independently of the verdict table.
#ifndef PATHWATCH_TESTS_SCSI_VERDICT_CASES_H_
#define PATHWATCH_TESTS_SCSI_VERDICT_CASES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "lib/scsi/verdict.h"

namespace pathwatch::scsi {

struct VerdictCase {
  std::string name;
  Reply reply;  // its sense points into `sense`
  std::vector<std::uint8_t> sense;
  Verdict verdict;
  int follow_ups;

  Reply MakeReply() const {
    Reply result = reply;
    result.sense = sense;
    return result;
  }
};

// For gtest's messages.
inline void PrintTo(const VerdictCase& row, std::ostream* out) { *out << row.name; }

std::vector<VerdictCase> TransportCases();
std::vector<VerdictCase> NotReadyCases();
std::vector<VerdictCase> UnitAttentionCases();
std::vector<VerdictCase> OtherKeyCases();

// Shorthands for the expectations.
namespace expect {

inline const Verdict kUp = Lasting{Condition::kUp, Reach::kPath};
inline const Verdict kGhost = Lasting{Condition::kGhost, Reach::kPath};
inline const Verdict kTransitioning = Lasting{Condition::kTransitioning, Reach::kPath};
inline const Verdict kTransitioningLun = Lasting{Condition::kTransitioning, Reach::kLogicalUnit};
inline const Verdict kUnavailable = Lasting{Condition::kUnavailable, Reach::kPath};
inline const Verdict kDown = Lasting{Condition::kDown, Reach::kPath};
inline const Verdict kDownLun = Lasting{Condition::kDown, Reach::kLogicalUnit};
inline const Verdict kUnmapped = Lasting{Condition::kUnmapped, Reach::kPath};
inline const Verdict kNow = RetryNow{false, Lasting{Condition::kDown, Reach::kPath}};
inline const Verdict kNowThenNothing = RetryNow{false, NoOpinion{}};
inline const Verdict kAtOnce = RetryNow{true, Lasting{Condition::kDown, Reach::kPath}};
inline const Verdict kLater = RetryLater{true, Reach::kPath};
inline const Verdict kLaterLun = RetryLater{true, Reach::kLogicalUnit};
inline const Verdict kLaterNeverDown = RetryLater{false, Reach::kPath};
inline const Verdict kNothing = NoOpinion{};

inline constexpr int R = kFollowRtpg;
inline constexpr int RIfDiffers = kFollowRtpgIfDiffers;
inline constexpr int I = kFollowIdentity;
inline constexpr int L = kFollowLuns;
inline constexpr int T = kFollowTransport;
inline constexpr int C = kFollowCount;
inline constexpr int Marginal = kFollowMarginal;
inline constexpr int Hold = kFollowHold;

}  // namespace expect

// Collects cases with readable names.
class Cases {
 public:
  void Errno(const std::string& name, int error, const Verdict& verdict, int follow_ups);
  void Host(std::uint16_t host_status, const Verdict& verdict, int follow_ups,
            std::uint8_t status = 0);
  void Status(std::uint8_t status, const Verdict& verdict, int follow_ups);
  // Any other combination.
  void Mixed(const std::string& name, const Reply& reply, const std::vector<std::uint8_t>& sense,
             const Verdict& verdict, int follow_ups);
  void Sense(int key, int asc, int ascq, const Verdict& verdict, int follow_ups);
  // One case for each qualifier from `first` to `last`.
  void Senses(int key, int asc, int first, int last, const Verdict& verdict, int follow_ups);
  // Sense that was cut behind the key.
  void UnknownAsc(int key, const Verdict& verdict, int follow_ups);

  std::vector<VerdictCase> cases;
};

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_TESTS_SCSI_VERDICT_CASES_H_
