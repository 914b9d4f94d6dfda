#include "service/cli/dump_parts.h"

#include <fcntl.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <sstream>
#include <utility>
#include <variant>

#include "lib/config/problem.h"
#include "lib/config/source_files.h"
#include "service/cli/change_follower.h"
#include "service/cli/config_command.h"
#include "service/cli/doctor_command.h"
#include "service/cli/exit_code.h"
#include "service/cli/loaded_state.h"
#include "service/cli/luns_command.h"
#include "service/cli/nexuses_command.h"
#include "service/cli/opened_state.h"
#include "service/cli/paths_command.h"
#include "service/cli/state_view.h"
#include "service/cli/status_command.h"
#include "service/present/change_text.h"
#include "service/present/json.h"
#include "service/present/path_facts.h"
#include "service/present/story.h"
#include "service/version.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kReadme =
    "An archive of `pathwatch dump`, for those who look into a problem.\n"
    "\n"
    "README.txt       this text\n"
    "versions.txt     pathwatch, pathwatchd, the kernel and the distribution\n"
    "status.json      how the host and the daemon stand: pathwatch status --json\n"
    "paths.json       pathwatch paths --json\n"
    "luns.json        pathwatch luns --json\n"
    "nexuses.json     pathwatch nexuses --json\n"
    "history.json     the known changes of each path, with reasons, the oldest first\n"
    "changes.json     the change log: the changes of all paths, the oldest first\n"
    "doctor.json      pathwatch doctor --json\n"
    "doctor.txt       pathwatch doctor\n"
    "config/          the files that configure pathwatchd, as they are\n"
    "config-show.txt  what comes of them: pathwatch config show\n"
    "complaints.txt   what the commands complained of while this was collected\n"
    "state            the published state, as pathwatchd has written it\n"
    "\n"
    "NAME.missing.txt stands for a part that could not be had, and says why.\n"
    "No environment, no command lines, and no other files are in here.\n";

using Command = std::function<int(const Context&)>;

// Collects parts of an archive, until one cannot be written.
class Parts {
 public:
  Parts(const Context& context, Archive& archive) : context_(context), archive_(archive) {}

  void Add(const std::string& name, std::string_view content) {
    if (status_.ok()) status_ = archive_.Add(name, content);
  }

  void AddMissing(const std::string& name, const std::string& why) {
    Add(name + ".missing.txt", why + "\n");
  }

  void AddFile(const std::string& name, const std::string& file) {
    const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return AddMissing(name, file + ": " + std::strerror(errno));
    if (status_.ok()) status_ = archive_.AddFile(name, descriptor);
    close(descriptor);
  }

  // What the command prints.
  void AddOutput(const std::string& name, const Command& command) {
    if (!status_.ok()) return;
    std::ostringstream out;
    std::ostringstream err;
    command({context_.run_dir, context_.clocks, out, err});
    const std::string complaints = err.str();
    if (out.str().empty()) {
      AddMissing(name, complaints.substr(0, complaints.find_last_not_of('\n') + 1));
    } else {
      Add(name, out.str());
      if (!complaints.empty()) complaints_ += name + ":\n" + complaints;
    }
  }

  void AddComplaints() { Add("complaints.txt", complaints_.empty() ? "none\n" : complaints_); }

  const absl::Status& status() const { return status_; }

 private:
  const Context& context_;
  Archive& archive_;
  absl::Status status_;
  std::string complaints_;
};

std::string Content(const std::string& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

int PrintVersions(const Context& context) {
  utsname kernel{};
  uname(&kernel);
  const auto view = LoadState(context.run_dir, context.clocks.boot_now_ns);
  context.out << "pathwatch " << kVersion << "\npathwatchd "
              << (view.ok() ? std::string(view->header.daemon_version)
                            : "unknown: " + std::string(view.status().message()))
              << "\n"
              << kernel.sysname << " " << kernel.release << " " << kernel.version << " "
              << kernel.machine << "\n"
              << Content("/etc/os-release");
  return kExitOk;
}

void WriteHistory(const StateView& view, const pw_path_record& path, const present::Clocks& clocks,
                  present::Json& json) {
  json.BeginObject();
  json.Text("path", present::PathName(path));
  json.Text("device", path.sd_name);
  json.Text("wwid", path.wwid);
  json.Number("generation", path.generation);
  json.BeginArray("history");
  for (const pw_change& change : present::ChangesOf(HistoryOf(view, path))) {
    json.BeginObject();
    json.Text("time", present::WallTime(change.when_boottime_ns, clocks));
    present::WriteChange(change, path, json);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
}

int PrintHistories(const Context& context) {
  Wanted wanted;
  wanted.histories = [](const pw_path_record&) { return true; };
  const auto loaded = LoadOrComplain(context, wanted);
  if (!loaded) return kExitNoData;
  present::Json json;
  json.BeginObject();
  json.BeginArray("paths");
  for (const pw_path_record& path : loaded->view.paths) {
    WriteHistory(loaded->view, path, context.clocks, json);
    context.out << json.Piece();
    json.DropPiece();
  }
  json.EndArray();
  json.EndObject();
  context.out << json.Document() << "\n";
  return loaded->code;
}

int PrintChanges(const Context& context) {
  const auto follower =
      ChangeFollower::Begin(context.run_dir, std::numeric_limits<std::uint64_t>::max());
  if (!follower.ok()) {
    Complain(context.err, std::string(follower.status().message()));
    return kExitNoData;
  }
  context.out << "{\"changes\":[";
  const char* separator = "\n";
  for (;;) {
    const Step step = (*follower)->Next(context.clocks.boot_now_ns);
    if (const auto* change = std::get_if<pw_change_record>(&step)) {
      context.out << std::exchange(separator, ",\n")
                  << present::ChangeAsJson(*change, (*follower)->epoch(), context.clocks);
    } else if (const auto* lost = std::get_if<Lost>(&step)) {
      Complain(context.err, lost->why);
    } else if (std::holds_alternative<NothingNew>(step)) {
      break;
    }
  }
  context.out << "]}\n";
  return kExitOk;
}

// The files stand below config/ under their whole names.
void AddConfiguration(const ConfigFiles& files, Parts& parts) {
  const config::SourceFiles sources = config::ReadSourceFiles(files.main, files.must_exist);
  for (const config::SourceFile& file : sources.files) {
    const std::size_t begin = file.name.find_first_not_of("./");
    if (begin != std::string::npos) parts.Add("config/" + file.name.substr(begin), file.text);
  }
  std::string problems;
  for (const config::Problem& problem : sources.problems) problems += TextOf(problem) + "\n";
  if (sources.files.empty() || !problems.empty()) {
    parts.AddMissing("config/files",
                     problems.empty() ? files.main + " and its conf.d hold no file" : problems);
  }
  parts.AddOutput("config-show.txt",
                  [&files](const Context& context) { return RunConfigShow(context, files, {}); });
}

void AddDoctor(const std::string& config_file, Parts& parts) {
  for (const bool json : {true, false}) {
    DoctorOptions options;
    options.json = json;
    options.config_file = config_file;
    parts.AddOutput(json ? "doctor.json" : "doctor.txt",
                    [&options](const Context& context) { return RunDoctor(context, options); });
  }
}

}  // namespace

absl::Status AddParts(const Context& context, const std::string& config_file, Archive& archive) {
  Parts parts(context, archive);
  parts.Add("README.txt", kReadme);
  parts.AddOutput("versions.txt", PrintVersions);
  parts.AddOutput("status.json", [](const Context& to) { return RunStatus(to, true); });
  parts.AddOutput("paths.json",
                  [](const Context& to) { return RunPaths(to, {.filter = {}, .json = true}); });
  parts.AddOutput("luns.json",
                  [](const Context& to) { return RunLuns(to, {.luns = {}, .json = true}); });
  parts.AddOutput("nexuses.json", [](const Context& to) { return RunNexuses(to, true); });
  parts.AddOutput("history.json", PrintHistories);
  parts.AddOutput("changes.json", PrintChanges);
  AddDoctor(config_file, parts);
  ConfigFiles files;
  if (!config_file.empty()) files = {.main = config_file, .must_exist = true};
  AddConfiguration(files, parts);
  parts.AddFile("state", StateFileName(context.run_dir));
  parts.AddComplaints();
  return parts.status();
}

}  // namespace pathwatch::cli
