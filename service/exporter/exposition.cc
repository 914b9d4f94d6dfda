#include "service/exporter/exposition.h"

#include <zlib.h>

#include <array>

#include "lib/metrics/text_format.h"

namespace pathwatch::exporter {
namespace {

// The text repeats itself so much that more effort makes it little smaller, and takes much longer.
constexpr int kLevel = 2;
constexpr int kGzipFormat = 15 + 16;  // the largest window; zlib's sign for a gzip header
constexpr int kMemoryLevel = 8;       // zlib's default
// On the stack of each thread.
constexpr std::size_t kPiece = 1 << 13;

std::string Compressed(std::string_view text) {
  z_stream stream = {};
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipFormat, kMemoryLevel, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return "";
  }
  // zlib does not write to its input, and its type says so only if it is asked to.
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  std::string compressed;
  std::array<char, kPiece> piece;
  int result = Z_OK;
  while (result == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = kPiece;
    result = deflate(&stream, Z_FINISH);
    compressed.append(piece.data(), kPiece - stream.avail_out);
  }
  deflateEnd(&stream);
  return result == Z_STREAM_END ? compressed : "";
}

}  // namespace

Exposition::Exposition(const std::vector<prometheus::MetricFamily>& families, std::size_t bytes)
    : text_(metrics::TextFormat(families, bytes)) {}

std::string_view Exposition::gzip() const {
  std::call_once(once_, [this] { gzip_ = Compressed(text_); });
  return gzip_;
}

}  // namespace pathwatch::exporter
