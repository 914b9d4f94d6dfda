// Who has something to do takes turns, so that a long answer delays the others by a slice at most.
//
// In one turn of the loop all takers together get `slice_ns`; each gets an equal share of what is
// left of it, and comes last again if it wants more.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_QUERY_TURNS_H_
#define PATHWATCH_LIB_QUERY_TURNS_H_

#include <list>
#include <optional>

#include "lib/ring/loop.h"

namespace pathwatch::query {

class Turns final {
 public:
  class Taker {
   protected:
    Taker() = default;
    // REQUIRES: it waits for no turn, or the loop is destroyed already.
    ~Taker() = default;

   private:
    friend class Turns;

    // Works until `end_ns` of Loop::clock_ns() at the latest. May add itself again, and may
    // destroy itself.
    virtual void TakeTurn(ring::TimeNs end_ns) = 0;

    std::optional<std::list<Taker*>::iterator> place_;
  };

  // Must outlive `loop`.
  Turns(ring::Loop& loop, ring::TimeNs slice_ns) : loop_(loop), slice_ns_(slice_ns) {}
  Turns(const Turns&) = delete;
  Turns& operator=(const Turns&) = delete;

  // The taker gets a turn soon, never from within this call. Does nothing if it waits already.
  void Add(Taker& taker);
  // Does nothing if it waits for no turn.
  void Remove(Taker& taker);

  // What the takers of one turn of the loop took together at most, since the start.
  ring::TimeNs longest_ns() const { return longest_ns_; }

 private:
  void OnTimer(ring::TimeNs now_ns);

  ring::Loop& loop_;
  const ring::TimeNs slice_ns_;
  ring::TimeNs longest_ns_ = 0;
  std::list<Taker*> waiting_;
  ring::BoundTimer<Turns, &Turns::OnTimer> timer_{*this};
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_TURNS_H_
