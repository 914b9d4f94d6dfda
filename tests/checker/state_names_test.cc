#include "lib/checker/state_names.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "proto/state_table.h"

namespace pathwatch::checker {
namespace {

TEST(StateNamesTest, StatesHaveTheWordsOfTheApi) {
  std::string words;
  for (std::uint32_t state = 0; state < PW_STATES; ++state) {
    words += std::string(pw_state_name(state)) + " ";
  }
  EXPECT_EQ(words,
            "unknown up ghost transitioning unavailable down no_answer unmapped wrong_lu removed ");
}

TEST(StateNamesTest, ScopesHaveTheWordsOfTheApi) {
  std::string words;
  for (std::uint32_t scope = 0; scope <= PW_SCOPE_HOST; ++scope) {
    words += std::string(pw_scope_name(scope)) + " ";
  }
  EXPECT_EQ(words, "path lu tpg nexus host ");
}

TEST(StateNamesTest, AluaStatesHaveTheKernelsWords) {
  EXPECT_STREQ(pw_alua_state_name(0), "active/optimized");
  EXPECT_STREQ(pw_alua_state_name(1), "active/non-optimized");
  EXPECT_STREQ(pw_alua_state_name(2), "standby");
  EXPECT_STREQ(pw_alua_state_name(3), "unavailable");
  EXPECT_STREQ(pw_alua_state_name(4), "lba-dependent");
  EXPECT_STREQ(pw_alua_state_name(14), "offline");
  EXPECT_STREQ(pw_alua_state_name(15), "transitioning");
  EXPECT_STREQ(pw_alua_state_name(255), "unknown");
}

TEST(StateNamesTest, KindsHaveTheWordsOfTheApi) {
  EXPECT_STREQ(pw_passthrough_name(PW_PASSTHROUGH_NONE), "none");
  EXPECT_STREQ(pw_passthrough_name(PW_PASSTHROUGH_BSG_URING), "bsg_uring");
  EXPECT_STREQ(pw_passthrough_name(PW_PASSTHROUGH_SG_ASYNC), "sg_async");
  EXPECT_STREQ(pw_passthrough_name(PW_PASSTHROUGH_SIMULATED), "simulated");
  EXPECT_STREQ(pw_transport_name(PW_TRANSPORT_OTHER), "other");
  EXPECT_STREQ(pw_transport_name(PW_TRANSPORT_FC), "fc");
  EXPECT_STREQ(pw_transport_name(PW_TRANSPORT_ISCSI), "iscsi");
  EXPECT_STREQ(pw_transport_name(PW_TRANSPORT_SAS), "sas");
  EXPECT_STREQ(pw_marginal_cause_name(PW_MARGINAL_NONE), "");
  EXPECT_STREQ(pw_marginal_cause_name(PW_MARGINAL_FLAPPING), "flapping");
  EXPECT_STREQ(pw_marginal_cause_name(PW_MARGINAL_FPIN), "fpin");
  EXPECT_STREQ(pw_marginal_cause_name(PW_MARGINAL_TRANSPORT), "transport");
  EXPECT_STREQ(pw_change_cause_name(PW_CAUSE_CHECK), "check");
  EXPECT_STREQ(pw_change_cause_name(PW_CAUSE_RESCAN), "re-scan");
  EXPECT_STREQ(pw_change_cause_name(PW_CAUSE_OPERATOR), "operator");
  EXPECT_STREQ(pw_change_cause_name(PW_CAUSE_EVENT), "event");
}

TEST(StateNamesTest, NumbersOfANewerMinorHaveAWord) {
  EXPECT_STREQ(pw_state_name(10), "unknown");
  EXPECT_STREQ(pw_scope_name(5), "unknown");
  EXPECT_STREQ(pw_alua_state_name(5), "unknown");
  EXPECT_STREQ(pw_passthrough_name(4), "unknown");
  EXPECT_STREQ(pw_transport_name(4), "other");
  EXPECT_STREQ(pw_marginal_cause_name(4), "unknown");
  EXPECT_STREQ(pw_change_cause_name(4), "unknown");
  EXPECT_STREQ(pw_counter_name(PW_COUNTERS), "");
}

TEST(StateNamesTest, EachCounterHasANameOfItsOwn) {
  std::set<std::string> names;
  for (std::uint32_t counter = 0; counter < PW_COUNTERS; ++counter) {
    names.insert(pw_counter_name(counter));
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(PW_COUNTERS));
  EXPECT_EQ(names.count(""), 0U);
}

}  // namespace
}  // namespace pathwatch::checker
