// What the user has chosen to see, and how keys change it.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_TOP_CONTROLS_H_
#define PATHWATCH_SERVICE_CLI_TOP_CONTROLS_H_

#include <cstddef>
#include <string>

namespace pathwatch::top {

enum class Page { kPaths, kNexuses };
enum class SortBy { kState, kLatency, kDevice, kChange };

struct Key {
  enum class Kind {
    kCharacter,
    kUp,
    kDown,
    kPageUp,
    kPageDown,
    kHome,
    kEnd,
    kEnter,
    kEscape,
    kBackspace,
    kOther
  } kind = Kind::kOther;
  char character = '\0';  // of kCharacter; a tab is one
};

struct Controls {
  Page page = Page::kPaths;
  SortBy sort = SortBy::kState;
  bool only_not_usable = false;
  bool help = false;
  std::string filter = {};  // shown is what contains this, in whatever case; "": all
  bool typing = false;      // the filter is being typed
  std::string typed = {};   // so far
  std::size_t first = 0;    // of the rows: the one that is shown first
  bool quit = false;
};

// "state", "latency", "device", "change"
const char* NameOf(SortBy sort);

// `page_rows`: how many rows are shown at a time; `rows`: how many there are. The first row that is
// shown never gets beyond where the last one is at the bottom.
void Press(const Key& key, std::size_t page_rows, std::size_t rows, Controls& controls);

// The last page begins with this row.
std::size_t LastFirst(std::size_t page_rows, std::size_t rows);

}  // namespace pathwatch::top

#endif  // PATHWATCH_SERVICE_CLI_TOP_CONTROLS_H_
