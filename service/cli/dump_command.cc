#include "service/cli/dump_command.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "service/cli/archive.h"
#include "service/cli/dump_parts.h"
#include "service/cli/exit_code.h"

namespace pathwatch::cli {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr mode_t kMode = 0600;

// The host's name as far as it is harmless in the name of a file.
std::string HostName() {
  std::array<char, 65> name{};
  gethostname(name.data(), name.size() - 1);
  std::string host(name.data());
  std::erase_if(host, [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return !letter && (c < '0' || c > '9') && c != '-' && c != '_';
  });
  return host.empty() ? "host" : host;
}

// "pathwatch-HOST-20261122T083125Z"
std::string ArchiveName(const present::Clocks& clocks) {
  std::string time = present::WallTime(clocks.boot_now_ns, clocks).substr(0, 19);
  std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
  return "pathwatch-" + HostName() + "-" + time + "Z";
}

absl::Status Write(const Context& context, const DumpOptions& options, int descriptor) {
  auto archive = Archive::Begin(descriptor, ArchiveName(context.clocks),
                                context.clocks.wall_now_ns / kSecondNs);
  if (!archive.ok()) return archive.status();
  absl::Status status = AddParts(context, options.config_file, **archive);
  if (status.ok()) status = (*archive)->End();
  return status;
}

int WriteToStdout(const Context& context, const DumpOptions& options) {
  if (isatty(STDOUT_FILENO) != 0) {
    Complain(context.err, "an archive is not written to a terminal: send it to a file or a pipe");
    return kExitUsage;
  }
  const absl::Status status = Write(context, options, STDOUT_FILENO);
  if (status.ok()) return kExitOk;
  Complain(context.err, "stdout: " + std::string(status.message()));
  return kExitCannotWrite;
}

int WriteToFile(const Context& context, const DumpOptions& options, const std::string& file) {
  const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
  if (descriptor < 0) {
    const std::string remedy =
        errno == EEXIST ? "the file exists and stays as it is: name another one with -o"
                        : std::string(std::strerror(errno)) + ": name another file with -o";
    Complain(context.err, file + ": " + remedy);
    return kExitCannotWrite;
  }
  absl::Status status = Write(context, options, descriptor);
  if (close(descriptor) != 0 && status.ok()) status = absl::UnavailableError(std::strerror(errno));
  if (!status.ok()) {
    unlink(file.c_str());
    Complain(context.err,
             file + ": " + std::string(status.message()) +
                 "; the incomplete archive was removed: name a file elsewhere with -o");
    return kExitCannotWrite;
  }
  context.out << file << "\n";
  return kExitOk;
}

}  // namespace

int RunDump(const Context& context, const DumpOptions& options) {
  if (options.output == "-") return WriteToStdout(context, options);
  return WriteToFile(
      context, options,
      options.output.empty() ? ArchiveName(context.clocks) + ".tar.gz" : options.output);
}

}  // namespace pathwatch::cli
