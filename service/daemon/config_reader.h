// Reads the files of the configuration without the loop ever waiting for the disk: a process of
// its own does, which may sleep in the kernel for as long as the disk does not answer. The paths
// of that disk may be just those that are down.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_CONFIG_READER_H_
#define PATHWATCH_SERVICE_DAEMON_CONFIG_READER_H_

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lib/config/source_files.h"
#include "lib/ring/completion.h"
#include "lib/ring/loop.h"
#include "lib/ring/timer.h"
#include "service/daemon/writer_process.h"

namespace pathwatch::service {

class ConfigReader {
 public:
  class Listener {
   public:
    // Everything that was read, or the problems. Never called from inside Start(); Start() may be
    // called from here.
    virtual void OnFilesRead(config::SourceFiles files) = 0;

   protected:
    ~Listener() = default;
  };

  // Runs in the other process.
  using Read = std::function<config::SourceFiles()>;

  // How long the disk may take.
  static constexpr std::int64_t kTimeLimitNs = 10'000'000'000;
  // So many processes may sleep in the kernel before no further one is started.
  static constexpr std::size_t kStuckMax = 4;

  // `read` reads and may check; `name` stands for the files in problems. The loop and the listener
  // are not owned; this object outlives `loop`.
  ConfigReader(ring::Loop& loop, std::string name, Read read, std::int64_t time_limit_ns,
               Listener& listener);
  ConfigReader(const ConfigReader&) = delete;
  ConfigReader& operator=(const ConfigReader&) = delete;
  ~ConfigReader();

  // Reads, and tells the listener. While that runs, another call makes it read once more
  // afterwards: what was changed meanwhile is not missed.
  void Start();
  bool running() const { return running_; }

 private:
  void Begin();
  void ReadOn();
  void OnRead(const ring::Result& result);
  void OnReadable(const ring::Result& result);
  void OnLimit(std::int64_t now_ns);
  void GiveUp(std::string why);
  void Finish(config::SourceFiles files);
  void Reap(std::int64_t now_ns);
  config::SourceFiles Problem(std::string what) const;

  ring::Loop& loop_;
  const std::string name_;
  const Read read_files_;
  const std::int64_t time_limit_ns_;
  Listener& listener_;

  bool running_ = false;
  bool again_ = false;
  WriterProcess process_;
  std::string bytes_;                    // that have come
  std::optional<std::string> given_up_;  // why nothing more is expected
  std::array<std::byte, 1 << 16> buffer_;
  // Ended, or killed and perhaps still asleep.
  std::vector<pid_t> to_reap_;
  std::int64_t reap_pause_ns_ = 0;

  ring::Bound<ConfigReader, &ConfigReader::OnRead> read_{*this};
  ring::Bound<ConfigReader, &ConfigReader::OnReadable> readable_{*this};
  ring::BoundTimer<ConfigReader, &ConfigReader::OnLimit> limit_{*this};
  ring::BoundTimer<ConfigReader, &ConfigReader::Reap> reap_{*this};
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_CONFIG_READER_H_
