#include "service/exporter/answer.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "fmt/format.h"

namespace pathwatch::exporter {
namespace {

constexpr std::string_view kPlainText = "text/plain; charset=utf-8";
constexpr std::string_view kMetrics = "text/plain; version=0.0.4; charset=utf-8";
constexpr std::string_view kHtml = "text/html; charset=utf-8";

constexpr const char* kPage =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\"><head><title>pathwatch-exporter</title></head>\n"
    "<body><h1>pathwatch-exporter</h1>\n"
    "<p>Health of this host's SCSI paths for Prometheus: <a href=\"/metrics\">/metrics</a></p>\n"
    "</body></html>\n";

std::string_view ReasonOf(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 503:
      return "Service Unavailable";
    default:
      return "Internal Server Error";
  }
}

std::string Head(const Answer& answer, std::string_view type, std::string_view more_headers) {
  return fmt::format(
      "HTTP/1.1 {} {}\r\n"
      "Content-Type: {}\r\n"
      "Content-Length: {}\r\n"
      "{}Cache-Control: no-store\r\n"
      "Connection: close\r\n\r\n",
      answer.status, ReasonOf(answer.status), type, answer.body().size(), more_headers);
}

Answer Said(int status, std::string text, std::string_view type = kPlainText,
            std::string_view more_headers = "") {
  Answer answer;
  answer.status = status;
  answer.text = std::move(text);
  answer.head = Head(answer, type, more_headers);
  return answer;
}

// "gzip", "deflate, gzip;q=0.5"; but "gzip;q=0" says that it is not wanted.
bool WantsGzip(std::string_view accept_encoding) {
  for (const std::string& coding :
       std::vector<std::string>(absl::StrSplit(std::string(accept_encoding), ','))) {
    const std::vector<std::string> parts = absl::StrSplit(coding, ';');
    if (!absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(parts.front()), "gzip")) continue;
    const std::string quality(parts.size() > 1 ? absl::StripAsciiWhitespace(parts[1]) : "");
    return quality.find_first_not_of("q=0.") != std::string::npos || quality.empty();
  }
  return false;
}

Answer Metrics(const Request& request, Expositions& expositions) {
  Answer answer;
  answer.exposition = expositions.Get();
  if (answer.exposition == nullptr) {
    return Said(503, "Too many clients are slow to read what they have asked for: try again.\n",
                kPlainText, "Retry-After: 5\r\n");
  }
  answer.compressed = WantsGzip(request.accept_encoding) && !answer.exposition->gzip().empty();
  answer.head = Head(answer, kMetrics,
                     answer.compressed ? "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n"
                                       : "Vary: Accept-Encoding\r\n");
  return answer;
}

Answer AnswerToGet(const Request& request, Expositions& expositions) {
  if (request.path == "/metrics") return Metrics(request, expositions);
  if (request.path == "/") return Said(200, kPage, kHtml);
  return Said(404, "There is nothing here: metrics are at /metrics.\n");
}

void DropBody(Answer& answer) {
  answer.text.clear();
  answer.exposition = nullptr;
}

}  // namespace

std::string_view Answer::body() const {
  if (exposition == nullptr) return text;
  return compressed ? exposition->gzip() : exposition->text();
}

Answer AnswerTo(const Request& request, Expositions& expositions) {
  if (request.method != "GET" && request.method != "HEAD") {
    return Said(405, "Only GET and HEAD are answered.\n", kPlainText, "Allow: GET, HEAD\r\n");
  }
  Answer answer = AnswerToGet(request, expositions);
  if (request.method == "HEAD") DropBody(answer);
  return answer;
}

Answer InternalError() {
  return Said(500, "The metrics could not be collected: there is too little memory.\n");
}

}  // namespace pathwatch::exporter
