#include "service/cli/top/terminal.h"

#include <curses.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "absl/status/status.h"

namespace pathwatch::top {
namespace {

constexpr std::int64_t kMillisecondNs = 1'000'000;

// Signals that end the program arrive through a descriptor, so that the screen is given back.
class EndSignals {
 public:
  EndSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
    sigprocmask(SIG_BLOCK, &signals, &before_);
    descriptor_ = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
  }
  ~EndSignals() {
    if (descriptor_ >= 0) close(descriptor_);
    sigprocmask(SIG_SETMASK, &before_, nullptr);
  }
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;

  int descriptor() const { return descriptor_; }

  // Takes those that came, so that none of them ends the program once they are let through.
  void Take() const {
    signalfd_siginfo info;
    while (read(descriptor_, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
    }
  }

 private:
  sigset_t before_{};
  int descriptor_ = -1;
};

enum Pair : short { kGreen = 1, kYellow, kRed };

void ChooseColours() {
  if (!has_colors()) return;
  start_color();
  use_default_colors();
  init_pair(kGreen, COLOR_GREEN, -1);
  init_pair(kYellow, COLOR_YELLOW, -1);
  init_pair(kRed, COLOR_RED, -1);
}

chtype AttributesOf(Style style) {
  const auto colour = [](Pair pair) -> chtype { return has_colors() ? COLOR_PAIR(pair) : 0; };
  switch (style) {
    case Style::kPlain:
      return A_NORMAL;
    case Style::kTitle:
      return A_BOLD;
    case Style::kHeading:
      return A_REVERSE;
    case Style::kGood:
      return colour(kGreen);
    case Style::kDoubtful:
      return colour(kYellow);
    case Style::kBad:
      return has_colors() ? colour(kRed) : A_BOLD;
    case Style::kAlarm:
      return A_REVERSE | A_BOLD | colour(kRed);
  }
  return A_NORMAL;
}

Key KeyOf(int code) {
  switch (code) {
    case KEY_UP:
      return {Key::Kind::kUp};
    case KEY_DOWN:
      return {Key::Kind::kDown};
    case KEY_PPAGE:
      return {Key::Kind::kPageUp};
    case KEY_NPAGE:
      return {Key::Kind::kPageDown};
    case KEY_HOME:
      return {Key::Kind::kHome};
    case KEY_END:
      return {Key::Kind::kEnd};
    case KEY_ENTER:
    case '\r':
    case '\n':
      return {Key::Kind::kEnter};
    case KEY_BACKSPACE:
    case '\b':
    case '\x7f':
      return {Key::Kind::kBackspace};
    case '\x1b':
      return {Key::Kind::kEscape};
    default:
      break;
  }
  const bool character = code == '\t' || (code >= ' ' && code <= '~');
  return character ? Key{Key::Kind::kCharacter, static_cast<char>(code)} : Key{};
}

bool HasText(const char* capability) {
  const char* text = tigetstr(capability);
  // -1 says that it is no such capability.
  return text != nullptr && reinterpret_cast<std::intptr_t>(text) != -1;
}

}  // namespace

struct Terminal::Curses {
  explicit Curses(SCREEN* taken) : screen(taken) {}
  ~Curses() {
    // Terminals without a second screen keep the picture; what comes next stands below it.
    move(getmaxy(stdscr) - 1, 0);
    clrtoeol();
    refresh();
    endwin();
    delscreen(screen);
  }
  Curses(const Curses&) = delete;
  Curses& operator=(const Curses&) = delete;

  EndSignals signals;
  SCREEN* screen;
};

Terminal::Terminal(std::unique_ptr<Curses> curses) : curses_(std::move(curses)) {}
Terminal::~Terminal() = default;

absl::StatusOr<std::unique_ptr<Terminal>> Terminal::Open() {
  if (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0) {
    return absl::InvalidArgumentError(
        "top needs a terminal; for scripts there are status, paths and watch, with --json");
  }
  const char* type = std::getenv("TERM");
  const std::string named = type == nullptr ? "" : type;
  SCREEN* screen = newterm(nullptr, stdout, stdin);
  if (screen == nullptr) {
    return absl::UnavailableError("the terminal is of a type that is not known here ('" + named +
                                  "'): set TERM, to vt100 for example");
  }
  auto curses = std::make_unique<Curses>(screen);
  if (!HasText("cup") || !HasText("clear")) {
    return absl::UnavailableError("a terminal of type '" + named +
                                  "' cannot show a picture: use watch, or set TERM");
  }
  ChooseColours();
  cbreak();
  noecho();
  nonl();
  curs_set(0);
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  set_escdelay(25);
  return std::unique_ptr<Terminal>(new Terminal(std::move(curses)));
}

ScreenSize Terminal::size() const {
  return {static_cast<std::size_t>(getmaxx(stdscr)), static_cast<std::size_t>(getmaxy(stdscr))};
}

void Terminal::Show(const std::vector<Line>& lines) {
  erase();
  int row = 0;
  for (const Line& line : lines) {
    attrset(static_cast<int>(AttributesOf(line.style)));
    std::string text = line.text;
    if (line.style == Style::kHeading || line.style == Style::kAlarm) {
      text.resize(size().width, ' ');
    }
    mvaddnstr(row++, 0, text.c_str(), static_cast<int>(size().width));
  }
  refresh();
}

bool Terminal::Wait(std::int64_t timeout_ns) {
  std::array<pollfd, 2> events = {
      {{STDIN_FILENO, POLLIN, 0}, {curses_->signals.descriptor(), POLLIN, 0}}};
  // A signal that changes the size interrupts it.
  const int ready = poll(events.data(), events.size(),
                         static_cast<int>((timeout_ns + kMillisecondNs - 1) / kMillisecondNs));
  if (ready <= 0) return true;
  if (events[1].revents != 0) {
    curses_->signals.Take();
    return false;
  }
  return (events[0].revents & (POLLHUP | POLLERR | POLLNVAL)) == 0;
}

std::optional<Key> Terminal::NextKey() {
  const int code = getch();
  if (code == ERR || code == KEY_RESIZE) return std::nullopt;
  return KeyOf(code);
}

}  // namespace pathwatch::top
