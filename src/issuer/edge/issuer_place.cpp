#include "issuer/edge/issuer_place.hpp"

#include "application/roster_file.hpp"
#include "issuer/core/issuer.hpp"
#include "issuer/edge/boundary.hpp"
#include "issuer/edge/certificate_composer.hpp"
#include "issuer/edge/inside_stream.hpp"
#include "issuer/edge/loaded_rules.hpp"
#include "issuer/edge/tax_place.hpp"
#include "operation/clock_check.hpp"
#include "operation/log.hpp"
#include "trust/file.hpp"
#include "trust/openssl_cryptography.hpp"

namespace mado::issuer {

namespace {
constexpr std::size_t handle_key_size = 32;
constexpr std::size_t longest_domicile_number = 20;  // bytes

struct LineTo {
  std::string target;
  std::string peer;
  wire::LineCredentials credentials;
  wire::Limits limits;

  Outcome<std::unique_ptr<wire::Channel>> open() const {
    return wire::Channel::open(target, peer, credentials, limits);
  }
};

class RegisterLine final : public Register {
 public:
  RegisterLine(LineTo line, std::unique_ptr<wire::Channel> channel)
      : line_(std::move(line)), channel_(std::move(channel)) {}

  Task<Outcome<HeldSnapshot>> read(v1::HouseholdQuery query) override {
    auto called = channel_->call("/madoguchi.v1.Register/ReadHousehold", wire::serialise(query));
    if (!called) co_return refuse(Reason::register_unavailable, called.error().cause);
    const Sensitive<Bytes> answer{std::move(*called)};
    MADO_CO_TRY(snapshot, wire::parse<v1::HouseholdSnapshot>(answer.reveal(), "household snapshot"));
    co_return HeldSnapshot{std::move(snapshot)};
  }

  // Over a connection of its own: what gRPC has encrypted last stays in a buffer as long as the line, and this alone of
  // what the issuer sends names somebody. With the connection the buffer is freed, and so overwritten.
  Task<Outcome<std::string>> keep(HeldDomicileEntry entry) override {
    const Sensitive<Bytes> question{wire::serialise(entry.reveal())};
    MADO_CO_TRY(channel, line_.open());
    auto called = channel->call("/madoguchi.v1.Register/KeepDomicileApplication", question.reveal());
    if (!called && called.error().reason == Reason::busy) co_return std::unexpected(called.error());
    if (!called) co_return refuse(Reason::register_unavailable, called.error().cause);
    channel.reset();
    MADO_CO_TRY(kept, wire::parse<v1::DomicileNumber>(*called, "domicile number"));
    if (kept.number().empty() || kept.number().size() > longest_domicile_number)
      co_return refuse(Reason::register_unavailable, "the register gave no number that a kiosk can show");
    co_return kept.number();
  }

 private:
  LineTo line_;
  std::unique_ptr<wire::Channel> channel_;
};

struct RunningIssuer final : operation::Running {
  std::unique_ptr<trust::Cryptography> crypto = trust::make_openssl_cryptography();
  operation::MachineClock clock;
  std::unique_ptr<Register> residents;
  TaxPlace tax;
  std::unique_ptr<ledger::IssuanceLedger> ledger;
  std::unique_ptr<Rules> rules;
  std::unique_ptr<Composer> composer;
  std::shared_ptr<const application::RosterBook> roster;
  std::unique_ptr<Issuer> core;
  std::unique_ptr<InsideStream> stream;
  bool clock_is_checked = true;

  // Only the issuer's time decides: a node whose clock nobody keeps answers nothing (chain rule 13).
  Outcome<void> check_time() const { return clock_is_checked ? operation::check_clock() : Outcome<void>{}; }
  std::string unhealthy() const override {
    if (!stream->connected()) return "not connected to the transfer server";
    if (const auto clock_held = check_time(); !clock_held) return clock_held.error().cause;
    const auto book = rules->book();
    if (!book) return book.error().cause;
    if ((*book)->at(operation::now()) == nullptr) return "no edition of the city's rules is in force yet";
    const auto age = roster->check_age(operation::now());
    return age ? "" : age.error().cause;
  }
};

// For the city's staff. Why a paper is kept back (rule 9's causes) is not written anywhere: the register says it.
void note_refusal(const Refusal& refusal) {
  operation::log_warning("refused", {{"reason", std::string(code_of(refusal.reason))},
                                     {"cause", refusal.reason == Reason::cannot_be_issued ? "" : refusal.cause}});
}

bool read_clock_check(operation::Settings& settings) {
  const auto check = settings.text("clock.check", "kernel");
  if (check != "kernel" && check != "none") settings.complain("clock.check", "must be \"kernel\" or \"none\"");
  return check == "kernel";
}

LineTo read_line(operation::Settings& settings, const std::string& prefix) {
  return {settings.text(prefix + ".target"), settings.text(prefix + ".peer"), wire::read_credentials(settings, prefix),
          wire::read_limits(settings, prefix)};
}

struct KeyFiles {
  std::filesystem::path statement_key, statement_certificate, handle_key;
  std::vector<std::filesystem::path> receiving_keys, receiving_certificates;
  application::RosterFiles roster;
};
KeyFiles read_key_files(operation::Settings& settings) {
  KeyFiles files{settings.existing_file("keys.statement_key"),
                 settings.existing_file("keys.statement_certificate"),
                 settings.existing_file("keys.handle_key"),
                 settings.existing_files("keys.receiving_keys"),
                 settings.existing_files("keys.receiving_certificates"),
                 {settings.existing_file("roster.file"), settings.existing_files("roster.authorities"),
                  static_cast<std::uint64_t>(settings.integer("roster.lowest_version", 0, 1'000'000'000, 0))}};
  if (files.receiving_keys.empty() || files.receiving_keys.size() != files.receiving_certificates.size()) {
    settings.complain("keys.receiving_keys",
                      "must have as many files as keys.receiving_certificates, and at least one");
  }
  return files;
}

// Refusal: configuration_invalid if nobody has loaded rules yet, or they do not read.
Outcome<std::unique_ptr<Rules>> open_rules(const std::filesystem::path& ledger_file) {
  MADO_TRY(editions, ledger::open_rule_editions(ledger_file));
  MADO_TRY(newest, editions->newest());
  if (newest == 0) {
    return refuse(
        Reason::configuration_invalid,
        "no rules are loaded: madoguchi-issuer load-rules FILE --by NAME --config CONFIG loads the city's first");
  }
  auto rules = make_loaded_rules(std::move(editions));
  MADO_CHECK(rules->book());
  return rules;
}

Outcome<void> load_keys(const KeyFiles& files, IssuerMaterial& material, trust::Cryptography& crypto) {
  MADO_TRY(statement_key, trust::load_signing_key(files.statement_key, files.statement_certificate));
  material.statement_key = std::move(statement_key);
  for (std::size_t i = 0; i < files.receiving_keys.size(); ++i) {
    MADO_TRY(key, trust::load_receiving_key(files.receiving_keys[i], files.receiving_certificates[i]));
    material.receiving_keys.push_back(std::move(key));
  }
  MADO_TRY(handle_key, trust::read_file(files.handle_key, handle_key_size));
  if (handle_key.size() != handle_key_size)
    return refuse(Reason::configuration_invalid, "setting \"keys.handle_key\" must name a file of 32 bytes");
  material.handle_key = std::move(handle_key);
  MADO_TRY(pinned, application::load_roster(files.roster, "roster.file", crypto, operation::now()));
  material.roster = std::move(pinned.book);
  return {};
}
}  // namespace

Outcome<std::unique_ptr<operation::Running>> start_issuer(operation::Settings& settings,
                                                          operation::Surroundings surroundings) {
  auto place = std::make_unique<RunningIssuer>();
  IssuerMaterial material;
  material.city = settings.text("city.code");
  material.city_name = settings.text("city.name");
  if (!application::is_city_code(material.city)) settings.complain("city.code", "must be six digits");
  const auto key_files = read_key_files(settings);
  const auto transfer = read_line(settings, "transfer");
  const auto lifetime = settings.milliseconds("transfer.connection_lifetime_ms", 1000, 3'600'000, 3'600'000);
  const auto residents = read_line(settings, "residents");
  const auto tax = settings.has("tax") ? std::optional(read_tax_settings(settings)) : std::nullopt;
  const auto taxation = settings.has("taxation") ? read_line(settings, "taxation") : residents;
  if (settings.has("taxation") && !tax) settings.complain("taxation", "is of no use without the table [tax]");
  const auto ledger_file = settings.path("ledger.file");
  check_boundary(settings);
  place->clock_is_checked = read_clock_check(settings);
  material.most_silence = settings.milliseconds("residents.most_silence_ms", 1000, 86'400'000, 600'000);
  material.refusal_delay = settings.milliseconds("refusal.delay_ms", 0, 10'000, 500);
  // Every kind's form: an edition of the rules that offers one more needs no restart.
  MADO_TRY(composer, load_composer(settings, application::all_kinds()));
  MADO_CHECK(settings.finish());

  MADO_CHECK(load_keys(key_files, material, *place->crypto));
  MADO_TRY(channel, residents.open());
  place->residents = std::make_unique<RegisterLine>(residents, std::move(channel));
  if (tax) {
    MADO_TRY(tax_channel, taxation.open());
    MADO_TRY(begun, begin_tax(*tax, {material.city, *place->crypto, place->clock}, std::move(tax_channel),
                              surroundings.metrics));
    place->tax = std::move(begun);
  }
  MADO_TRY(opened, ledger::open_issuance_ledger(ledger_file, place->crypto->random_id()));
  place->ledger = std::move(opened);
  MADO_TRY(rules, open_rules(ledger_file));
  place->rules = std::move(rules);
  place->composer = std::move(composer);
  place->roster = material.roster;
  place->core =
      std::make_unique<Issuer>(IssuerPorts{*place->crypto, *place->residents, *place->tax.records, *place->rules,
                                           *place->ledger, *place->composer, place->clock, note_refusal},
                               std::move(material));
  place->stream = std::make_unique<InsideStream>(
      InsideStreamSettings{transfer.target, transfer.peer, transfer.credentials, transfer.limits, lifetime},
      [node = place.get()](const std::string& method, ByteView request) -> Answer {
        MADO_CHECK(node->check_time());
        return run(node->core->answer(method, Bytes(request.begin(), request.end())));
      });
  return std::unique_ptr<operation::Running>(std::move(place));
}

}  // namespace mado::issuer
