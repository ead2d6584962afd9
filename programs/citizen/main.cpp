#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>

#include "application/rule_names.hpp"
#include "operation/arguments.hpp"
#include "walk.hpp"

namespace {
using namespace mado;

Outcome<std::string> first_line(const std::string& file) {
  std::ifstream stream(file);
  std::string line;
  if (!std::getline(stream, line)) return refuse(Reason::input_invalid, file + " cannot be read");
  return line;
}

Outcome<void> write_json(const std::string& file, const citizen::Walk& walk) {
  boost::json::array steps;
  for (const auto& step : walk.steps)
    steps.push_back(boost::json::object{{"step", step.screen}, {"milliseconds", step.lasted.count()}});
  const boost::json::object object{
      {"ended_on", walk.ended_on}, {"code", walk.code}, {"kind", walk.kind}, {"number", walk.number},
      {"sheets", walk.sheets},     {"fee", walk.fee},   {"steps", steps}};
  std::ofstream stream(file);
  stream << boost::json::serialize(object) << '\n';
  if (!stream.flush()) return refuse(Reason::storage_failed, file + " cannot be written");
  return {};
}

Outcome<void> unknown(const std::string& what, const std::string& name) {
  return refuse(Reason::input_invalid, "no " + what + " \"" + name + "\"");
}

Outcome<void> run(const citizen::Wish& wish, const std::string& address_file, const std::string& card,
                  std::int64_t seconds, const std::string& json_file) {
  MADO_TRY(address, first_line(address_file));
  MADO_TRY(walk, citizen::walk(address, card, wish, std::chrono::seconds{seconds}));
  for (const auto& step : walk.steps) fmt::print("  {:<18} {:>6} ms\n", step.screen, step.lasted.count());
  if (!json_file.empty()) MADO_CHECK(write_json(json_file, walk));
  const auto wanted = wish.cancel_at.empty() ? "ended" : walk.ended_on;
  if (walk.ended_on == wanted) return {};
  return refuse(Reason::internal, walk.ended_on + ": " + walk.code);
}
}  // namespace

int main(int argc, char** argv) {
  operation::Arguments arguments("madoguchi-citizen",
                                 "A simulated citizen: walks through a kiosk's screens and gets a certificate.");
  citizen::Wish wish;
  std::string address_file;
  std::string card;
  std::string json_file;
  std::vector<std::string> options;
  std::string kind = "residence_certificate";
  std::string persons;
  std::int64_t service = 1;
  std::int64_t scope = 3;
  std::int64_t copies = 1;
  std::int64_t seconds = 120;
  arguments.required("--address-file", address_file, "The file in which the kiosk writes its session's address");
  arguments.required("--card", card, "The virtual card's control, as http://127.0.0.1:35971");
  arguments.required("--city", wish.city, "団体コード");
  arguments.required("--pin", wish.pin, "Four digits");
  arguments.optional("--scope", scope, 1, 3, "1 本人, 2 世帯の一部, 3 世帯全員");
  arguments.optional("--service", service, 1, 2, "1 the city of residence, 2 the city of the 本籍");
  arguments.optional("--kind", kind, "The kind of certificate, as a city's rules name it");
  arguments.optional("--persons", persons, "one or many, in the place of --scope");
  arguments.optional("--option", options, "An item, as a city's rules name it; may be repeated");
  arguments.optional("--copies", copies, 1, 10, "部数");
  arguments.optional("--language", wish.language, "ja or en");
  arguments.optional("--cancel-at", wish.cancel_at, "Press 中止 on this screen");
  arguments.optional("--seconds", seconds, 1, 3600, "How long the walk may take");
  arguments.optional("--json", json_file, "Where the steps are written");
  if (const auto code = arguments.parse(std::vector<std::string>(argv + 1, argv + argc))) return *code;
  wish.service = static_cast<int>(service);
  wish.kind = application::kind_of(kind);
  if (wish.kind == v1::KIND_UNSPECIFIED) return operation::exit_code("madoguchi-citizen", unknown("kind", kind));
  for (const auto& option : options) {
    wish.options.push_back(application::option_of(option));
    if (wish.options.back() == v1::OPTION_UNSPECIFIED)
      return operation::exit_code("madoguchi-citizen", unknown("option", option));
  }
  if (persons == "one") scope = v1::SCOPE_SELF;
  wish.scope = static_cast<int>(scope);
  wish.copies = static_cast<int>(copies);
  return operation::exit_code("madoguchi-citizen", run(wish, address_file, card, seconds, json_file));
}
