#include "tests/bench/query/stage.h"

#include <sched.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <utility>

namespace pathwatch::bench {

void Fail(const std::string& what) {
  std::fprintf(stderr, "query_bench: %s\n", what.c_str());
  std::exit(1);
}

void TakePrecedence(bool take) {
  const sched_param priority = {.sched_priority = take ? 1 : 0};
  const int policy = take ? SCHED_FIFO | SCHED_RESET_ON_FORK : SCHED_OTHER;
  (void)::sched_setscheduler(0, policy, &priority);
}

Stage::Stage() {
  if (::mkdtemp(folder_.data()) == nullptr) Fail("cannot create " + folder_);
  void* memory =
      ::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) Fail("no memory");
  board_ = new (memory) Board;
}

Stage::~Stage() {
  TakePrecedence(false);
  for (const pid_t child : children_) {
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
  ::munmap(board_, sizeof(Board));
  std::filesystem::remove_all(folder_);
}

void Stage::Fork(const std::function<void()>& client) {
  const pid_t child = ::fork();
  if (child < 0) Fail("cannot fork");
  if (child == 0) {
    client();
    ::_exit(0);
  }
  children_.push_back(child);
}

std::unique_ptr<Host> Stage::Listen(std::uint32_t paths, std::uint32_t clients) {
  auto host = Host::Create(folder_, paths, clients + 1);
  if (!host.ok()) Fail(std::string(host.status().message()));
  TakePrecedence(true);
  board_->listening = true;
  return *std::move(host);
}

}  // namespace pathwatch::bench
