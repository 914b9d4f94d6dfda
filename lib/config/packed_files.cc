// Pack and Unpack: a first word, the files, the problems, each list after its length; a text after
// its length. Lengths are 32 bits in the byte order of the host: both ends are the same program.
#include <cstdint>
#include <cstring>
#include <utility>

#include "lib/config/source_files.h"

namespace pathwatch::config {
namespace {

constexpr std::uint32_t kFirstWord = 0x70776366;

void PutNumber(std::string& bytes, std::size_t number) {
  const auto word = static_cast<std::uint32_t>(number);
  char raw[sizeof word];
  std::memcpy(raw, &word, sizeof word);
  bytes.append(raw, sizeof raw);
}

void PutText(std::string& bytes, const std::string& text) {
  PutNumber(bytes, text.size());
  bytes += text;
}

// Takes from the front; once something is missing, everything is zero or empty and ok() false.
class Taker {
 public:
  explicit Taker(std::string_view bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  bool at_end() const { return bytes_.empty(); }

  std::uint32_t Number() {
    const std::string_view raw = Bytes(sizeof(std::uint32_t));
    std::uint32_t word = 0;
    if (!raw.empty()) std::memcpy(&word, raw.data(), sizeof word);
    return word;
  }
  std::string Text() { return std::string(Bytes(Number())); }

 private:
  std::string_view Bytes(std::size_t count) {
    ok_ = ok_ && count <= bytes_.size();
    if (!ok_) return {};
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }

  std::string_view bytes_;
  bool ok_ = true;
};

}  // namespace

std::string Pack(const SourceFiles& files) {
  std::string bytes;
  PutNumber(bytes, kFirstWord);
  PutNumber(bytes, files.files.size());
  for (const SourceFile& file : files.files) {
    PutText(bytes, file.name);
    PutText(bytes, file.text);
  }
  PutNumber(bytes, files.problems.size());
  for (const Problem& problem : files.problems) {
    PutText(bytes, problem.file);
    PutNumber(bytes, problem.line);
    PutText(bytes, problem.what);
  }
  return bytes;
}

std::optional<SourceFiles> Unpack(std::string_view bytes) {
  Taker taker(bytes);
  SourceFiles files;
  if (taker.Number() != kFirstWord) return std::nullopt;
  for (std::uint32_t left = taker.Number(); left > 0 && taker.ok(); --left) {
    SourceFile file;
    file.name = taker.Text();
    file.text = taker.Text();
    files.files.push_back(std::move(file));
  }
  for (std::uint32_t left = taker.Number(); left > 0 && taker.ok(); --left) {
    Problem problem;
    problem.file = taker.Text();
    problem.line = taker.Number();
    problem.what = taker.Text();
    files.problems.push_back(std::move(problem));
  }
  if (!taker.ok() || !taker.at_end()) return std::nullopt;
  return files;
}

}  // namespace pathwatch::config
