// The catalogue as a part of the documentation.
//
// Thread rule: pure, any thread.
#ifndef PATHWATCH_LIB_METRICS_CATALOGUE_TEXT_H_
#define PATHWATCH_LIB_METRICS_CATALOGUE_TEXT_H_

#include <string>

namespace pathwatch::metrics {

// Markdown: for each group a title of the third level and a table of name, type, labels, meaning.
std::string CatalogueText();

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_CATALOGUE_TEXT_H_
