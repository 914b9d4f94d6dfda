#include "lib/config/listen_address.h"

#include <gtest/gtest.h>

#include <string>

namespace pathwatch::config {
namespace {

std::string Wrong(const std::string& text) {
  const auto address = ParseListenAddress(text);
  return address.ok() ? "taken" : std::string(address.status().message());
}

bool Says(const std::string& text, const std::string& part) {
  return Wrong(text).find(part) != std::string::npos;
}

TEST(ListenAddressTest, AddressAndPortAreTakenAsTheyAreWrittenAgain) {
  for (const char* text : {"127.0.0.1:9837", "0.0.0.0:1", "10.1.2.3:65535", "127.0.0.1:0"}) {
    const auto address = ParseListenAddress(text);
    ASSERT_TRUE(address.ok()) << text << ": " << address.status();
    EXPECT_EQ(TextOf(*address), text);
  }
  EXPECT_EQ(ParseListenAddress("10.1.2.3:9837")->ip, "10.1.2.3");
  EXPECT_EQ(ParseListenAddress("10.1.2.3:09837")->port, 9837);
}

TEST(ListenAddressTest, APortAloneDoesNotMeanTheWholeNetwork) {
  for (const char* text : {":9837", "9837", ":", ":x"}) {
    EXPECT_TRUE(Says(text, "has no address: write 0.0.0.0 if")) << text << ": " << Wrong(text);
  }
}

TEST(ListenAddressTest, AnAddressAloneHasNoPort) {
  for (const char* text : {"", "127.0.0.1", "localhost", "x"}) {
    EXPECT_EQ(Wrong(text), "has no port after the address") << text;
  }
}

TEST(ListenAddressTest, AddressOfIpv6IsRefusedWithTheRemedy) {
  for (const char* text : {"[::1]:9837", "[::]:0", "::1:9837", "fe80::1", "[::1]"}) {
    EXPECT_TRUE(Says(text, "is an IPv6 address, and only IPv4 can be served: let a proxy"))
        << text << ": " << Wrong(text);
  }
}

TEST(ListenAddressTest, NameIsNotLookedUp) {
  for (const char* text : {"localhost:9837", "host.example:1", "127.0.0:1", "127.0.0.256:1",
                           " 127.0.0.1:1", "*:9837", "http//127.0.0.1:9837"}) {
    EXPECT_TRUE(Says(text, "names are not looked up")) << text << ": " << Wrong(text);
  }
  EXPECT_TRUE(Says(std::string("127.0.0.1\0:1", 12), "names are not looked up"));
}

TEST(ListenAddressTest, PortOutOfRangeOrWithOtherSigns) {
  for (const char* text : {"127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:http",
                           "127.0.0.1: 1", "127.0.0.1:1 ", "127.0.0.1:000001",
                           "127.0.0.1:99999999999999999999", "127.0.0.1:9837/metrics"}) {
    EXPECT_TRUE(Says(text, "has no port between 0 and 65535")) << text << ": " << Wrong(text);
  }
}

}  // namespace
}  // namespace pathwatch::config
