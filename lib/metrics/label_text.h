// Values of labels: they come from arrays, from the kernel and from people, and may hold any byte.
//
// Thread rule: pure, any thread.
#ifndef PATHWATCH_LIB_METRICS_LABEL_TEXT_H_
#define PATHWATCH_LIB_METRICS_LABEL_TEXT_H_

#include <string>
#include <string_view>

namespace pathwatch::metrics {

// True if LabelText changes nothing, as with nearly all texts; it may be false for others too.
bool IsPlainLabel(std::string_view text);

// Valid UTF-8 without control characters: bytes that are neither become \xNN. What that gives is
// not changed by doing it again.
std::string LabelText(std::string_view text);

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_LABEL_TEXT_H_
