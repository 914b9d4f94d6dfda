// Calls of the interface without a socket: whatever is answered has to fit the description of the
// interface.
#ifndef PATHWATCH_TESTS_SERVICE_DAEMON_QUERY_QUERY_TESTING_H_
#define PATHWATCH_TESTS_SERVICE_DAEMON_QUERY_QUERY_TESTING_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lib/publish/state_file.h"
#include "lib/query/answer.h"
#include "lib/query/interface_description.h"
#include "lib/ring/loop.h"
#include "service/daemon/query/query_service.h"
#include "tests/service/cli/published_state.h"

namespace pathwatch::service {

// One reply, or the error.
struct Told {
  std::string error;  // without the interface
  std::string text;   // the parameters
  bool continues = false;
};

// Collects replies. Enough() is true from the so-and-so-many-th time on that it is asked.
class CollectedReplies final : public query::Replies {
 public:
  void Begin() override;
  void Append(std::string_view json) override;
  void End(bool continues) override;
  void Fail(std::string_view error, std::string_view parameters) override;
  bool Enough() override { return ++asked_ >= patience_; }

  // Before each Continue.
  void SetPatience(std::uint64_t patience) {
    patience_ = patience;
    asked_ = 0;
  }
  const std::vector<Told>& told() const { return told_; }
  std::vector<Told> Take() { return std::exchange(told_, {}); }
  bool over() const { return over_; }

 private:
  std::vector<Told> told_;
  std::string text_;
  bool open_ = false;
  bool over_ = false;
  std::uint64_t patience_ = UINT64_MAX;
  std::uint64_t asked_ = 0;
};

// What the daemon was asked for.
class RecordedRequests final : public Requests {
 public:
  void CheckNow(const discovery::Hctl& path) override { checks.push_back(path); }
  std::int64_t deadline_ns() const override { return 1'000'000'000; }
  absl::Status AcceptIdentity(const discovery::Hctl& path, const query::Caller& caller) override;
  std::uint64_t Reload(const query::Caller&) override { return ++reloads_asked; }
  Reloads reloads() const override { return state; }

  std::vector<discovery::Hctl> checks;
  std::vector<discovery::Hctl> accepted;
  bool refuse = false;
  std::uint64_t reloads_asked = 0;
  Reloads state;
};

class QueryServiceTest : public testing::Test {
 protected:
  QueryServiceTest();
  ~QueryServiceTest() override;

  // Publishes, with the nexuses and logical units that they belong to.
  void Put(std::uint32_t slot, const pw_path_record& path);
  // Changes the state of the path in that slot, as the daemon does.
  void Change(std::uint32_t slot, pw_state to);

  // A call that is in progress.
  class Ongoing {
   public:
    Ongoing(std::unique_ptr<query::Answer> answer, std::string method, query::CallId id)
        : answer_(std::move(answer)), method_(std::move(method)), id_(id) {}
    query::Progress Continue(std::uint64_t patience = UINT64_MAX);
    // What was told since; each has been compared with the description.
    std::vector<Told> Take();
    query::CallId id() const { return id_; }
    void Drop() { answer_.reset(); }

   private:
    std::unique_ptr<query::Answer> answer_;
    std::string method_;
    query::CallId id_;
    CollectedReplies replies_;
  };

  Ongoing Begin(const std::string& method, const std::string& parameters, bool more = false,
                bool privileged = true);
  // All replies of a call that is over without waiting. With a patience it is asked again and
  // again.
  std::vector<Told> Ask(const std::string& method, const std::string& parameters = "{}",
                        bool more = false, std::uint64_t patience = UINT64_MAX,
                        bool privileged = true);
  // The same, of a call with one reply.
  Told AskOne(const std::string& method, const std::string& parameters = "{}");

  publish::StateFile& file() { return *file_; }
  ring::Loop& loop() { return *loop_; }
  QueryService& service() { return *service_; }
  RecordedRequests& requests() { return requests_; }
  const std::set<query::CallId>& woken() const { return woken_; }

 private:
  std::string folder_;
  std::unique_ptr<publish::StateFile> file_;
  RecordedRequests requests_;
  std::set<query::CallId> woken_;
  std::unique_ptr<ring::Loop> loop_;
  std::unique_ptr<QueryService> service_;
  query::CallId last_call_ = 0;
};

// "3:0:0:1 up, 4:0:0:1 down": what a reply's array of paths says, in its order.
std::string PathsOf(const Told& told, const char* array = "paths");

}  // namespace pathwatch::service

#endif  // PATHWATCH_TESTS_SERVICE_DAEMON_QUERY_QUERY_TESTING_H_
