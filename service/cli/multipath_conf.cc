#include "service/cli/multipath_conf.h"

#include <regex.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

namespace pathwatch::cli {
namespace {

constexpr std::array<std::string_view, 6> kKeywords = {
    "polling_interval", "checker_timeout", "path_checker", "detect_checker", "prio", "detect_prio"};

// Nothing that multipathd knows is deeper than three sections.
constexpr std::size_t kDepthMax = 8;

// What is longer is no configuration that somebody has written.
constexpr std::size_t kFileBytesMax = 4'000'000;

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

// A word of a line; a brace outside of quotes is a word of its own.
struct Word {
  std::string text;
  bool quoted = false;
};

// Reads the quoted word that begins at line[0]; returns what follows it.
std::string_view TakeQuoted(std::string_view line, Word& ret_word) {
  ret_word.quoted = true;
  for (line.remove_prefix(1); !line.empty(); line.remove_prefix(1)) {
    if (line.front() == '"') {
      if (line.size() == 1 || line[1] != '"') return line.substr(1);
      line.remove_prefix(1);
    }
    ret_word.text += line.front();
  }
  return line;
}

std::vector<Word> WordsOf(std::string_view line) {
  std::vector<Word> words;
  while (!line.empty()) {
    const char c = line.front();
    if (c == '#' || c == '!') break;
    if (IsBlank(c)) {
      line.remove_prefix(1);
      continue;
    }
    Word word;
    if (c == '"') {
      line = TakeQuoted(line, word);
    } else if (c == '{' || c == '}') {
      word.text = c;
      line.remove_prefix(1);
    } else {
      const std::size_t end = std::min(line.find_first_of(" \t\r\f\v{}\"#!"), line.size());
      word.text = line.substr(0, end);
      line.remove_prefix(end);
    }
    words.push_back(std::move(word));
  }
  return words;
}

bool IsBrace(const Word& word, char brace) {
  return !word.quoted && word.text.size() == 1 && word.text.front() == brace;
}

// Follows the braces of one file.
class Reader {
 public:
  Reader(const std::string& file, MultipathConf& conf) : file_(file), conf_(conf) {}

  void Line(std::string_view line) {
    number_++;
    const std::vector<Word> words = WordsOf(line);
    if (words.empty()) return;
    // "device {", or the brace in a line of its own.
    if (!IsBrace(words[0], '{') && !IsBrace(words[0], '}')) title_ = words[0].text;
    bool braces = false;
    for (const Word& word : words) {
      if (IsBrace(word, '{')) Open();
      if (IsBrace(word, '}')) Close();
      braces = braces || IsBrace(word, '{') || IsBrace(word, '}');
    }
    if (!braces && words.size() > 1) Keyword(words[0].text, words[1].text);
  }

  void End() {
    if (open_.empty()) return;
    conf_.remarks.push_back(
        absl::StrCat(file_, ": the section '", open_.back(), "' has no closing brace"));
    too_deep_ = 0;
    while (!open_.empty()) Close();
  }

 private:
  void Open() {
    if (open_.size() == kDepthMax) {
      too_deep_++;
      return;
    }
    open_.push_back(std::exchange(title_, ""));
    if (InDevice()) device_ = {};
  }

  void Close() {
    if (too_deep_ > 0) {
      too_deep_--;
      return;
    }
    if (open_.empty()) {
      // One remark about a file is enough.
      if (!std::exchange(complained_, true)) {
        conf_.remarks.push_back(absl::StrCat(file_, ": line ", number_, " closes no section"));
      }
      return;
    }
    if (InDevice()) {
      Merge({absl::StrCat("device ", vendor_, "/", product_), vendor_, product_, device_});
    }
    open_.pop_back();
    vendor_.clear();
    product_.clear();
  }

  void Keyword(const std::string& keyword, const std::string& value) {
    if (InDevice() && keyword == "vendor") vendor_ = value;
    if (InDevice() && keyword == "product") product_ = value;
    if (std::find(kKeywords.begin(), kKeywords.end(), keyword) == kKeywords.end()) return;
    if (InDevice()) {
      device_[keyword] = value;
    } else if (open_.size() == 1 && (open_[0] == "defaults" || open_[0] == "overrides")) {
      Merge({open_[0], "", "", {{keyword, value}}});
    }
  }

  // Devices of a blacklist are none.
  bool InDevice() const {
    return open_.size() == 2 && open_[0] == "devices" && open_[1] == "device";
  }

  void Merge(const MultipathSection& more) {
    if (more.settings.empty()) return;
    const auto section =
        std::find_if(conf_.sections.begin(), conf_.sections.end(),
                     [&more](const auto& known) { return known.name == more.name; });
    if (section == conf_.sections.end()) {
      conf_.sections.push_back(more);
      return;
    }
    for (const auto& [keyword, value] : more.settings) section->settings[keyword] = value;
  }

  const std::string& file_;
  MultipathConf& conf_;
  std::size_t number_ = 0;
  std::size_t too_deep_ = 0;  // sections that are open, but not in open_
  bool complained_ = false;
  std::string title_;  // of the section that a brace would open
  std::vector<std::string> open_;
  std::string vendor_;
  std::string product_;
  std::map<std::string, std::string> device_;
};

void ReadFile(const std::string& file, MultipathConf& conf) {
  std::error_code error;
  const bool regular = std::filesystem::is_regular_file(file, error);
  if (error.value() == ENOENT) return;
  std::ifstream in;
  if (regular) in.open(file, std::ios::binary);
  if (!regular || !in) {
    conf.remarks.push_back(absl::StrCat(file, " cannot be read"));
    return;
  }
  std::string text(kFileBytesMax, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  AddMultipathText(text, file, conf);
}

std::vector<std::string> ConfFiles(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".conf") files.push_back(entry->path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool MatchesPattern(const std::string& pattern, const std::string& text) {
  if (pattern.empty()) return true;
  regex_t compiled;
  if (regcomp(&compiled, pattern.c_str(), REG_EXTENDED | REG_NOSUB) != 0) return false;
  const bool matches = regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
  regfree(&compiled);
  return matches;
}

}  // namespace

void AddMultipathText(std::string_view text, const std::string& file, MultipathConf& conf) {
  conf.files.push_back(file);
  Reader reader(file, conf);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    reader.Line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  reader.End();
}

MultipathConf ReadMultipathConf(const std::string& etc_dir) {
  MultipathConf conf;
  ReadFile(etc_dir + "/multipath.conf", conf);
  for (const std::string& file : ConfFiles(etc_dir + "/multipath/conf.d")) ReadFile(file, conf);
  return conf;
}

std::string Setting(const MultipathConf& conf, std::string_view name, const std::string& keyword) {
  for (const MultipathSection& section : conf.sections) {
    if (section.name == name) return Setting(section, keyword);
  }
  return "";
}

std::string Setting(const MultipathSection& section, const std::string& keyword) {
  const auto found = section.settings.find(keyword);
  return found == section.settings.end() ? "" : found->second;
}

std::string EffectiveSetting(const MultipathConf& conf, const MultipathSection& section,
                             const std::string& keyword) {
  for (const std::string& value : {Setting(conf, "overrides", keyword), Setting(section, keyword),
                                   Setting(conf, "defaults", keyword)}) {
    if (!value.empty()) return value;
  }
  return "";
}

bool Matches(const MultipathSection& section, const std::string& vendor,
             const std::string& product) {
  return section.name.starts_with("device ") && MatchesPattern(section.vendor, vendor) &&
         MatchesPattern(section.product, product);
}

}  // namespace pathwatch::cli
