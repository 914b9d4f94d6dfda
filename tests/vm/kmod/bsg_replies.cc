// Sends commands through io_uring to bsg nodes and prints what comes back, undecoded.
//
//   bsg_replies [--ring big|sqe128|cqe32|small] [--registered] NODE...
//
// Each line of the standard input is a command, CDB DATA_BYTES TIMEOUT_MS [CHANGE...]:
//
//   a30a000000000000010000000000 256 30000   CDB in hexadecimal, data that may come in
//   2a000000000000000100 out=512 30000       data that goes out, each byte 0x11
//   000000000000 0 30000 12=1                the 32-bit word at offset 12 of the payload made 1
//
// It is sent to all nodes at once; when all have answered, there is one line for each, in the
// order of the nodes:
//
//   RES BIG_CQE_0 BIG_CQE_1 SENSE DATA
//
// SENSE and DATA are what was written there up to the last byte that differs from what was there
// before, "-" if nothing. --ring makes a ring that has only the named large entries; --registered
// keeps the data in a registered buffer.
#include <fcntl.h>
#include <liburing.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <memory>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "lib/ring/submission.h"

namespace pathwatch::ring {
namespace {

constexpr std::size_t kSenseBytes = 96;
constexpr std::size_t kDataBytesMax = 4096;
constexpr std::byte kUntouched{0xa5};
constexpr std::byte kWritten{0x11};
constexpr std::size_t kSmallPayloadBytes = 16;  // all that fits behind offset 48 of 64 bytes

[[noreturn]] void Die(const std::string& why) {
  std::cerr << "bsg_replies: " << why << '\n';
  std::exit(2);
}

struct Options {
  unsigned ring_flags = IORING_SETUP_SQE128 | IORING_SETUP_CQE32;
  bool registered = false;
  std::vector<std::string> nodes;
};

struct Command {
  std::vector<std::byte> cdb;
  std::uint32_t data_bytes = 0;
  bool out = false;
  std::uint32_t timeout_ms = 0;
  std::map<std::size_t, std::uint32_t> changes;  // by offset in the payload
};

struct Reply {
  int res = 0;
  std::array<std::uint64_t, 2> big_cqe = {};
};

// Where a node's reply is written.
struct Memory {
  alignas(kDataBytesMax) std::array<std::byte, kDataBytesMax> data;
  std::array<std::byte, kSenseBytes> sense;
};

std::uint32_t Number(const std::string& text, int base = 10) {
  std::size_t used = 0;
  unsigned long value = 0;
  try {
    value = std::stoul(text, &used, base);
  } catch (const std::exception&) {
  }
  if (used == 0 || used != text.size() || value > UINT32_MAX) Die("'" + text + "' is no number");
  return static_cast<std::uint32_t>(value);
}

Options ParseOptions(std::span<char*> arguments) {
  const std::map<std::string_view, unsigned> rings = {
      {"big", IORING_SETUP_SQE128 | IORING_SETUP_CQE32},
      {"sqe128", IORING_SETUP_SQE128},
      {"cqe32", IORING_SETUP_CQE32},
      {"small", 0},
  };
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--ring") {
      const auto ring = ++i < arguments.size() ? rings.find(arguments[i]) : rings.end();
      if (ring == rings.end()) Die("--ring takes big, sqe128, cqe32 or small");
      options.ring_flags = ring->second;
    } else if (argument == "--registered") {
      options.registered = true;
    } else {
      options.nodes.emplace_back(argument);
    }
  }
  if (options.nodes.empty()) Die("name a node, such as /dev/bsg/0:0:0:0");
  return options;
}

Command ParseCommand(const std::string& line) {
  std::istringstream words(line);
  std::string cdb, data, timeout, change;
  words >> cdb >> data >> timeout;
  Command command;
  for (std::size_t i = 0; i < cdb.size(); i += 2) {
    command.cdb.push_back(static_cast<std::byte>(Number(cdb.substr(i, 2), 16)));
  }
  command.out = data.starts_with("out=");
  command.data_bytes = Number(command.out ? data.substr(4) : data);
  if (command.data_bytes > kDataBytesMax) Die("more than 4096 bytes of data: " + line);
  command.timeout_ms = Number(timeout);
  while (words >> change) {
    const std::size_t equals = std::min(change.find('='), change.size() - 1);
    const std::uint32_t offset = Number(change.substr(0, equals));
    if (offset % 4 != 0 || offset >= kCommandBytes) Die("no word of the payload: " + change);
    command.changes[offset] = Number(change.substr(equals + 1));
  }
  return command;
}

template <typename T>
void Put(std::span<std::byte, kCommandBytes> payload, std::size_t offset, T value) {
  std::memcpy(payload.data() + offset, &value, sizeof(value));
}

std::array<std::byte, kCommandBytes> Payload(const Command& command, const Memory& memory) {
  std::array<std::byte, kCommandBytes> payload = {};
  const std::size_t data = command.out ? 32 : 48;
  Put(payload, 0, command.cdb.data());
  Put(payload, 8, static_cast<std::uint32_t>(command.cdb.size()));
  Put(payload, 20, static_cast<std::uint32_t>(kSenseBytes));
  Put(payload, 24, memory.sense.data());
  if (command.data_bytes != 0) Put(payload, data, memory.data.data());
  Put(payload, data + 8, command.data_bytes);
  Put(payload, 64, command.timeout_ms);
  for (const auto& [offset, value] : command.changes) Put(payload, offset, value);
  return payload;
}

std::string Hex(std::span<const std::byte> bytes, std::byte before) {
  std::size_t size = bytes.size();
  while (size > 0 && bytes[size - 1] == before) --size;
  std::string text;
  for (const std::byte byte : bytes.first(size)) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += kDigits[std::to_integer<unsigned>(byte) / 16];
    text += kDigits[std::to_integer<unsigned>(byte) % 16];
  }
  return text.empty() ? "-" : text;
}

class Sender {
 public:
  explicit Sender(const Options& options) : options_(options), memory_(options.nodes.size()) {
    io_uring_params params = {};
    params.flags = options.ring_flags | IORING_SETUP_CLAMP;
    int error =
        io_uring_queue_init_params(static_cast<unsigned>(options.nodes.size()), &ring_, &params);
    if (error != 0) Die(std::string("no ring: ") + std::strerror(-error));
    for (const std::string& node : options.nodes) {
      files_.push_back(open(node.c_str(), O_RDONLY | O_CLOEXEC));
      if (files_.back() < 0) Die(node + ": " + std::strerror(errno));
    }
    const iovec all = {.iov_base = memory_.data(), .iov_len = memory_.size() * sizeof(Memory)};
    if (options.registered) error = io_uring_register_buffers(&ring_, &all, 1);
    if (error != 0) Die(std::string("cannot register a buffer: ") + std::strerror(-error));
  }

  void Send(const Command& command) {
    for (std::size_t i = 0; i < files_.size(); ++i) {
      memory_[i].data.fill(command.out ? kWritten : kUntouched);
      memory_[i].sense.fill(kUntouched);
      Fill(i, Payload(command, memory_[i]));
    }
    const std::vector<Reply> replies = WaitForAll();
    for (std::size_t i = 0; i < files_.size(); ++i) {
      const auto& [res, big_cqe] = replies[i];
      std::printf("%d %016llx %016llx %s %s\n", res, static_cast<unsigned long long>(big_cqe[0]),
                  static_cast<unsigned long long>(big_cqe[1]),
                  Hex(memory_[i].sense, kUntouched).c_str(),
                  Hex(memory_[i].data, command.out ? kWritten : kUntouched).c_str());
    }
    std::fflush(stdout);
  }

 private:
  void Fill(std::size_t index, const std::array<std::byte, kCommandBytes>& payload) {
    io_uring_sqe* const sqe = io_uring_get_sqe(&ring_);
    if (sqe == nullptr) Die("too many nodes");
    std::array<std::byte, kBigSqeBytes> entry;
    FillUringCommand(entry, files_[index], payload, index);
    const bool big = (options_.ring_flags & IORING_SETUP_SQE128) != 0;
    const std::size_t small = kBigSqeBytes - kCommandBytes + kSmallPayloadBytes;
    std::memcpy(sqe, entry.data(), big ? kBigSqeBytes : small);
    if (options_.registered) sqe->uring_cmd_flags = IORING_URING_CMD_FIXED;
  }

  // A command that waits for a tag of its host gets one only when others have been taken from the
  // ring, so each is, as soon as it is there.
  std::vector<Reply> WaitForAll() {
    std::vector<Reply> replies(files_.size());
    for (std::size_t left = files_.size(); left > 0;) {
      const int entered = io_uring_submit_and_wait(&ring_, 1);
      if (entered < 0 && entered != -EINTR) Die(std::strerror(-entered));
      for (io_uring_cqe* cqe = nullptr; io_uring_peek_cqe(&ring_, &cqe) == 0; --left) {
        replies.at(cqe->user_data) = Read(*cqe);
        io_uring_cqe_seen(&ring_, cqe);
      }
    }
    return replies;
  }

  Reply Read(const io_uring_cqe& cqe) const {
    Reply reply = {.res = cqe.res};
    if ((options_.ring_flags & IORING_SETUP_CQE32) != 0) {
      std::copy_n(cqe.big_cqe, reply.big_cqe.size(), reply.big_cqe.begin());
    }
    return reply;
  }

  Options options_;
  std::vector<Memory> memory_;
  std::vector<int> files_;
  io_uring ring_ = {};
};

int Run(std::span<char*> arguments) {
  Sender sender(ParseOptions(arguments));
  for (std::string line; std::getline(std::cin, line);) sender.Send(ParseCommand(line));
  return 0;
}

}  // namespace
}  // namespace pathwatch::ring

int main(int argc, char** argv) {
  return pathwatch::ring::Run(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
}
