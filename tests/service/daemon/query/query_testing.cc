#include "tests/service/daemon/query/query_testing.h"

#include <stdlib.h>

#include <filesystem>

#include "proto/io_pathwatch_varlink.h"
#include "tests/query/json.h"
#include "tests/ring/loop_testing.h"

namespace pathwatch::service {
namespace {

constexpr std::string_view kInterface = "io.pathwatch.";
constexpr std::string_view kStandard = "org.varlink.service.";

const query::InterfaceDescription& Description() {
  static const auto description = query::InterfaceDescription::Parse(proto::kInterfaceDescription);
  EXPECT_TRUE(description.ok()) << description.status();
  return *description;
}

void ExpectFit(const Told& told, const std::string& method) {
  const rapidjson::Document parameters = query::Parsed(told.text);
  if (!parameters.IsObject()) {
    ADD_FAILURE() << told.text;
    return;
  }
  if (std::string_view(told.error).starts_with(kStandard)) return;
  const auto misfit = told.error.empty() ? Description().CheckReply(method, parameters)
                                         : Description().CheckError(told.error, parameters);
  EXPECT_FALSE(misfit) << misfit->field << " " << misfit->problem << " in " << told.text;
}

}  // namespace

void CollectedReplies::Begin() {
  EXPECT_FALSE(open_ || over_);
  open_ = true;
}

void CollectedReplies::Append(std::string_view json) {
  EXPECT_TRUE(open_);
  text_ += json;
}

void CollectedReplies::End(bool continues) {
  EXPECT_TRUE(open_);
  told_.push_back({"", std::exchange(text_, ""), continues});
  open_ = false;
  over_ = !continues;
}

void CollectedReplies::Fail(std::string_view error, std::string_view parameters) {
  EXPECT_FALSE(open_ || over_);
  if (error.starts_with(kInterface)) error.remove_prefix(kInterface.size());
  told_.push_back({std::string(error), std::string(parameters), false});
  over_ = true;
}

absl::Status RecordedRequests::AcceptIdentity(const discovery::Hctl& path, const query::Caller&) {
  if (refuse) return absl::FailedPreconditionError("no other identity");
  accepted.push_back(path);
  return absl::OkStatus();
}

QueryServiceTest::QueryServiceTest() : folder_("/tmp/pathwatch-query-XXXXXX") {
  EXPECT_NE(mkdtemp(folder_.data()), nullptr);
  publish::Writer writer;
  writer.epoch = 0x1234;
  writer.version = "1.2.3";
  auto file = publish::StateFile::Create(folder_, {}, writer, cli::Ago(2 * cli::kHour));
  EXPECT_TRUE(file.ok()) << file.status();
  file_ = *std::move(file);
  file_->Heartbeat(cli::Ago(300 * cli::kMillisecond));
  loop_ = ring::MakeLoop();
  service_ = std::make_unique<QueryService>(
      *loop_, *file_, requests_, [this](query::CallId call) { woken_.insert(call); },
      [] { return cli::kNow; });
}

QueryServiceTest::~QueryServiceTest() {
  service_.reset();
  loop_.reset();
  std::filesystem::remove_all(folder_);
}

void QueryServiceTest::Put(std::uint32_t slot, const pw_path_record& path) {
  EXPECT_TRUE(file_->PutPath(slot, path).ok());
  pw_lun_record lun{};
  cli::SetText(lun.wwid, path.wwid);
  cli::SetText(lun.dm_name, "mpath" + std::to_string(path.lun));
  lun.paths_total = 1;
  EXPECT_TRUE(file_->PutLun(path.lun_index, lun).ok());
  pw_nexus_record nexus{};
  cli::SetText(nexus.name, std::to_string(path.host) + ":0:0");
  nexus.transport = PW_TRANSPORT_FC;
  EXPECT_TRUE(file_->PutNexus(path.nexus_index, nexus).ok());
}

void QueryServiceTest::Change(std::uint32_t slot, pw_state to) {
  pw_path_record path = *file_->path(slot);
  pw_change_record change{};
  change.generation = path.generation;
  change.lun = path.lun;
  change.host = path.host;
  change.channel = path.channel;
  change.target = path.target;
  change.path_index = slot;
  change.change.when_boottime_ns = cli::kNow.boot_now_ns;
  change.change.from = path.state;
  change.change.to = static_cast<std::uint8_t>(to);
  change.change.reason_kind = PW_REASON_REPLY;
  cli::SetText(change.device, path.sd_name);
  cli::SetText(change.wwid, path.wwid);
  path.state = static_cast<std::uint8_t>(to);
  EXPECT_TRUE(file_->PutPath(slot, path).ok());
  file_->AppendChange(change);
  service_->OnChange();
}

query::Progress QueryServiceTest::Ongoing::Continue(std::uint64_t patience) {
  replies_.SetPatience(patience);
  const query::Progress progress = answer_->Continue(replies_);
  EXPECT_EQ(progress == query::Progress::kDone, replies_.over());
  return progress;
}

std::vector<Told> QueryServiceTest::Ongoing::Take() {
  std::vector<Told> told = replies_.Take();
  for (const Told& one : told) ExpectFit(one, method_);
  return told;
}

QueryServiceTest::Ongoing QueryServiceTest::Begin(const std::string& method,
                                                  const std::string& parameters, bool more,
                                                  bool privileged) {
  const rapidjson::Document document = query::Parsed(parameters);
  const auto misfit = Description().CheckCall(method, document);
  EXPECT_FALSE(misfit) << misfit->field << " " << misfit->problem;
  const query::Call call = {.id = ++last_call_,
                            .method = method,
                            .parameters = document,
                            .more = more,
                            .oneway = false,
                            .caller = {.pid = 1, .uid = 1000, .privileged = privileged}};
  return {service_->Start(call), method, last_call_};
}

std::vector<Told> QueryServiceTest::Ask(const std::string& method, const std::string& parameters,
                                        bool more, std::uint64_t patience, bool privileged) {
  Ongoing call = Begin(method, parameters, more, privileged);
  query::Progress progress = query::Progress::kMore;
  while (progress == query::Progress::kMore) progress = call.Continue(patience);
  EXPECT_EQ(progress, query::Progress::kDone);
  return call.Take();
}

Told QueryServiceTest::AskOne(const std::string& method, const std::string& parameters) {
  std::vector<Told> told = Ask(method, parameters);
  EXPECT_EQ(told.size(), 1u);
  return told.empty() ? Told{} : told.front();
}

std::string PathsOf(const Told& told, const char* array) {
  std::string text;
  const rapidjson::Document document = query::Parsed(told.text);
  if (!document.IsObject() || !document.HasMember(array)) return "none in " + told.text;
  for (const auto& path : document[array].GetArray()) {
    if (!text.empty()) text += ", ";
    text += std::string(path["path"].GetString()) + " " + path["state"].GetString();
  }
  return text;
}

}  // namespace pathwatch::service
