// Signals as completions of the loop instead of interruptions.
//
// Thread rule: loop thread only; created before any other thread, which would not have the
// signals blocked.
#ifndef PATHWATCH_LIB_RING_SIGNALS_H_
#define PATHWATCH_LIB_RING_SIGNALS_H_

#include <sys/signalfd.h>

#include <functional>
#include <memory>
#include <span>

#include "absl/status/statusor.h"
#include "lib/ring/loop.h"

namespace pathwatch::ring {

class SignalSource final {
 public:
  // The signal's number (SIGTERM, ...).
  using Handler = std::function<void(int)>;

  // Blocks `signals` for this thread and from then on calls `handler` once for each that arrives
  // (several of one number that arrive together may count as one). They stay blocked for ever: a
  // late one must not kill the program while it ends.
  // On failure, the status names the system call; the signals may be blocked.
  // The result must outlive `loop`.
  static absl::StatusOr<std::unique_ptr<SignalSource>> Create(Loop& loop,
                                                              std::span<const int> signals,
                                                              Handler handler);

  SignalSource(const SignalSource&) = delete;
  SignalSource& operator=(const SignalSource&) = delete;
  ~SignalSource();

 private:
  SignalSource(Loop& loop, int fd, Handler handler);

  void StartRead();
  void OnRead(const Result& result);
  void OnReadable(const Result& result);

  Loop& loop_;
  int fd_;
  Handler handler_;
  signalfd_siginfo signal_ = {};
  Bound<SignalSource, &SignalSource::OnRead> read_{*this};
  Bound<SignalSource, &SignalSource::OnReadable> readable_{*this};
};

}  // namespace pathwatch::ring

#endif  // PATHWATCH_LIB_RING_SIGNALS_H_
