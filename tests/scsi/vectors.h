// Recorded and hand-made replies, shared by the unit tests, the mutation tests and the fuzz
// targets' replay.
#ifndef PATHWATCH_TESTS_SCSI_VECTORS_H_
#define PATHWATCH_TESTS_SCSI_VECTORS_H_

#include <array>
#include <string_view>

namespace pathwatch::scsi::vectors {

inline constexpr auto kSense = std::to_array<std::string_view>({
    "70000600 0000000a 00000000 2a060000 0000",
    "72062a06 00000000",
    "70000200 00000004 00000000 040b",
    "70000200 00000006 00000000 040b",
    "7202040a 00000000",
    "7302040a 00000000",
    "71000300 0000000a 00000000 0c000000 0000",
    "f0000200 0007d00a 00000000 04010000 0000",
    "700006",
    "7205",
    "00000000 00000000",
    "7f062a06 00000000",
    "72020401 0000000c 000a8000 00000000 000007d0",
});

// A disk of LIO, then the same device without a logical unit (PQ 1, PDT 1Fh).
inline constexpr auto kInquiry = std::to_array<std::string_view>({
    "00000602 1f100002 4c494f2d 4f524720 64697361 6c706861 20202020 20202020 342e3020",
    "3f000602 1f000002 4c494f2d 4f524720 64697361 6c706861 20202020 20202020 342e3020",
});

// scsi_debug: T10, NAA 3, port 1, NAA 3 of the port, group 300h, NAA 3 and name of the target.
inline constexpr std::string_view kVpd83ScsiDebug =
    "00830070 0201001c 4c696e75 78202020 73637369 5f646562 75672020 20202020 36303030 01030008 "
    "33333330 00001770 61940004 00000001 61930008 32222220 0000176e 61950004 00000300 61a30008 "
    "32222220 0000176d 63a80018 6e61612e 33323232 32323230 30303030 31373644 00000000";
// LIO over iSCSI: NAA 6, T10, port 1, group 0, LU group 0, names of the port and of the target.
inline constexpr std::string_view kVpd83Lio =
    "008300aa "
    "01030010 60014050 a1b2c3d4 e5f60718 293a4b5c "
    "0201002a 4c494f2d 4f524720 64697361 6c706861 3a613162 32633364 34653566 36303731 38323933 "
    "61346235 6300 "
    "51940004 00000001 "
    "51950004 00000000 "
    "01060004 00000000 "
    "53980028 69716e2e 32303236 2d30312e 6f72672e 6578616d 706c653a 6469736b 2c742c30 78303030 "
    "31000000 "
    "53a80020 69716e2e 32303236 2d30312e 6f72672e 6578616d 706c653a 6469736b 00000000";
inline constexpr std::string_view kVpd83Overrun = "0083000c 01030010 60014050 deadbeef";
inline constexpr std::string_view kVpd83OtherPage = "00800004 31323334";
inline constexpr std::string_view kVpd83ShortGroup = "00830008 01950002 00050000";

inline constexpr auto kVpd83 = std::to_array<std::string_view>(
    {kVpd83ScsiDebug, kVpd83Lio, kVpd83Overrun, kVpd83OtherPage, kVpd83ShortGroup});

struct RtpgVector {
  std::string_view name;
  std::string_view hex;
  unsigned allocation_length;
  std::string_view expected;  // in the notation of rtpg_test.cc
};

inline constexpr auto kRtpg = std::to_array<RtpgVector>({
    {"V01_LioPlainDefaultGroup", "0000000c 00cf0000 00000001 00000001", 4096,
     "PARSED {0 state=0 sup=CF sc=0 ports=1}"},
    {"V02_LioExtendedLengthFourTooSmall", "0000000c 10000000 00cf0000 00000001", 4096,
     "PARSED ext itt=0 {0 state=0 sup=CF sc=0 ports=} PORTS_SHORT"},
    {"V03_LioTwoGroupsAfterImplicitChange",
     "00000018 82cf0001 00020001 00000001 00cf0002 00020001 00000002", 4096,
     "PARSED {1 state=2 pref sup=CF sc=2 ports=1} {2 state=0 sup=CF sc=2 ports=2}"},
    {"V04_LioExtendedTwoGroups", "00000018 101e0000 82cf0001 00020001 00000001 00cf0002 00020001",
     4096,
     "PARSED ext itt=30 {1 state=2 pref sup=CF sc=2 ports=1} {2 state=0 sup=CF sc=2 ports=} "
     "PORTS_SHORT"},
    {"V05_ScsiDebugDefault", "00000018 00010300 00000001 00000001 03080380 00000001 00000002", 4096,
     "PARSED {768 state=0 sup=01 sc=0 ports=1} {896 state=3 sup=08 sc=0 ports=2}"},
    {"V06_ScsiDebugHostStates", "00000018 020f0300 00000001 00000001 03080380 00000001 00000002",
     4096, "PARSED {768 state=2 sup=0F sc=0 ports=1} {896 state=3 sup=08 sc=0 ports=2}"},
    {"V07_CorrectExtendedHeader", "00000010 103c0000 80cf0001 00000001 00000001", 4096,
     "PARSED ext itt=60 {1 state=0 pref sup=CF sc=0 ports=1}"},
    {"V08_ShortHeader", "00000c", 4096, "SHORT"},
    {"V09_NoGroups", "00000000", 4096, "EMPTY"},
    {"V10_CutAtAllocationLength", "00000018 82cf0001 00020001 00000001", 16, "REISSUE(28)"},
    {"V11_LyingPortCount", "0000000c 00cf0005 000000ff 00000001", 4096,
     "PARSED {5 state=0 sup=CF sc=0 ports=1} PORTS_SHORT"},
    {"V12_LengthWouldWrap", "ffffffff 00cf0001 00000001 00000001", 16, "OVERCAP"},
    {"V13_TrailingBytes", "00000010 00cf0001 00000001 00000001 deadbeef", 4096,
     "PARSED {1 state=0 sup=CF sc=0 ports=1} TRAIL4"},
    {"V14_ReservedState", "0000000c 07cf0001 00000001 00000001", 4096,
     "PARSED {1 state=unknown(7) sup=CF sc=0 ports=1}"},
    {"V15_DuplicateId", "00000018 00cf0001 00000001 00000001 02cf0001 00000001 00000002", 4096,
     "PARSED {1 state=0 sup=CF sc=0 ports=1} DUP"},
    {"V16_TransitionWithTime",
     "0000001c 10780000 0fcf0001 00020001 00000001 0fcf0002 00020001 00000002", 4096,
     "PARSED ext itt=120 {1 state=F sup=CF sc=2 ports=1} {2 state=F sup=CF sc=2 ports=2}"},
    {"V17_UnknownFormat", "0000000c 20cf0001 00000001 00000001", 4096, "FORMAT"},
    {"V18_GroupCutByLength", "00000007 00cf0001 000000", 4096, "EMPTY TRAIL7"},
    {"V19_ExtendedNoGroups", "00000004 10000000", 4096, "EMPTY ext itt=0"},
    {"V20_ZeroPorts", "00000008 83cf0009 00000000", 4096,
     "PARSED {9 state=3 pref sup=CF sc=0 ports=}"},
    {"V21_ZeroPaddingAfterLength", "0000000c 00cf0001 00000001 00000001 00000000 00000000 00000000",
     4096, "PARSED {1 state=0 sup=CF sc=0 ports=1}"},
    {"V22_DeviceSentLessThanDeclared", "00000018 00cf0001 00000001 00000001", 4096,
     "PARSED {1 state=0 sup=CF sc=0 ports=1} SHORT_XFER"},
    {"V23_ExtendedMarkerSevenBytes", "00000003 100000", 4096, "SHORT"},
});

// REPORT LUNS (SPC-4 6.33): two units, none, a second level, one twice, cut, lying about its
// length.
inline constexpr std::string_view kReportLuns[] = {
    "00000010 00000000 0001000000000000 0000000000000000",
    "00000000 00000000",
    "00000010 00000000 4100000000000000 0001000200000000",
    "00000010 00000000 0001000000000000 0001000000000000",
    "00000010 00000000 0001000000000000",
    "ffffffff 00000000 0001000000000000",
};

}  // namespace pathwatch::scsi::vectors

#endif  // PATHWATCH_TESTS_SCSI_VECTORS_H_
