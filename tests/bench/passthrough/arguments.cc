#include "tests/bench/passthrough/arguments.h"

#include <functional>
#include <map>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::bench {
namespace {

using Setter = std::function<bool(const std::string& value)>;

bool Seconds(const std::string& text, std::int64_t& value_ns) {
  double seconds = 0;
  if (!absl::SimpleAtod(text, &seconds) || !(seconds > 0 && seconds <= 86'400)) return false;
  value_ns = static_cast<std::int64_t>(seconds * 1e9);
  return true;
}

bool Number(const std::string& text, std::size_t& value) {
  return absl::SimpleAtoi(text, &value) && value > 0;
}

template <class Value>
bool Word(const std::map<std::string, Value>& words, const std::string& text, Value& value) {
  const auto found = words.find(text);
  if (found == words.end()) return false;
  value = found->second;
  return true;
}

std::map<std::string, Setter> Setters(Arguments& arguments) {
  const std::map<std::string, Passthrough> passthroughs = {{"sg", Passthrough::kSg},
                                                           {"bsg", Passthrough::kBsg}};
  using Form = Manner::Form;
  const std::map<std::string, bool> switches = {{"on", true}, {"off", false}};
  const std::map<std::string, std::optional<Form>> forms = {{"poll", Form::kSgPoll},
                                                            {"read", Form::kSgRead},
                                                            {"pair", Form::kSgPair},
                                                            {"linked", Form::kSgLinked}};
  return {
      {"--passthrough",
       [=, &arguments](const auto& text) {
         return Word(passthroughs, text, arguments.passthrough);
       }},
      {"--form", [=, &arguments](const auto& text) { return Word(forms, text, arguments.form); }},
      {"--gate",
       [=, &arguments](const auto& text) { return Word(switches, text, arguments.gate); }},
      {"--interval",
       [&arguments](const auto& text) { return Seconds(text, arguments.interval_ns); }},
      {"--grid", [&arguments](const auto& text) { return Seconds(text, arguments.grid_ns); }},
      {"--seconds",
       [&arguments](const auto& text) { return Seconds(text, arguments.duration_ns); }},
      {"--turs", [&arguments](const auto& text) { return Number(text, arguments.turs); }},
      {"--batch", [&arguments](const auto& text) { return Number(text, arguments.batch); }},
  };
}

absl::Status Complain(const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat(what, "\n\n", Usage()));
}

}  // namespace

std::string Usage() {
  return R"(usage: tur_cost MODE [OPTION VALUE]... NODE...
Sends TEST UNIT READY to the nodes and prints a line of JSON: what one has cost.
Modes:
  paced          an io_uring loop; each node once per interval, starts spread evenly
  paced-lean     the same with the fewest submissions and completions
  paced-threads  the same pace, a thread per command that calls ioctl(SG_IO)
  batch          an io_uring loop that keeps --batch commands out
  threads        a thread per command, at most --batch at a time
  ioctl          one thread that calls ioctl(SG_IO) in turn
Options:
  --passthrough sg|bsg   what the nodes are (default sg); threads and ioctl are for sg
  --interval S           of the paced modes (default 5)
  --seconds S            how long the paced modes run (default 20)
  --turs N               how many commands the others send (default 20000)
  --batch N              (default 64)
  --grid S               starts of the paced loops wait for a multiple of it (default: they do not)
  --form poll|read|pair|linked   what the loops submit on sg, for experiments
  --gate on|off          whether they ask first if the host has room (default on)
)";
}

absl::StatusOr<Arguments> ParseArguments(int argc, const char* const* argv) {
  Arguments arguments;
  const std::map<std::string, Setter> setters = Setters(arguments);
  if (argc < 2) return Complain("a mode is missing");
  arguments.mode = argv[1];
  for (int i = 2; i < argc; ++i) {
    const std::string name = argv[i];
    if (!name.starts_with("--")) {
      arguments.nodes.push_back(name);
      continue;
    }
    const auto setter = setters.find(name);
    if (setter == setters.end()) return Complain(absl::StrCat("there is no option ", name));
    if (++i == argc) return Complain(absl::StrCat(name, " needs a value"));
    if (!setter->second(argv[i])) {
      return Complain(absl::StrCat("'", argv[i], "' is not possible for ", name));
    }
  }
  if (arguments.nodes.empty()) return Complain("nodes are missing, as /dev/sg0");
  return arguments;
}

}  // namespace pathwatch::bench
