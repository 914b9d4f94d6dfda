#include "tests/bench/passthrough/ring_turs.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "tests/bench/passthrough/bsg_payload.h"
#include "tests/bench/passthrough/cost.h"

namespace pathwatch::bench {
namespace {

constexpr unsigned kEntries = 256;
// The step of an operation is kept in the low bits of the command's address.
constexpr std::uintptr_t kStepMask = 3;

std::uint64_t Address(const void* object) { return reinterpret_cast<std::uintptr_t>(object); }

}  // namespace

absl::StatusOr<std::unique_ptr<RingTurs>> RingTurs::Create(Manner manner,
                                                           const std::vector<Target>& targets) {
  std::unique_ptr<RingTurs> turs(new RingTurs(manner, targets));
  io_uring_params params{};
  params.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN;
  if (manner.form == Form::kBsg) params.flags |= IORING_SETUP_SQE128 | IORING_SETUP_CQE32;
  const int result = io_uring_queue_init_params(kEntries, &turs->ring_, &params);
  if (result < 0) {
    return absl::ErrnoToStatus(-result, "the kernel refuses an io_uring with DEFER_TASKRUN");
  }
  turs->ready_ = true;
  return turs;
}

RingTurs::RingTurs(Manner manner, const std::vector<Target>& targets)
    : manner_(manner), turs_(targets.size()) {
  for (std::size_t i = 0; i < targets.size(); ++i) {
    turs_[i].file = targets[i].file;
    if (manner.form == Form::kBsg) continue;
    std::unique_ptr<Host>& host = hosts_[targets[i].host];
    if (host == nullptr) {
      host = std::make_unique<Host>(targets[i].host, CanQueue(targets[i].host));
    }
    turs_[i].host = host.get();
  }
}

RingTurs::~RingTurs() {
  if (ready_) io_uring_queue_exit(&ring_);
}

io_uring_sqe* RingTurs::NextSqe(Tur& tur, Step step) {
  io_uring_sqe* sqe = io_uring_get_sqe(&ring_);
  while (sqe == nullptr) {
    io_uring_submit(&ring_);
    sqe = io_uring_get_sqe(&ring_);
  }
  std::memset(sqe, 0, manner_.form == Form::kBsg ? 2 * sizeof *sqe : sizeof *sqe);
  sqe->fd = tur.file;
  sqe->user_data = Address(&tur) | static_cast<std::uintptr_t>(step);
  return sqe;
}

absl::Status RingTurs::Start(std::size_t target) {
  Tur& tur = turs_[target];
  tur.started_ns = NowNs();
  tur.out = true;
  ++out_;
  if (manner_.form != Form::kBsg) return StartSg(tur);
  StartBsg(tur);
  return absl::OkStatus();
}

void RingTurs::StartBsg(Tur& tur) {
  io_uring_sqe* const sqe = NextSqe(tur, Step::kCommand);
  sqe->opcode = IORING_OP_URING_CMD;
  const BsgPayload payload =
      BsgTur(Address(tur.buffers.cdb.data()), Address(tur.buffers.sense.data()), kTimeoutMs);
  std::memcpy(&sqe->cmd, &payload, sizeof payload);
}

absl::Status RingTurs::StartSg(Tur& tur) {
  using passthrough::HostGate;
  const HostGate::Way way =
      manner_.gate ? tur.host->gate.Choose(tur.started_ns) : HostGate::Way::kInline;
  if (way == HostGate::Way::kNone) {
    return absl::ResourceExhaustedError(
        "a host is more than half busy; give nodes of more hosts, or a smaller --batch");
  }
  tur.by_worker = way == HostGate::Way::kWorker;
  tur.request = SgTur(tur.buffers, &tur);
  io_uring_sqe* const sqe = NextSqe(tur, Step::kWrite);
  sqe->opcode = IORING_OP_WRITE;
  sqe->addr = Address(&tur.request);
  sqe->len = sizeof tur.request;
  sqe->off = UINT64_MAX;
  if (tur.by_worker) sqe->flags |= IOSQE_ASYNC;
  const bool at_once = manner_.form == Form::kSgPair || manner_.form == Form::kSgLinked;
  // The success of a worker's write has to be told: the host's gate counts them.
  if (at_once && !tur.by_worker) sqe->flags |= IOSQE_CQE_SKIP_SUCCESS;
  if (manner_.form == Form::kSgLinked) sqe->flags |= IOSQE_IO_LINK;
  if (at_once) Read(tur);
  return absl::OkStatus();
}

void RingTurs::Poll(Tur& tur) {
  io_uring_sqe* const sqe = NextSqe(tur, Step::kPoll);
  sqe->opcode = IORING_OP_POLL_ADD;
  sqe->poll32_events = POLLIN;
}

void RingTurs::Read(Tur& tur) {
  tur.reply = {};
  io_uring_sqe* const sqe = NextSqe(tur, Step::kRead);
  sqe->opcode = IORING_OP_READ;
  sqe->addr = Address(&tur.reply);
  sqe->len = sizeof tur.reply;
  sqe->off = UINT64_MAX;
}

absl::Status RingTurs::Turn(std::int64_t until_ns, std::vector<Answer>& answers) {
  answers.clear();
  ++turns_;
  const std::int64_t wait_ns = std::max<std::int64_t>(until_ns - NowNs(), 0);
  __kernel_timespec wait = {.tv_sec = wait_ns / 1'000'000'000, .tv_nsec = wait_ns % 1'000'000'000};
  io_uring_cqe* cqe = nullptr;
  const int result = io_uring_submit_and_wait_timeout(&ring_, &cqe, 1, &wait, nullptr);
  if (result < 0 && result != -ETIME && result != -EINTR) {
    return absl::ErrnoToStatus(-result, "io_uring_enter");
  }
  const std::int64_t now_ns = NowNs();
  absl::Status status;
  unsigned head = 0;
  unsigned taken = 0;
  io_uring_for_each_cqe(&ring_, head, cqe) {
    ++taken;
    status.Update(Take(*cqe, now_ns, answers));
  }
  io_uring_cq_advance(&ring_, taken);
  return status;
}

absl::Status RingTurs::Take(const io_uring_cqe& cqe, std::int64_t now_ns,
                            std::vector<Answer>& answers) {
  const auto data = static_cast<std::uintptr_t>(cqe.user_data);
  Tur& tur = *reinterpret_cast<Tur*>(data & ~kStepMask);
  const auto step = static_cast<Step>(data & kStepMask);
  if (step == Step::kCommand) {
    Finish(tur, BsgGood(cqe.res, cqe.big_cqe[0]), now_ns, answers);
    return absl::OkStatus();
  }
  if (step == Step::kWrite && tur.by_worker) tur.host->gate.WorkerDone();
  if (step == Step::kRead && cqe.res == -EAGAIN) {
    Read(tur);
    return absl::OkStatus();
  }
  if (cqe.res < 0) {
    return absl::ErrnoToStatus(-cqe.res, absl::StrCat("step ", static_cast<int>(step), " on sg"));
  }
  switch (step) {
    case Step::kWrite:
      if (manner_.form == Form::kSgPoll) Poll(tur);
      if (manner_.form == Form::kSgRead) Read(tur);
      break;
    case Step::kPoll:
      Read(tur);
      break;
    default:
      Finish(tur, SgGood(tur.reply, &tur), now_ns, answers);
      break;
  }
  return absl::OkStatus();
}

void RingTurs::Finish(Tur& tur, bool good, std::int64_t now_ns, std::vector<Answer>& answers) {
  tur.out = false;
  --out_;
  const auto target = static_cast<std::size_t>(&tur - turs_.data());
  answers.push_back({.target = target, .latency_ns = now_ns - tur.started_ns, .good = good});
}

}  // namespace pathwatch::bench
