#include "service/option_arguments.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lib/config/value.h"

namespace pathwatch::service {
namespace {

const char* TypeName(config::Type type) {
  switch (type) {
    case config::Type::kDuration:
      return "DURATION";
    case config::Type::kCount:
      return "NUMBER";
    case config::Type::kMode:
      return "MODE";
    case config::Type::kAddress:
      return "ADDRESS:PORT";
    default:
      return "TEXT";
  }
}

// "1h: a duration ..." is what is wrong with the text; empty if nothing is.
std::string Check(const config::Option& option, const std::string& text) {
  const auto value = config::ValueFromText(option, text);
  return value.ok() ? "" : std::string(value.status().message());
}

}  // namespace

void OptionArguments::Add(const config::Option& option) {
  std::string usual = config::TextOf(option, config::DefaultOf(option.id));
  std::erase(usual, '"');
  Argument& argument = arguments_.emplace_back(Argument{&option, {}});
  std::string name(option.name);
  std::replace(name.begin(), name.end(), '_', '-');
  argument.found =
      app_.add_option("--" + name, argument.text, std::string(option.help))
          ->check([&option](const std::string& text) { return Check(option, text); })
          ->type_name(TypeName(option.type))
          ->default_str(usual)
          ->group(absl::StrCat("Options of the configuration, [", std::string(option.table), "]"));
}

config::CommandLine OptionArguments::Given() const {
  config::CommandLine given;
  for (const Argument& argument : arguments_) {
    if (argument.found->count() > 0) given.emplace_back(argument.option->id, argument.text);
  }
  return given;
}

}  // namespace pathwatch::service
