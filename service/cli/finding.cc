#include "service/cli/finding.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "service/present/escape.h"
#include "service/present/json.h"

namespace pathwatch::cli {
namespace {

constexpr int kLevelWidth = 7;  // "problem", "warning"

std::string AsSentence(std::string_view clause) {
  std::string sentence(clause);
  if (sentence.empty()) return sentence;
  sentence.front() = absl::ascii_toupper(static_cast<unsigned char>(sentence.front()));
  if (sentence.back() != '.') sentence += '.';
  return sentence;
}

}  // namespace

Finding Ok(std::string name, std::string text) {
  return {Level::kOk, std::move(name), std::move(text), ""};
}

Finding Warning(std::string name, std::string text, std::string remedy) {
  return {Level::kWarning, std::move(name), std::move(text), std::move(remedy)};
}

Finding Problem(std::string name, std::string text, std::string remedy) {
  return {Level::kProblem, std::move(name), std::move(text), std::move(remedy)};
}

Finding FromSentence(Level level, std::string name, std::string_view sentence,
                     std::string_view otherwise) {
  const std::size_t colon = sentence.find(": ");
  if (colon == std::string_view::npos) {
    return {level, std::move(name), std::string(sentence), AsSentence(otherwise)};
  }
  return {level, std::move(name), std::string(sentence.substr(0, colon)),
          AsSentence(sentence.substr(colon + 2))};
}

const char* LevelName(Level level) {
  switch (level) {
    case Level::kOk:
      return "ok";
    case Level::kWarning:
      return "warning";
    case Level::kProblem:
      return "problem";
  }
  return "problem";
}

Level Worst(const Findings& findings) {
  Level worst = Level::kOk;
  for (const Finding& finding : findings) worst = std::max(worst, finding.level);
  return worst;
}

void Append(Findings more, Findings& findings) {
  std::move(more.begin(), more.end(), std::back_inserter(findings));
}

std::string Counted(std::size_t count, std::string_view noun) {
  return absl::StrCat(count, " ", std::string(noun), count == 1 ? "" : "s");
}

std::string FindingsAsText(const Findings& findings) {
  std::size_t name_width = 0;
  for (const Finding& finding : findings) name_width = std::max(name_width, finding.name.size());
  const int width = static_cast<int>(name_width);
  std::string text;
  for (const Finding& finding : findings) {
    absl::StrAppendFormat(&text, "%-*s  %-*s  %s\n", kLevelWidth, LevelName(finding.level), width,
                          finding.name, present::EscapeForTerminal(finding.text));
    if (finding.remedy.empty()) continue;
    absl::StrAppendFormat(&text, "%*sWhat to do: %s\n", kLevelWidth + 2 + width + 2, "",
                          present::EscapeForTerminal(finding.remedy));
  }
  return text;
}

std::string FindingsAsJson(const Findings& findings) {
  present::Json json;
  json.BeginObject();
  json.BeginArray("findings");
  for (const Finding& finding : findings) {
    json.BeginObject();
    json.Text("level", LevelName(finding.level));
    json.Text("name", finding.name);
    json.Text("text", finding.text);
    json.Text("remedy", finding.remedy);
    json.EndObject();
  }
  json.EndArray();
  json.Text("worst", LevelName(Worst(findings)));
  json.EndObject();
  return json.Document() + "\n";
}

}  // namespace pathwatch::cli
