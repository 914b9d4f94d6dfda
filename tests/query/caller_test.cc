#include "lib/query/caller.h"

#include <grp.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <numeric>
#include <vector>

namespace pathwatch::query {
namespace {

constexpr gid_t kAdmins = 4711;

TEST(IsPrivilegedTest, RootTheOwnUserAndAdministratorsAre) {
  const std::vector<gid_t> groups = {100, kAdmins};
  EXPECT_TRUE(IsPrivileged(0, {}, 500, {}));
  EXPECT_TRUE(IsPrivileged(500, {}, 500, {}));
  EXPECT_TRUE(IsPrivileged(1000, groups, 500, kAdmins));
}

TEST(IsPrivilegedTest, OthersAreNot) {
  const std::vector<gid_t> groups = {100, 0};
  EXPECT_FALSE(IsPrivileged(1000, groups, 500, kAdmins));
  EXPECT_FALSE(IsPrivileged(1000, groups, 500, {}));
  EXPECT_FALSE(IsPrivileged(1000, {}, 500, {}));
}

TEST(CallerOfTest, OwnProcessIsKnown) {
  std::array<int, 2> ends = {-1, -1};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  const auto caller = CallerOf(ends[0], {});
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->pid, ::getpid());
  EXPECT_EQ(caller->uid, ::getuid());
  EXPECT_TRUE(caller->privileged);
  for (const int fd : ends) ::close(fd);
}

TEST(CallerOfTest, WhatIsNoSocketHasNoCaller) { EXPECT_FALSE(CallerOf(-1, {}).ok()); }

// The ends of a socket pair that a user in these groups has made; {-1, -1}: there is no right to
// turn into him.
std::array<int, 2> SocketsOf(uid_t uid, const std::vector<gid_t>& groups) {
  std::array<int, 2> ends = {-1, -1};
  std::vector<gid_t> own(static_cast<std::size_t>(::getgroups(0, nullptr)));
  const int count = ::getgroups(static_cast<int>(own.size()), own.data());
  if (count < 0 || ::setgroups(groups.size(), groups.data()) != 0) return ends;
  if (::seteuid(uid) == 0) {
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    EXPECT_EQ(::seteuid(0), 0);
  }
  EXPECT_EQ(::setgroups(own.size(), own.data()), 0);
  return ends;
}

TEST(CallerOfTest, SupplementaryGroupsCountHoweverManyThereAre) {
  std::vector<gid_t> groups(200);
  std::iota(groups.begin(), groups.end(), kAdmins);
  for (const gid_t admins : {groups.front(), groups.back()}) {
    const auto ends = SocketsOf(1000, groups);
    if (ends[0] < 0) GTEST_SKIP() << "only root can turn into another user";
    const auto member = CallerOf(ends[0], admins);
    ASSERT_TRUE(member.ok()) << member.status();
    EXPECT_EQ(member->uid, 1000U);
    EXPECT_TRUE(member->privileged);
    const auto other = CallerOf(ends[0], kAdmins - 1);
    ASSERT_TRUE(other.ok()) << other.status();
    EXPECT_FALSE(other->privileged);
    for (const int fd : ends) ::close(fd);
  }
}

}  // namespace
}  // namespace pathwatch::query
