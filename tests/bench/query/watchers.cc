#include "tests/bench/query/watchers.h"

#include <sys/epoll.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "tests/bench/query/reply_scan.h"
#include "tests/bench/query/socket.h"

namespace pathwatch::bench {
namespace {

constexpr const char* kWatch =
    R"({"method":"io.pathwatch.Watch","parameters":{"fields":["path","state"]},"more":true})";
constexpr int kLookMs = 10;  // how often it is looked whether the end has come

class Watcher {
 public:
  Watcher(int fd, Board& board) : fd_(fd), board_(board) { SendCall(fd_, kWatch); }
  ~Watcher() { ::close(fd_); }
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  int fd() const { return fd_; }
  bool over() const { return over_; }

  // Takes what there is; `room` is shared by all watchers.
  void Read(std::vector<char>& room) {
    const ssize_t got = ::recv(fd_, room.data(), room.size(), 0);
    if (got > 0) {
      TakeFrames({room.data(), static_cast<std::size_t>(got)});
    } else if (got == 0 || errno != EAGAIN) {
      ++board_.broken;
      over_ = true;
      ++board_.done;
    }
  }

  void LookForEnd() {
    const std::uint64_t end = board_.end;
    if (over_ || end == 0 || !complete_ || sequence_ < end) return;
    over_ = true;
    if (states_ != board_.truth) ++board_.wrong;
    ++board_.done;
  }

 private:
  void TakeFrames(std::string_view bytes) {
    for (;;) {
      const std::size_t nul = bytes.find('\0');
      if (nul == bytes.npos) break;
      if (begun_.empty()) {
        Take(bytes.substr(0, nul));
      } else {
        begun_ += bytes.substr(0, nul);
        Take(begun_);
        begun_.clear();
      }
      bytes.remove_prefix(nul + 1);
    }
    begun_ += bytes;
  }

  void Take(std::string_view frame) {
    ReplyScan reply(frame);
    if (reply.lost()) {
      ++board_.lost;
      complete_ = false;
      states_.fill(PW_STATE_REMOVED);
    }
    const bool all_told = complete_;
    while (const auto item = reply.Next()) {
      if (!reply.snapshot() && all_told) CheckNext(item->sequence);
      if (item->lun < states_.size()) {
        states_[item->lun] = item->state == "up" ? PW_STATE_UP : PW_STATE_DOWN;
      }
    }
    if (complete_ && sequence_ != reply.sequence()) ++board_.missing;
    sequence_ = reply.sequence();
    if (!reply.complete()) return;
    complete_ = true;
    if (!was_complete_) ++board_.complete;
    was_complete_ = true;
  }

  void CheckNext(std::uint64_t sequence) {
    if (sequence != sequence_ + 1) ++board_.missing;
    sequence_ = sequence;
    ++board_.changes;
  }

  const int fd_;
  Board& board_;
  std::string begun_;  // a frame without its end
  std::uint64_t sequence_ = 0;
  bool complete_ = false;
  bool was_complete_ = false;
  bool over_ = false;
  States states_{};
};

}  // namespace

void RunWatchers(const std::string& socket, std::uint32_t count, Board& board) {
  while (!board.listening) ::usleep(1'000);
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<std::unique_ptr<Watcher>> watchers;
  for (std::uint32_t i = 0; i < count; ++i) {
    const int fd = Connect(socket, /*blocking=*/false);
    if (fd < 0) {
      ++board.broken;
      ++board.done;
      continue;
    }
    watchers.push_back(std::make_unique<Watcher>(fd, board));
    epoll_event event = {.events = EPOLLIN, .data = {.ptr = watchers.back().get()}};
    ::epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
  }
  std::vector<char> room(1 << 18);
  std::array<epoll_event, 64> ready;
  std::size_t over = 0;
  while (over < watchers.size()) {
    const int count_ready = ::epoll_wait(poll, ready.data(), ready.size(), kLookMs);
    for (int i = 0; i < count_ready; ++i) {
      auto& watcher = *static_cast<Watcher*>(ready[static_cast<std::size_t>(i)].data.ptr);
      watcher.Read(room);
      if (watcher.over()) ::epoll_ctl(poll, EPOLL_CTL_DEL, watcher.fd(), nullptr);
    }
    if (board.end == 0 && over == 0 && count_ready > 0) continue;
    over = 0;
    for (const auto& watcher : watchers) {
      watcher->LookForEnd();
      over += watcher->over();
    }
  }
  ::close(poll);
}

}  // namespace pathwatch::bench
