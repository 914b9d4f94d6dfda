#include "tests/discovery/sysfs_tree.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>

namespace pathwatch::discovery {
namespace {

namespace fs = std::filesystem;

std::string NewDirectory() {
  const char* base = std::getenv("TEST_TMPDIR");
  std::string pattern = std::string(base != nullptr ? base : "/tmp") + "/sysfs.XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error(pattern + " could not be made: set TEST_TMPDIR");
  }
  return pattern;
}

std::string BytesOf(std::string_view hex) {
  std::string digits;
  for (const char c : hex) {
    if (c != ' ') digits += c;
  }
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

}  // namespace

SysfsTree::SysfsTree() : root_(NewDirectory()) {}

SysfsTree::SysfsTree(const std::string& name) : SysfsTree() {
  Unpack("tests/discovery/trees/" + name + ".tree");
}

SysfsTree::~SysfsTree() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

void SysfsTree::Write(const std::string& name, const std::string& content) {
  fs::create_directories(At(name).parent_path());
  std::ofstream(At(name), std::ios::binary) << content;
}

void SysfsTree::Remove(const std::string& name) { fs::remove_all(At(name)); }

void SysfsTree::MakeDirectory(const std::string& name) { fs::create_directories(At(name)); }

void SysfsTree::Link(const std::string& name, const std::string& target) {
  fs::create_directories(At(name).parent_path());
  fs::create_symlink(target, At(name));
}

void SysfsTree::Recreate(const std::string& name) {
  // The copy is made while the old one exists, so that the file system cannot give it the same
  // inode number.
  const fs::path place = At(name);
  const fs::path old = place.string() + ".old";
  fs::rename(place, old);
  fs::copy(old, place, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  fs::remove_all(old);
}

std::string SysfsTree::Resolve(const std::string& name) const {
  return fs::relative(fs::canonical(At(name)), fs::canonical(root_)).string();
}

fs::path SysfsTree::At(const std::string& name) const { return fs::path(root_) / name; }

void SysfsTree::Unpack(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file + " could not be opened: is it in the test's data?");
  std::string base;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    UnpackLine(line, base);
  }
}

void SysfsTree::UnpackLine(const std::string& line, std::string& base) {
  const std::size_t first = line.find(' ');
  const std::size_t second = line.find(' ', first + 1);
  const std::string verb = line.substr(0, first);
  const std::string name = line.substr(first + 1, second - first - 1);
  const std::string value = second == std::string::npos ? "" : line.substr(second + 1);
  const std::string place = base.empty() ? name : base + "/" + name;
  if (verb == "at") {
    base = name;
  } else if (verb == "dir") {
    MakeDirectory(place);
  } else if (verb == "text" && value.size() >= 2) {
    Write(place, value.substr(1, value.size() - 2) + "\n");
  } else if (verb == "hex") {
    Write(place, BytesOf(value));
  } else if (verb == "link") {
    Link(place, value);
  } else {
    throw std::runtime_error("This line of a tree is not understood: " + line);
  }
}

}  // namespace pathwatch::discovery
