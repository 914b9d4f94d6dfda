#include "lib/query/interface_description.h"

#include <algorithm>
#include <cstddef>

namespace pathwatch::query {
namespace {

using Kind = DescribedType::Kind;
using rapidjson::Value;

std::string_view TextOf(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

class Check final {
 public:
  explicit Check(const DescribedTypes& types) : types_(types) {}

  std::optional<Misfit> Fits(const DescribedType& type, const Value& value) {
    if (type.nullable && value.IsNull()) return std::nullopt;
    switch (type.kind) {
      case Kind::kBool:
        return value.IsBool() ? std::nullopt : Wrong("is neither true nor false");
      case Kind::kInt:
        return value.IsInt64() ? std::nullopt : Wrong("is no whole number of 64 bits");
      case Kind::kFloat:
        return value.IsNumber() ? std::nullopt : Wrong("is no number");
      case Kind::kString:
        return value.IsString() ? std::nullopt : Wrong("is no string");
      case Kind::kObject:
        return value.IsObject() ? std::nullopt : Wrong("is no object");
      case Kind::kStruct:
        return FitsStruct(type, value);
      case Kind::kEnum:
        return FitsEnum(type, value);
      case Kind::kArray:
        return FitsArray(type, value);
      case Kind::kMap:
        return FitsMap(type, value);
      case Kind::kNamed:
        break;
    }
    return Fits(types_.find(type.name)->second, value);
  }

 private:
  std::optional<Misfit> Wrong(std::string_view problem) const {
    return Misfit{field_, std::string(problem)};
  }

  std::optional<Misfit> FitsEnum(const DescribedType& type, const Value& value) const {
    if (!value.IsString()) return Wrong("is no string");
    const auto word = std::find(type.words.begin(), type.words.end(), TextOf(value));
    return word != type.words.end() ? std::nullopt : Wrong("is none of the words that it may be");
  }

  // An element that doesn't fit has the name of the whole: a client knows no other.
  std::optional<Misfit> FitsArray(const DescribedType& type, const Value& value) {
    if (!value.IsArray()) return Wrong("is no array");
    for (const Value& element : value.GetArray()) {
      auto misfit = Fits(type.element.front(), element);
      if (misfit) return misfit;
    }
    return std::nullopt;
  }

  std::optional<Misfit> FitsMap(const DescribedType& type, const Value& value) {
    if (!value.IsObject()) return Wrong("is no object");
    for (const auto& member : value.GetObject()) {
      auto misfit = Fits(type.element.front(), member.value);
      if (misfit) return misfit;
    }
    return std::nullopt;
  }

  std::optional<Misfit> FitsStruct(const DescribedType& type, const Value& value) {
    if (!value.IsObject()) return Wrong("is no object");
    std::size_t found = 0;
    for (const DescribedField& field : type.fields) {
      const auto member =
          value.FindMember(Value(rapidjson::StringRef(field.name.data(), field.name.size())));
      const bool there = member != value.MemberEnd();
      if (!there && field.type.nullable) continue;
      const Within within(*this, field.name);
      if (!there) return Wrong("is missing");
      ++found;
      auto misfit = Fits(field.type, member->value);
      if (misfit) return misfit;
    }
    return found == value.MemberCount() ? std::nullopt : Undeclared(type, value);
  }

  std::optional<Misfit> Undeclared(const DescribedType& type, const Value& value) {
    for (const auto& member : value.GetObject()) {
      const std::string_view name = TextOf(member.name);
      const auto same = [name](const DescribedField& field) { return field.name == name; };
      if (std::any_of(type.fields.begin(), type.fields.end(), same)) continue;
      const Within within(*this, name);
      return Wrong("is not known here");
    }
    return Wrong("has a field twice");
  }

  // While it lives, `field_` is the one of this name in what it was.
  class Within final {
   public:
    Within(Check& check, std::string_view name) : check_(check), length_(check.field_.size()) {
      if (length_ > 0) check_.field_ += '.';
      check_.field_ += name;
    }
    Within(const Within&) = delete;
    Within& operator=(const Within&) = delete;
    ~Within() { check_.field_.resize(length_); }

   private:
    Check& check_;
    const std::size_t length_;
  };

  const DescribedTypes& types_;
  std::string field_;
};

}  // namespace

bool InterfaceDescription::HasMethod(std::string_view method) const {
  return methods_.find(method) != methods_.end();
}

std::optional<Misfit> InterfaceDescription::CheckCall(std::string_view method,
                                                      const Value& parameters) const {
  return Check(types_).Fits(methods_.find(method)->second.call, parameters);
}

std::optional<Misfit> InterfaceDescription::CheckReply(std::string_view method,
                                                       const Value& parameters) const {
  return Check(types_).Fits(methods_.find(method)->second.reply, parameters);
}

std::optional<Misfit> InterfaceDescription::CheckError(std::string_view error,
                                                       const Value& parameters) const {
  const auto found = errors_.find(error);
  if (found == errors_.end()) return Misfit{std::string(error), "is no error of the interface"};
  return Check(types_).Fits(found->second, parameters);
}

}  // namespace pathwatch::query
