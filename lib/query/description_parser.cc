#include "lib/query/description_parser.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::query {
namespace {

using Kind = DescribedType::Kind;

// Types within types that are written out in one place.
constexpr int kDepthMax = 32;

bool IsAlnum(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }

// At least two words with dots between them, of letters, digits, and dashes inside.
bool IsInterfaceName(std::string_view name) {
  const auto is_wrong_pair = [](char a, char b) { return !IsAlnum(a) && !IsAlnum(b) && a != b; };
  return name.find('.') != std::string_view::npos && IsAlnum(name.back()) &&
         name.find('_') == std::string_view::npos && name.find("..") == std::string_view::npos &&
         std::adjacent_find(name.begin(), name.end(), is_wrong_pair) == name.end();
}

bool IsMemberName(std::string_view name) {
  return absl::ascii_isupper(static_cast<unsigned char>(name.front())) &&
         std::all_of(name.begin(), name.end(), IsAlnum);
}

// Letters and digits, with single underscores between them.
bool IsFieldName(std::string_view name) {
  return IsAlnum(name.back()) && name.find("__") == std::string_view::npos &&
         std::all_of(name.begin(), name.end(), [](char c) { return IsAlnum(c) || c == '_'; });
}

}  // namespace

absl::StatusOr<InterfaceDescription> InterfaceDescription::Parse(std::string_view text) {
  return DescriptionParser(text).Parse();
}

absl::StatusOr<InterfaceDescription> DescriptionParser::Parse() {
  absl::Status status = ParseInterface();
  while (status.ok() && !scanner_.token().empty()) status = ParseMember();
  if (status.ok()) status = CheckNames();
  if (!status.ok()) return status;
  return std::move(description_);
}

absl::Status DescriptionParser::ParseInterface() {
  if (!scanner_.Take("interface")) return scanner_.Expected("'interface'");
  if (!scanner_.IsName() || !IsInterfaceName(scanner_.token())) {
    return scanner_.Expected("the name of an interface");
  }
  description_.name_ = scanner_.TakeAny();
  return absl::OkStatus();
}

absl::Status DescriptionParser::ParseMember() {
  const std::string_view keyword = scanner_.token();
  if (keyword != "type" && keyword != "method" && keyword != "error") {
    return scanner_.Expected("'type', 'method' or 'error'");
  }
  scanner_.TakeAny();
  if (!scanner_.IsName() || !IsMemberName(scanner_.token())) {
    return scanner_.Expected("a name that begins with a capital letter");
  }
  const std::string name(scanner_.token());
  if (description_.types_.contains(name) || description_.methods_.contains(name) ||
      description_.errors_.contains(name)) {
    return scanner_.Problem(absl::StrCat("'", name, "' is declared twice"));
  }
  scanner_.TakeAny();
  if (keyword == "type") return ParseTypeDeclaration(name);
  return keyword == "method" ? ParseMethod(name) : ParseError(name);
}

absl::Status DescriptionParser::ParseTypeDeclaration(const std::string& name) {
  absl::StatusOr<DescribedType> type = ParseStructOrEnum(0);
  if (!type.ok()) return type.status();
  description_.types_.emplace(name, *std::move(type));
  return absl::OkStatus();
}

absl::Status DescriptionParser::ParseMethod(const std::string& name) {
  absl::StatusOr<DescribedType> call = ParseStruct();
  if (!call.ok()) return call.status();
  if (!scanner_.Take("->")) return scanner_.Expected("'->'");
  absl::StatusOr<DescribedType> reply = ParseStruct();
  if (!reply.ok()) return reply.status();
  description_.methods_.emplace(name,
                                InterfaceDescription::Method{*std::move(call), *std::move(reply)});
  return absl::OkStatus();
}

absl::Status DescriptionParser::ParseError(const std::string& name) {
  absl::StatusOr<DescribedType> type = ParseStruct();
  if (!type.ok()) return type.status();
  description_.errors_.emplace(name, *std::move(type));
  return absl::OkStatus();
}

absl::StatusOr<DescribedType> DescriptionParser::ParseType(int depth) {
  if (depth > kDepthMax) return scanner_.Problem("a type is nested too deeply");
  const bool nullable = scanner_.Take("?");
  absl::StatusOr<DescribedType> type = DescribedType{};
  const std::string_view token = scanner_.token();
  if (token == "(") {
    type = ParseStructOrEnum(depth);
  } else if (token == "[") {
    type = ParseContainer(depth);
  } else if (!scanner_.IsName()) {
    return scanner_.Expected("a type");
  } else {
    constexpr std::pair<std::string_view, Kind> kWords[] = {{"bool", Kind::kBool},
                                                            {"int", Kind::kInt},
                                                            {"float", Kind::kFloat},
                                                            {"string", Kind::kString},
                                                            {"object", Kind::kObject}};
    const auto* const word = std::find_if(std::begin(kWords), std::end(kWords),
                                          [token](const auto& w) { return w.first == token; });
    type->kind = word != std::end(kWords) ? word->second : Kind::kNamed;
    if (type->kind == Kind::kNamed) {
      type->name = token;
      used_.insert(type->name);
    }
    scanner_.TakeAny();
  }
  if (type.ok()) type->nullable = nullable;
  return type;
}

absl::StatusOr<DescribedType> DescriptionParser::ParseContainer(int depth) {
  scanner_.TakeAny();
  DescribedType type;
  type.kind = scanner_.Take("string") ? Kind::kMap : Kind::kArray;
  if (!scanner_.Take("]")) return scanner_.Expected("']'");
  absl::StatusOr<DescribedType> element = ParseType(depth + 1);
  if (!element.ok()) return element.status();
  type.element.push_back(*std::move(element));
  return type;
}

absl::StatusOr<DescribedType> DescriptionParser::ParseStruct() {
  absl::StatusOr<DescribedType> type = ParseStructOrEnum(0);
  if (type.ok() && type->kind != Kind::kStruct) {
    return scanner_.Problem("fields with their types are expected, not the words of an enum");
  }
  return type;
}

absl::StatusOr<DescribedType> DescriptionParser::ParseStructOrEnum(int depth) {
  if (!scanner_.Take("(")) return scanner_.Expected("'('");
  DescribedType type;
  type.kind = Kind::kStruct;
  absl::Status status =
      scanner_.token() == ")" ? absl::OkStatus() : ParseFieldsOrWords(depth, type);
  if (!status.ok()) return status;
  if (!scanner_.Take(")")) return scanner_.Expected("',' or ')'");
  return type;
}

absl::Status DescriptionParser::ParseFieldsOrWords(int depth, DescribedType& type) {
  do {
    absl::StatusOr<std::string> name = TakeFieldName(type);
    if (!name.ok()) return name.status();
    const bool is_word = scanner_.token() != ":";
    if (type.fields.empty() && is_word) type.kind = Kind::kEnum;
    if (is_word != (type.kind == Kind::kEnum)) {
      return scanner_.Expected(is_word ? "':'" : "',' or ')'");
    }
    if (is_word) {
      type.words.push_back(*std::move(name));
      continue;
    }
    type.fields.push_back({*std::move(name), {}});
    absl::Status status = ParseField(depth, type);
    if (!status.ok()) return status;
  } while (scanner_.Take(","));
  return absl::OkStatus();
}

absl::Status DescriptionParser::ParseField(int depth, DescribedType& type) {
  scanner_.TakeAny();
  absl::StatusOr<DescribedType> field_type = ParseType(depth + 1);
  if (!field_type.ok()) return field_type.status();
  type.fields.back().type = *std::move(field_type);
  return absl::OkStatus();
}

absl::StatusOr<std::string> DescriptionParser::TakeFieldName(const DescribedType& type) {
  if (!scanner_.IsName() || !IsFieldName(scanner_.token())) {
    return scanner_.Expected("the name of a field");
  }
  const std::string_view name = scanner_.token();
  const bool twice =
      std::find(type.words.begin(), type.words.end(), name) != type.words.end() ||
      std::any_of(type.fields.begin(), type.fields.end(),
                  [name](const DescribedField& field) { return field.name == name; });
  if (twice) return scanner_.Problem(absl::StrCat("'", std::string(name), "' is there twice"));
  return std::string(scanner_.TakeAny());
}

absl::Status DescriptionParser::CheckNames() const {
  for (const std::string& name : used_) {
    if (!description_.types_.contains(name)) {
      return absl::InvalidArgumentError(
          absl::StrCat("interface description: the type '", name, "' is not declared"));
    }
  }
  return absl::OkStatus();
}

}  // namespace pathwatch::query
