// 本籍地利用登録: what the staff of the 戸籍 decide about those who asked at a kiosk.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "commands.hpp"
#include "operation/arguments.hpp"
#include "operation/program.hpp"
#include "registry/edge/domicile_register.hpp"
#include "wire/message.hpp"

namespace mado::registry {

namespace {
constexpr int wrong_usage = 2;

// A decision looks at no bound: it only makes room.
Outcome<void> with_applications(const std::string& settings,
                                const std::function<Outcome<void>(DomicileRegister&)>& work) {
  MADO_TRY(registers, open_for_command(settings));
  DomicileRegister applications(*registers, 0);
  return work(applications);
}

Outcome<void> list(DomicileRegister& applications) {
  MADO_TRY(waiting, applications.waiting());
  for (auto& [number, entry] : waiting) {
    fmt::print("{}\t{}\t{}\t{}\t{}\t{}\n", number, iso_text(in_japan(Instant{entry.applied_at()}).day), entry.name(),
               entry.born(), entry.head(), entry.telephone());
    wire::wipe_message(entry);
  }
  return {};
}

int run_list(const std::vector<std::string>& words) {
  const std::string command = "madoguchi-registry domicile list";
  operation::Arguments arguments(command,
                                 "Applications that wait: number, day, name, birth, 筆頭者, telephone, with tabs");
  std::string settings;
  arguments.required("--config", settings, "The register's settings file");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code(command, with_applications(settings, list));
}

int run_approve(const std::string& number, const std::vector<std::string>& words) {
  const std::string command = "madoguchi-registry domicile approve NUMBER";
  operation::Arguments arguments(command, "Knows the applicant's card for a person of a 戸籍");
  std::string settings;
  std::string person;
  arguments.required("--config", settings, "The register's settings file");
  arguments.required("--person", person, "戸籍個人番号: the applicant's number in the 戸籍");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code(command, with_applications(settings, [&](DomicileRegister& applications) {
                                return applications.approve(number, person, operation::now());
                              }));
}

int run_reject(const std::string& number, const std::vector<std::string>& words) {
  const std::string command = "madoguchi-registry domicile reject NUMBER";
  operation::Arguments arguments(command, "Ends an application; the citizen may ask again");
  std::string settings;
  arguments.required("--config", settings, "The register's settings file");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code(command, with_applications(settings, [&](DomicileRegister& applications) {
                                return applications.reject(number, operation::now());
                              }));
}
}  // namespace

int run_domicile(const std::vector<std::string>& words) {
  const auto action = words.empty() ? std::string() : words.front();
  const auto rest_from = [&](std::size_t at) {
    return std::vector<std::string>(words.begin() + static_cast<std::ptrdiff_t>(std::min(at, words.size())),
                                    words.end());
  };
  if (action == "list") return run_list(rest_from(1));
  if (words.size() > 1 && action == "approve") return run_approve(words[1], rest_from(2));
  if (words.size() > 1 && action == "reject") return run_reject(words[1], rest_from(2));
  fmt::print(stderr,
             "madoguchi-registry domicile: list --config FILE | approve NUMBER --config FILE --person 戸籍個人番号 | "
             "reject NUMBER --config FILE\n");
  return wrong_usage;
}

}  // namespace mado::registry
