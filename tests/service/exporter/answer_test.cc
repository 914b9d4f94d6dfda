#include "service/exporter/answer.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace pathwatch::exporter {
namespace {

class Source final : public prometheus::Collectable {
 public:
  std::vector<prometheus::MetricFamily> Collect() const override {
    prometheus::MetricFamily family = {"a_metric", "Help.", prometheus::MetricType::Gauge, {}};
    family.metric.emplace_back().gauge.value = 1;
    return {family};
  }
};

class AnswerTest : public testing::Test {
 protected:
  Answer To(std::string_view method, std::string_view path, std::string_view accepted = "") {
    return AnswerTo({method, path, accepted}, expositions_);
  }

  Source source_;
  Expositions expositions_{source_};
};

bool Has(const Answer& answer, const std::string& header) {
  return answer.head.find(header + "\r\n") != std::string::npos;
}

TEST_F(AnswerTest, MetricsHaveTheirFormatAndLengthInTheHead) {
  const Answer answer = To("GET", "/metrics");
  EXPECT_TRUE(answer.head.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(answer.head.ends_with("\r\n\r\n"));
  EXPECT_TRUE(Has(answer, "Content-Type: text/plain; version=0.0.4; charset=utf-8"));
  EXPECT_TRUE(Has(answer, "Content-Length: " + std::to_string(answer.body().size())));
  EXPECT_TRUE(Has(answer, "Connection: close"));
  EXPECT_EQ(answer.body(), "# HELP a_metric Help.\n# TYPE a_metric gauge\na_metric 1\n");
}

TEST_F(AnswerTest, CompressionIsForThoseWhoAskForIt) {
  for (const char* accepted : {"gzip", " GZIP ", "br, gzip;q=0.001", "gzip; q=1.0, br"}) {
    const Answer answer = To("GET", "/metrics", accepted);
    EXPECT_TRUE(Has(answer, "Content-Encoding: gzip")) << accepted;
    EXPECT_TRUE(answer.body().starts_with("\x1f\x8b")) << accepted;
  }
  for (const char* accepted : {"", ",", "identity", "gzip;q=0", "gzip;q=0.000", "x-gzipp", "*"}) {
    const Answer answer = To("GET", "/metrics", accepted);
    EXPECT_FALSE(Has(answer, "Content-Encoding: gzip")) << accepted;
    EXPECT_TRUE(answer.body().starts_with("# HELP")) << accepted;
  }
}

TEST_F(AnswerTest, WhenAllPlacesAreTakenLaterIsProposed) {
  std::vector<Answer> read_slowly;
  for (std::size_t i = 0; i < Expositions::kAliveMax; ++i) {
    read_slowly.push_back(To("GET", "/metrics"));
  }
  const Answer refusal = To("GET", "/metrics");
  EXPECT_EQ(refusal.status, 503);
  EXPECT_TRUE(Has(refusal, "Retry-After: 5"));
  EXPECT_EQ(To("GET", "/").status, 200);
  read_slowly.pop_back();
  EXPECT_EQ(To("GET", "/metrics").status, 200);
}

TEST_F(AnswerTest, HeadIsThatOfTheBodyThatIsLeftOut) {
  const Answer answer = To("HEAD", "/metrics");
  EXPECT_TRUE(Has(answer, "Content-Length: 55"));
  EXPECT_EQ(answer.body(), "");
}

TEST_F(AnswerTest, WhatIsNotThereAndWhatIsNotDoneIsSaid) {
  EXPECT_EQ(To("GET", "/metrics/").status, 404);
  EXPECT_EQ(To("GET", "").status, 404);
  EXPECT_EQ(To("POST", "/metrics").status, 405);
  EXPECT_EQ(To("", "").status, 405);
  EXPECT_TRUE(Has(To("DELETE", "/"), "Allow: GET, HEAD"));
}

}  // namespace
}  // namespace pathwatch::exporter
