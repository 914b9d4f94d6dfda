// What a service makes of a call: one reply or a stream of them, made bit by bit so that neither a
// long answer nor a slow client ever holds the loop up.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_QUERY_ANSWER_H_
#define PATHWATCH_LIB_QUERY_ANSWER_H_

#include <rapidjson/document.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace pathwatch::query {

// Who calls, as the kernel vouches for it (SO_PEERCRED, SO_PEERGROUPS) at the time of connecting.
struct Caller {
  pid_t pid = 0;
  uid_t uid = static_cast<uid_t>(-1);
  bool privileged =
      false;  // uid 0, the daemon's own user, or a member of the administrators' group
};

// Of a call that is in progress; never used twice.
using CallId = std::uint64_t;

struct Call {
  CallId id = 0;
  std::string_view method;  // without the interface: "ListPaths"
  // An object that fits the interface description. Valid while Service::Start runs.
  const rapidjson::Value& parameters;
  bool more = false;
  bool oneway = false;  // nobody reads the replies
  Caller caller;
};

// Where an answer goes.
class Replies {
 public:
  // One reply: Begin, its parameters (the text of one JSON object, in any number of pieces), End.
  virtual void Begin() = 0;
  virtual void Append(std::string_view json) = 0;
  // `continues`: another reply follows. REQUIRES: a call with `more`, if it does.
  virtual void End(bool continues) = 0;
  // The last reply, an error: its name ("io.pathwatch.NoSuchPath") and the text of a JSON object.
  virtual void Fail(std::string_view error, std::string_view parameters) = 0;

  // True when it is time to return from Continue: the slice of time is used up, or the client has
  // enough to read.
  virtual bool Enough() = 0;

 protected:
  ~Replies() = default;
};

enum class Progress {
  kMore,     // there is more to write: go on as soon as possible
  kWaiting,  // nothing to write until Server::Wake is called for the call
  kDone,     // the last reply is written
};

class Answer {
 public:
  virtual ~Answer() = default;

  // Writes until it is done, has to wait, or `replies.Enough()`, which is asked after every few
  // microseconds of work. Called again after kMore when there is time and room, after kWaiting when
  // woken. An answer that is destroyed before it is done has lost its client.
  virtual Progress Continue(Replies& replies) = 0;
};

// Answers calls of one interface.
class Service {
 public:
  // Never null. Called for methods of the interface description only, with parameters that fit it.
  virtual std::unique_ptr<Answer> Start(const Call& call) = 0;

 protected:
  ~Service() = default;
};

// An answer that is one reply: the text of a JSON object.
std::unique_ptr<Answer> Success(std::string parameters);
// An answer that is one error.
std::unique_ptr<Answer> Failure(std::string error, std::string parameters = "{}");
// org.varlink.service.InvalidParameter
std::unique_ptr<Answer> InvalidParameter(std::string_view parameter);
// org.varlink.service.ExpectedMore: the method streams, and was called without `more`.
std::unique_ptr<Answer> ExpectedMore();
// org.varlink.service.PermissionDenied
std::unique_ptr<Answer> PermissionDenied();

// {"<name>":"<value>"}, for the parameters of an error; `value` may hold any byte.
std::string TextParameter(std::string_view name, std::string_view value);

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_ANSWER_H_
