#include "service/cli/top/controls.h"

#include <algorithm>

namespace pathwatch::top {
namespace {

constexpr int kSorts = 4;
constexpr std::size_t kFilterMax = 64;

void Sort(SortBy sort, Controls& controls) {
  controls.sort = sort;
  controls.first = 0;
}

void SortBeside(int step, Controls& controls) {
  Sort(static_cast<SortBy>((static_cast<int>(controls.sort) + step + kSorts) % kSorts), controls);
}

void Turn(Controls& controls) {
  controls.page = controls.page == Page::kPaths ? Page::kNexuses : Page::kPaths;
  controls.first = 0;
}

void Filter(const std::string& filter, Controls& controls) {
  controls.filter = filter;
  controls.first = 0;
}

void PressLetter(char letter, Controls& controls) {
  switch (letter) {
    case 'q':
      controls.quit = true;
      break;
    case 'h':
    case '?':
      controls.help = true;
      break;
    case 'n':
    case 'p':
    case '\t':
      Turn(controls);
      break;
    case '<':
      SortBeside(-1, controls);
      break;
    case '>':
      SortBeside(1, controls);
      break;
    case 's':
      Sort(SortBy::kState, controls);
      break;
    case 'l':
      Sort(SortBy::kLatency, controls);
      break;
    case 'd':
      Sort(SortBy::kDevice, controls);
      break;
    case 'c':
      Sort(SortBy::kChange, controls);
      break;
    case 'u':
      controls.only_not_usable = !controls.only_not_usable;
      controls.first = 0;
      break;
    case '/':
      controls.typing = true;
      controls.typed = controls.filter;
      break;
    default:
      break;
  }
}

// The filter takes effect with each character.
void Type(const Key& key, Controls& controls) {
  switch (key.kind) {
    case Key::Kind::kCharacter:
      if (key.character >= ' ' && controls.typed.size() < kFilterMax) {
        controls.typed += key.character;
      }
      break;
    case Key::Kind::kBackspace:
      if (!controls.typed.empty()) controls.typed.pop_back();
      break;
    case Key::Kind::kEscape:
      controls.typed.clear();
      controls.typing = false;
      break;
    case Key::Kind::kEnter:
      controls.typing = false;
      break;
    default:
      return;
  }
  Filter(controls.typed, controls);
}

void Scroll(Key::Kind kind, std::size_t page_rows, std::size_t last_first, Controls& controls) {
  const auto up = [&](std::size_t rows) { controls.first -= std::min(controls.first, rows); };
  switch (kind) {
    case Key::Kind::kUp:
      return up(1);
    case Key::Kind::kPageUp:
      return up(page_rows);
    case Key::Kind::kHome:
      controls.first = 0;
      return;
    case Key::Kind::kDown:
      controls.first += 1;
      break;
    case Key::Kind::kPageDown:
      controls.first += page_rows;
      break;
    case Key::Kind::kEnd:
      controls.first = last_first;
      break;
    default:
      return;
  }
  controls.first = std::min(controls.first, last_first);
}

}  // namespace

const char* NameOf(SortBy sort) {
  switch (sort) {
    case SortBy::kState:
      return "state";
    case SortBy::kLatency:
      return "latency";
    case SortBy::kDevice:
      return "device";
    case SortBy::kChange:
      return "change";
  }
  return "";
}

std::size_t LastFirst(std::size_t page_rows, std::size_t rows) {
  return rows > page_rows ? rows - page_rows : 0;
}

void Press(const Key& key, std::size_t page_rows, std::size_t rows, Controls& controls) {
  if (controls.help) {  // any key ends it
    controls.help = false;
    return;
  }
  if (controls.typing) return Type(key, controls);
  if (key.kind == Key::Kind::kCharacter) return PressLetter(key.character, controls);
  if (key.kind == Key::Kind::kEscape) return Filter("", controls);
  Scroll(key.kind, page_rows, LastFirst(page_rows, rows), controls);
}

}  // namespace pathwatch::top
