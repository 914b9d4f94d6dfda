// What is answered to a request, whatever carries it.
//
// Thread rule: any thread.
#ifndef PATHWATCH_SERVICE_EXPORTER_ANSWER_H_
#define PATHWATCH_SERVICE_EXPORTER_ANSWER_H_

#include <memory>
#include <string>
#include <string_view>

#include "service/exporter/exposition.h"
#include "service/exporter/expositions.h"

namespace pathwatch::exporter {

struct Request {
  std::string_view method;           // "GET"
  std::string_view path;             // "/metrics", without what follows a "?"
  std::string_view accept_encoding;  // the header's value, "" if there is none
};

struct Answer {
  int status = 200;
  std::string head;  // status line and headers, with the empty line at the end
  std::string text;  // the body if `exposition` is null
  std::shared_ptr<const Exposition> exposition = nullptr;
  bool compressed = false;

  // Valid as long as this object.
  std::string_view body() const;
};

// Makes an exposition if it is asked for one. Clients are always told that the connection ends:
// one that is kept open would hold a thread until the next scrape.
Answer AnswerTo(const Request& request, Expositions& expositions);

// For when there is not enough memory for another.
Answer InternalError();

}  // namespace pathwatch::exporter

#endif  // PATHWATCH_SERVICE_EXPORTER_ANSWER_H_
