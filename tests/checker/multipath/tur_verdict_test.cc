#include "lib/checker/multipath/tur_verdict.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "lib/checker/multipath/own_tur.h"
#include "tests/scsi/hex.h"

namespace pathwatch::checker {
namespace {

constexpr std::uint8_t kCheckCondition = 0x02;

// The verdict on CHECK CONDITION with that sense.
pwm_tur Sense(std::string_view hex, bool last_try = false) {
  const auto sense = scsi::Hex(hex);
  const pwm_tur_reply reply = {.error = 0,
                               .ok = false,
                               .status = kCheckCondition,
                               .host_status = 0,
                               .sense = sense.data(),
                               .sense_length = sense.size()};
  return pwm_tur_verdict(&reply, last_try);
}

std::string Fixed(unsigned key, unsigned asc, unsigned ascq) {
  char text[64];
  std::snprintf(text, sizeof text, "7000%02x00 0000000a 00000000 %02x%02x0000 0000", key, asc,
                ascq);
  return text;
}

std::string Descriptor(unsigned key, unsigned asc, unsigned ascq) {
  char text[32];
  std::snprintf(text, sizeof text, "72%02x%02x%02x 00000000", key, asc, ascq);
  return text;
}

pwm_tur Error(int error) {
  const pwm_tur_reply reply = {.error = error,
                               .ok = true,
                               .status = 0,
                               .host_status = 0,
                               .sense = nullptr,
                               .sense_length = 0};
  return pwm_tur_verdict(&reply, false);
}

pwm_tur Status(std::uint8_t status, std::uint16_t host_status, bool last_try = false) {
  const pwm_tur_reply reply = {.error = 0,
                               .ok = status == 0 && host_status == 0,
                               .status = status,
                               .host_status = host_status,
                               .sense = nullptr,
                               .sense_length = 0};
  return pwm_tur_verdict(&reply, last_try);
}

TEST(TurVerdictTest, GoodIsUp) { EXPECT_EQ(Status(0, 0), PWM_TUR_UP); }

TEST(TurVerdictTest, ReservationConflictIsUpWhateverTheReservedBits) {
  EXPECT_EQ(Status(0x18, 0), PWM_TUR_UP);
  EXPECT_EQ(Status(0x99, 0), PWM_TUR_UP);
}

TEST(TurVerdictTest, OtherStatusesAreDown) {
  for (const std::uint8_t status : {0x04, 0x08, 0x10, 0x14, 0x22, 0x28, 0x30, 0x40}) {
    EXPECT_EQ(Status(status, 0), PWM_TUR_DOWN) << int{status};
  }
  EXPECT_EQ(Status(kCheckCondition, 0), PWM_TUR_DOWN) << "without sense";
}

TEST(TurVerdictTest, DeviceWithoutScsiCommandsIsToldFromOneThatIsGone) {
  EXPECT_EQ(Error(ENOTTY), PWM_TUR_NO_COMMANDS);
  for (const int error : {ENODEV, ENXIO, EIO, EPERM, EINVAL, ENOMEM, EAGAIN, EINTR, EBUSY}) {
    EXPECT_EQ(Error(error), PWM_TUR_DOWN) << error;
  }
}

TEST(TurVerdictTest, HostStatusesThatAreFinal) {
  for (const std::uint16_t host : {0x01, 0x04, 0x05, 0x0f}) {
    EXPECT_EQ(Status(0, host), PWM_TUR_DOWN) << host;
  }
}

TEST(TurVerdictTest, OtherHostStatusesAreTriedAgainUntilTheLastTry) {
  for (const std::uint16_t host :
       {0x02, 0x03, 0x06, 0x07, 0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e, 0x10, 0x11, 0x14, 0xff}) {
    EXPECT_EQ(Status(0, host), PWM_TUR_AGAIN) << host;
    EXPECT_EQ(Status(0, host, true), PWM_TUR_DOWN) << host;
  }
}

TEST(TurVerdictTest, UnitAttentionIsTriedAgainUntilTheLastTry) {
  for (const std::string& sense :
       {Fixed(6, 0x2a, 0x06), Descriptor(6, 0x29, 0), std::string("700006"), std::string("7206")}) {
    EXPECT_EQ(Sense(sense), PWM_TUR_AGAIN) << sense;
    EXPECT_EQ(Sense(sense, true), PWM_TUR_DOWN) << sense;
  }
}

TEST(TurVerdictTest, AccessStatesOfTheTargetPort) {
  for (const auto form : {Fixed, Descriptor}) {
    EXPECT_EQ(Sense(form(2, 0x04, 0x0b)), PWM_TUR_GHOST);
    EXPECT_EQ(Sense(form(2, 0x04, 0x0a)), PWM_TUR_TRANSITION);
    EXPECT_EQ(Sense(form(2, 0x04, 0x0c)), PWM_TUR_DOWN);
    EXPECT_EQ(Sense(form(2, 0x04, 0x12)), PWM_TUR_DOWN);
    EXPECT_EQ(Sense(form(5, 0x25, 0x00)), PWM_TUR_UNMAPPED);
    EXPECT_EQ(Sense(form(5, 0x25, 0x01)), PWM_TUR_DOWN);
  }
}

TEST(TurVerdictTest, OnlyThreeCodesOfAllMeanAnythingElseThanDown) {
  for (unsigned key = 0; key < 16; ++key) {
    for (unsigned asc = 0; asc < 256; ++asc) {
      for (unsigned ascq = 0; ascq < 256; ++ascq) {
        pwm_tur expected = PWM_TUR_DOWN;
        if (key == 6) expected = PWM_TUR_AGAIN;
        if (key == 2 && asc == 0x04 && ascq == 0x0b) expected = PWM_TUR_GHOST;
        if (key == 2 && asc == 0x04 && ascq == 0x0a) expected = PWM_TUR_TRANSITION;
        if (key == 5 && asc == 0x25 && ascq == 0x00) expected = PWM_TUR_UNMAPPED;
        const std::uint8_t sense[] = {0x72,
                                      static_cast<std::uint8_t>(key),
                                      static_cast<std::uint8_t>(asc),
                                      static_cast<std::uint8_t>(ascq),
                                      0,
                                      0,
                                      0,
                                      0};
        const pwm_tur_reply reply = {0, false, kCheckCondition, 0, sense, sizeof sense};
        ASSERT_EQ(pwm_tur_verdict(&reply, false), expected) << key << "/" << asc << "/" << ascq;
      }
    }
  }
}

TEST(TurVerdictTest, CodeThatWasNotReceivedIsNoCode) {
  EXPECT_EQ(Sense("70000200 00000004 00000000 040b"), PWM_TUR_DOWN) << "additional length 4";
  EXPECT_EQ(Sense("70000500 00000005 00000000 2500"), PWM_TUR_DOWN) << "without its second byte";
  EXPECT_EQ(Sense("70000500 00000006 00000000 25"), PWM_TUR_DOWN) << "cut";
  EXPECT_EQ(Sense("70000200 00000006 00000000 040b"), PWM_TUR_GHOST);
  EXPECT_EQ(Sense("720525"), PWM_TUR_DOWN) << "cut";
  EXPECT_EQ(Sense("7205"), PWM_TUR_DOWN);
  EXPECT_EQ(Sense(""), PWM_TUR_DOWN);
}

TEST(TurVerdictTest, OtherResponseCodesAreNoSense) {
  EXPECT_EQ(Sense("00000000 00000000"), PWM_TUR_DOWN);
  EXPECT_EQ(Sense("7f062a06 00000000"), PWM_TUR_DOWN);
  EXPECT_EQ(Sense("7402040b 00000000"), PWM_TUR_DOWN);
}

TEST(TurVerdictTest, DeferredSenseAndOneWithInformationCountAsAnyOther) {
  EXPECT_EQ(Sense("7302040a 00000000"), PWM_TUR_TRANSITION);
  EXPECT_EQ(Sense("71000300 0000000a 00000000 0c000000 0000"), PWM_TUR_DOWN);
  EXPECT_EQ(Sense("f0000200 0007d00a 00000000 040b0000 0000"), PWM_TUR_GHOST);
}

// A device that gives these replies, one after the other, the last one for ever.
struct Device {
  std::vector<std::string> senses;  // "": GOOD
  int error = 0;
  std::vector<sg_io_hdr> seen = {};

  static int Send(void* self, int file, sg_io_hdr* header) {
    auto& device = *static_cast<Device*>(self);
    EXPECT_EQ(file, 7);
    device.seen.push_back(*header);
    for (int i = 0; i < header->cmd_len; ++i) EXPECT_EQ(header->cmdp[i], 0);
    if (device.error != 0) {
      errno = device.error;
      return -1;
    }
    const std::size_t at = std::min(device.seen.size(), device.senses.size()) - 1;
    const auto sense = scsi::Hex(device.senses[at]);
    if (sense.empty()) return 0;
    header->status = kCheckCondition;
    header->info = SG_INFO_CHECK;
    std::copy(sense.begin(), sense.end(), header->sbp);
    header->sb_len_wr = static_cast<unsigned char>(sense.size());
    return 0;
  }
  pwm_tur Check() {
    const pwm_device_access access = {Send, this};
    return pwm_own_tur(&access, 7, 30'000);
  }
};

TEST(OwnTurTest, IsSixZerosWithTheTimeoutOfTheChecker) {
  Device device{{""}};
  EXPECT_EQ(device.Check(), PWM_TUR_UP);
  ASSERT_EQ(device.seen.size(), 1u);
  EXPECT_EQ(device.seen[0].interface_id, 'S');
  EXPECT_EQ(device.seen[0].dxfer_direction, SG_DXFER_NONE);
  EXPECT_EQ(device.seen[0].cmd_len, 6);
  EXPECT_EQ(device.seen[0].timeout, 30'000u);
  EXPECT_EQ(device.seen[0].mx_sb_len, 96);
}

TEST(OwnTurTest, UnitAttentionIsFollowedByTheState) {
  Device device{{Fixed(6, 0x29, 0), Descriptor(6, 0x2a, 6), Fixed(2, 0x04, 0x0b)}};
  EXPECT_EQ(device.Check(), PWM_TUR_GHOST);
  EXPECT_EQ(device.seen.size(), 3u);
}

TEST(OwnTurTest, UnitAttentionsWithoutEndAreDownAfterTheLastTry) {
  Device device{{Fixed(6, 0x29, 0)}};
  EXPECT_EQ(device.Check(), PWM_TUR_DOWN);
  EXPECT_EQ(device.seen.size(), 5u);
}

TEST(OwnTurTest, CallThatFailsIsNotRepeated) {
  Device device{{""}, ENXIO};
  EXPECT_EQ(device.Check(), PWM_TUR_DOWN);
  EXPECT_EQ(device.seen.size(), 1u);
}

}  // namespace
}  // namespace pathwatch::checker
