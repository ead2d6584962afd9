#include "kiosk/edge/ipp_client.hpp"

#include <cups/cups.h>
#include <fmt/format.h>

#include <array>
#include <memory>

#include "kiosk/edge/ipp_answer.hpp"

namespace mado::kiosk {

namespace {
constexpr auto user = "madoguchi";

struct Release {
  void operator()(http_t* connection) const { httpClose(connection); }
  void operator()(ipp_t* message) const { ippDelete(message); }
};
using Connection = std::unique_ptr<http_t, Release>;
using Message = std::unique_ptr<ipp_t, Release>;

std::unexpected<IppTrouble> trouble(IppTrouble::Kind kind, std::string cause) {
  return std::unexpected(IppTrouble{kind, std::move(cause)});
}

std::unexpected<IppTrouble> broken(std::string_view operation) {
  return trouble(IppTrouble::Kind::unreachable, fmt::format("{}: {}", operation, cupsLastErrorString()));
}

void ask_for(ipp_t* request, const std::vector<const char*>& attributes) {
  ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                static_cast<int>(attributes.size()), nullptr, attributes.data());
}
}  // namespace

// The part that speaks libcups.
struct IppClient::Wire {
  static Message request(const Place& place, ipp_op_t operation, std::optional<std::int32_t> job = std::nullopt) {
    Message message{ippNewRequest(operation)};
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, place.uri.c_str());
    if (job) ippAddInteger(message.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", *job);
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, user);
    return message;
  }

  static IppAnswer<Connection> connect(const Place& place, std::chrono::milliseconds limit) {
    // No password is ever asked for on the terminal.
    cupsSetPasswordCB2([](const char*, http_t*, const char*, const char*, void*) -> const char* { return nullptr; },
                       nullptr);
    Connection connection{httpConnect2(place.host.c_str(), place.port, nullptr, AF_UNSPEC,
                                       place.encrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                                       static_cast<int>(limit.count()), nullptr)};
    if (!connection) return broken("connect");
    const auto seconds = std::chrono::duration<double>(limit).count();
    httpSetTimeout(connection.get(), seconds, [](http_t*, void*) { return 0; }, nullptr);
    return connection;
  }

  static IppAnswer<Message> checked(Message answer, std::string_view operation) {
    if (!answer) return broken(operation);
    if (auto good = check_status(answer.get(), operation); !good) return std::unexpected(std::move(good.error()));
    return answer;
  }

  static IppAnswer<Message> ask(const IppClient& client, Message request, std::string_view operation) {
    auto connection = connect(client.place_, client.limit_);
    if (!connection) return std::unexpected(connection.error());
    // cupsDoRequest takes the request over.
    return checked(Message{cupsDoRequest(connection->get(), request.release(), client.place_.path.c_str())}, operation);
  }

  static IppAnswer<Message> ask_with_document(const IppClient& client, Message request, ByteView document,
                                              std::string_view operation) {
    auto connection = connect(client.place_, client.limit_);
    if (!connection) return std::unexpected(connection.error());
    auto* http = connection->get();
    const auto* path = client.place_.path.c_str();
    const auto length = ippLength(request.get()) + document.size();
    auto status = cupsSendRequest(http, request.get(), path, length);
    while (status == HTTP_STATUS_CONTINUE && !document.empty()) {
      const auto part = document.first(std::min<std::size_t>(document.size(), 16384));
      status = cupsWriteRequestData(http, reinterpret_cast<const char*>(part.data()), part.size());
      document = document.subspan(part.size());
    }
    return checked(Message{cupsGetResponse(http, path)}, operation);
  }
};

Outcome<IppClient> IppClient::make(const std::string& uri, std::chrono::milliseconds limit) {
  std::array<char, 32> scheme{};
  std::array<char, 64> name{};
  std::array<char, 256> host{};
  std::array<char, 256> path{};
  int port = 0;
  const auto status = httpSeparateURI(HTTP_URI_CODING_ALL, uri.c_str(), scheme.data(), scheme.size(), name.data(),
                                      name.size(), host.data(), host.size(), &port, path.data(), path.size());
  const std::string_view kind{scheme.data()};
  if (status != HTTP_URI_STATUS_OK || (kind != "ipp" && kind != "ipps") || host[0] == '\0' || name[0] != '\0') {
    return refuse(Reason::configuration_invalid, "\"" + uri + "\" is not ipp://HOST[:PORT]/PATH or ipps://…");
  }
  return IppClient{{uri, host.data(), port, path.data(), kind == "ipps"}, limit};
}

IppAnswer<PrinterReport> IppClient::printer() const {
  auto request = Wire::request(place_, IPP_OP_GET_PRINTER_ATTRIBUTES);
  ask_for(request.get(), {"printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "queued-job-count",
                          "printer-impressions-completed"});
  const auto answer = Wire::ask(*this, std::move(request), "Get-Printer-Attributes");
  if (!answer) return std::unexpected(answer.error());
  return read_printer(answer->get());
}

IppAnswer<std::int32_t> IppClient::create_job(const JobWishes& wishes) const {
  auto request = Wire::request(place_, IPP_OP_CREATE_JOB);
  auto* message = request.get();
  ippAddString(message, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr, wishes.name.c_str());
  ippAddBoolean(message, IPP_TAG_OPERATION, "ipp-attribute-fidelity", 1);
  ippAddString(message, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", nullptr, wishes.media.c_str());
  ippAddString(message, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", nullptr, wishes.sides.c_str());
  const auto answer = Wire::ask(*this, std::move(request), "Create-Job");
  if (!answer) return std::unexpected(answer.error());
  return read_job_number(answer->get());
}

IppAnswer<void> IppClient::send_document(std::int32_t job, ByteView pdf) const {
  auto request = Wire::request(place_, IPP_OP_SEND_DOCUMENT, job);
  auto* message = request.get();
  ippAddBoolean(message, IPP_TAG_OPERATION, "last-document", 1);
  ippAddString(message, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr, "application/pdf");
  const auto answer = Wire::ask_with_document(*this, std::move(request), pdf, "Send-Document");
  if (!answer) return std::unexpected(answer.error());
  return {};
}

IppAnswer<JobReport> IppClient::job(std::int32_t job) const {
  auto request = Wire::request(place_, IPP_OP_GET_JOB_ATTRIBUTES, job);
  ask_for(request.get(), {"job-state", "job-state-reasons", "job-impressions-completed"});
  const auto answer = Wire::ask(*this, std::move(request), "Get-Job-Attributes");
  if (!answer) return std::unexpected(answer.error());
  return read_job(answer->get());
}

IppAnswer<void> IppClient::cancel(std::int32_t job) const {
  const auto answer = Wire::ask(*this, Wire::request(place_, IPP_OP_CANCEL_JOB, job), "Cancel-Job");
  if (!answer) return std::unexpected(answer.error());
  return {};
}

}  // namespace mado::kiosk
