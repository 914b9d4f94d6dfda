#include "lib/config/defaults_text.h"

#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "lib/config/option.h"
#include "lib/config/value.h"

namespace pathwatch::config {
namespace {

constexpr std::size_t kWidth = 100;

constexpr const char* kHead =
    "What pathwatchd and pathwatch-exporter can be told, with every option at its default. Remove "
    "the # in front of an "
    "option to change it. Files of the directory conf.d beside this one whose names end with .toml "
    "are read after it, by name, and what is said later wins. A program's command line wins over "
    "files.";
constexpr const char* kCommands =
    "\"pathwatch config check\" says whether the files are good, \"pathwatch config show\" what "
    "counts and where it comes from. SIGHUP makes pathwatchd read them again; if there is a "
    "mistake "
    "in them, it goes on with what it had.";
constexpr const char* kRules =
    "A rule is wwid=PATTERN (the logical unit as dm and udev name it), array=VENDOR/PRODUCT (as in "
    "INQUIRY data), path=H:C:T:L (each a number or *), or transport=fc, iscsi, sas or other. In a "
    "pattern * stands for any text and ? for any character.";

std::string Comment(const std::string& sentences) {
  std::string text = "#";
  std::size_t line_width = text.size();
  for (const std::string& word : std::vector<std::string>(absl::StrSplit(sentences, ' '))) {
    if (line_width + 1 + word.size() > kWidth) {
      text += "\n#";
      line_width = 1;
    }
    absl::StrAppend(&text, " ", word);
    line_width += 1 + word.size();
  }
  return text + "\n";
}

std::string Assignment(const Option& option) {
  return absl::StrCat("#", std::string(option.name), " = ", std::string(option.fallback), "\n");
}

std::string MomentOfEffect(const Option& option) {
  if (option.reloadable) return "A reload is enough.";
  return option.exporter ? "Takes effect at the next start of pathwatch-exporter."
                         : "Takes effect at the next start.";
}

std::string Facts(const Option& option) {
  std::string expected = Expected(option);
  expected.front() = absl::ascii_toupper(static_cast<unsigned char>(expected.front()));
  return absl::StrCat(expected, ". ", MomentOfEffect(option),
                      option.per_array ? " Also per transport and array." : "");
}

std::string Section(std::string_view table) {
  std::string text = absl::StrCat("\n[", std::string(table), "]\n");
  if (table == "paths") text += Comment(kRules);
  for (const Option& option : Options()) {
    if (option.table != table) continue;
    absl::StrAppend(&text, "\n", Comment(std::string(option.help)), Comment(Facts(option)),
                    Assignment(option));
  }
  return text;
}

std::string PerArrayNames() {
  std::vector<std::string> names;
  for (const Option& option : Options()) {
    if (option.per_array) names.emplace_back(option.name);
  }
  return absl::StrJoin(names, ", ");
}

std::string ParticularSections() {
  return absl::StrCat(
      "\n",
      Comment(absl::StrCat(
          "For the devices of one transport, and for those of one array: ", PerArrayNames(),
          " of [check]. An array wins over its transport, which wins over "
          "[check].")),
      "[fc]\n\n[iscsi]\n\n",
      Comment("VENDOR/PRODUCT as in INQUIRY data, without the blanks at the end; * stands for any "
              "text and ? for any character. As many such tables as you like."),
      "#[array.\"LSI/INF-01-*\"]\n#interval = \"20s\"\n#deadline = \"10s\"\n");
}

}  // namespace

std::string DefaultsText() {
  std::string text = absl::StrCat(Comment(kHead), "#\n", Comment(kCommands));
  for (const std::string_view table : Tables()) {
    if (table == "fc") {
      text += ParticularSections();
    } else if (table != "iscsi" && table != "array") {
      text += Section(table);
    }
  }
  return text;
}

}  // namespace pathwatch::config
