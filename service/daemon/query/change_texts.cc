#include "service/daemon/query/change_texts.h"

#include <optional>

#include "service/present/change_text.h"

namespace pathwatch::service {

const std::string& ChangeTexts::Of(const pw_change_record& change) {
  if (entries_.empty()) entries_.resize(kKept);
  Entry& entry = entries_[change.sequence % kKept];
  if (entry.sequence != change.sequence) {
    entry.sequence = change.sequence;
    entry.text = present::ChangeAsJson(change, std::nullopt, clocks_());
  }
  return entry.text;
}

}  // namespace pathwatch::service
