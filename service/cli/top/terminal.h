// The terminal, through ncurses.
//
// Thread rule: one thread; one object at a time.
#ifndef PATHWATCH_SERVICE_CLI_TOP_TERMINAL_H_
#define PATHWATCH_SERVICE_CLI_TOP_TERMINAL_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "service/cli/top/controls.h"
#include "service/cli/top/picture.h"
#include "service/cli/top/screen.h"

namespace pathwatch::top {

class Terminal {
 public:
  // Takes the whole screen until the end of the object, which gives it back as it was. On failure
  // nothing has changed: InvalidArgument if stdin or stdout is no terminal, else Unavailable.
  static absl::StatusOr<std::unique_ptr<Terminal>> Open();
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  ScreenSize size() const;
  void Show(const std::vector<Line>& lines);

  // Waits for a key, another size, a signal to end, or `timeout_ns`. False: the terminal is gone,
  // or somebody wants the program to end.
  bool Wait(std::int64_t timeout_ns);
  // The next key that was pressed; nothing if there is none, or it was no key but another size.
  std::optional<Key> NextKey();

 private:
  struct Curses;
  explicit Terminal(std::unique_ptr<Curses> curses);

  std::unique_ptr<Curses> curses_;
};

}  // namespace pathwatch::top

#endif  // PATHWATCH_SERVICE_CLI_TOP_TERMINAL_H_
