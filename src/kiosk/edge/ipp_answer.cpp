#include "kiosk/edge/ipp_answer.hpp"

#include <cups/cups.h>
#include <fmt/format.h>

#include <algorithm>

namespace mado::kiosk {

namespace {
std::unexpected<IppTrouble> unreadable(std::string cause) {
  return std::unexpected(IppTrouble{IppTrouble::Kind::unreadable, std::move(cause)});
}

std::optional<int> number(ipp_t* answer, const char* name, ipp_tag_t tag) {
  auto* attribute = ippFindAttribute(answer, name, tag);
  return attribute == nullptr ? std::nullopt : std::optional{ippGetInteger(attribute, 0)};
}

std::vector<std::string> keywords(ipp_t* answer, const char* name) {
  std::vector<std::string> words;
  auto* attribute = ippFindAttribute(answer, name, IPP_TAG_KEYWORD);
  const int values = attribute == nullptr ? 0 : std::min(ippGetCount(attribute), most_state_reasons);
  for (int i = 0; i < values; ++i) {
    const char* word = ippGetString(attribute, i, nullptr);
    if (word != nullptr) words.push_back(std::string(word).substr(0, longest_state_reason));
  }
  return words;
}

template <typename Count>
std::optional<Count> count(ipp_t* answer, const char* name) {
  const auto value = number(answer, name, IPP_TAG_INTEGER);
  return value && *value >= 0 ? std::optional{static_cast<Count>(*value)} : std::nullopt;
}
}  // namespace

IppAnswer<void> check_status(_ipp_s* answer, std::string_view operation) {
  // A number, as it came: not every one has a name in libcups' enumeration. Below zero are libcups' own errors.
  const int status = ippGetStatusCode(answer);
  if (status >= IPP_STATUS_OK && status <= IPP_STATUS_OK_EVENTS_COMPLETE) return {};
  const auto kind = status == IPP_STATUS_ERROR_NOT_FOUND ? IppTrouble::Kind::not_found : IppTrouble::Kind::refused;
  return std::unexpected(
      IppTrouble{kind, fmt::format("{}: {}", operation, ippErrorString(static_cast<ipp_status_t>(status)))});
}

IppAnswer<PrinterReport> read_printer(_ipp_s* answer) {
  const auto state = number(answer, "printer-state", IPP_TAG_ENUM);
  if (!state || *state < IPP_PSTATE_IDLE || *state > IPP_PSTATE_STOPPED)
    return unreadable("Get-Printer-Attributes: no printer-state");
  PrinterReport report;
  report.state = static_cast<PrinterState>(*state);
  auto* accepting = ippFindAttribute(answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
  report.accepting_jobs = accepting == nullptr || ippGetBoolean(accepting, 0) != 0;
  report.reasons = keywords(answer, "printer-state-reasons");
  report.queued_jobs = count<std::uint32_t>(answer, "queued-job-count").value_or(0);
  report.impressions = count<std::uint64_t>(answer, "printer-impressions-completed");
  return report;
}

IppAnswer<std::int32_t> read_job_number(_ipp_s* answer) {
  const auto job = number(answer, "job-id", IPP_TAG_INTEGER);
  if (!job || *job <= 0) return unreadable("Create-Job: no job-id");
  return *job;
}

IppAnswer<JobReport> read_job(_ipp_s* answer) {
  const auto state = number(answer, "job-state", IPP_TAG_ENUM);
  if (!state || *state < IPP_JSTATE_PENDING || *state > IPP_JSTATE_COMPLETED)
    return unreadable("Get-Job-Attributes: no job-state");
  return JobReport{static_cast<JobState>(*state), keywords(answer, "job-state-reasons"),
                   count<std::uint32_t>(answer, "job-impressions-completed")};
}

}  // namespace mado::kiosk
