#include "simulator/nodes/issuer_node.hpp"

#include <fmt/format.h>

#include "simulator/nodes/register_node.hpp"

namespace mado::simulator {

namespace {
constexpr milliseconds register_deadline{2'000};
// What the register acknowledged so long before a confirmation must have been seen by it.
constexpr milliseconds longest_read = register_deadline + milliseconds{1};

// 住民記録 over the city's own line.
class RegisterLine final : public issuer::Register {
 public:
  RegisterLine(Surroundings& around, std::string node, const std::string& city, const Life& life)
      : around_(around), node_(std::move(node)), register_(RegisterNode::name_of(city)), life_(life) {}

  Task<Outcome<issuer::HeldSnapshot>> read(v1::HouseholdQuery query) override {
    Later<Outcome<Bytes>> answer;
    around_.network.call(node_, register_, "/madoguchi.v1.Register/ReadHousehold", wire::serialise(query),
                         register_deadline, life_, answer.promise());
    auto called = co_await answer;
    if (!called) co_return refuse(Reason::register_unavailable, called.error().cause);
    MADO_CO_TRY(snapshot, wire::parse<v1::HouseholdSnapshot>(*called, "HouseholdSnapshot"));
    co_return issuer::HeldSnapshot{std::move(snapshot)};
  }
  // No simulated citizen asks for 本籍地利用登録.
  Task<Outcome<std::string>> keep(issuer::HeldDomicileEntry) override {
    co_return refuse(Reason::register_unavailable, "the simulated register keeps no applications");
  }

 private:
  Surroundings& around_;
  std::string node_;
  std::string register_;
  Life life_;
};

// The simulated city offers no tax certificates.
class NoTaxRecords final : public issuer::TaxRecords {
 public:
  Outcome<issuer::HeldTaxRecord> find(std::string_view) override {
    return refuse(Reason::tax_record_not_found, "the simulated city keeps none");
  }
};

// The city's ledger as this node uses it; what it has taken is a fact.
class WatchedLedger final : public ledger::IssuanceLedger {
 public:
  WatchedLedger(Surroundings& around, std::string node, LedgerContent& content)
      : around_(around), node_(std::move(node)), held_(content, Disk{&around.faults}) {}

  Outcome<Id> epoch() override { return held_.epoch(); }
  Outcome<std::uint64_t> begin(const ledger::IssuanceIntent& intent, Instant at) override {
    auto number = held_.begin(intent, at);
    if (number) around_.book.begun(intent.issuance, intent.application_digest);
    return number;
  }
  Outcome<void> made(const Id& issuance, const ledger::MadeCertificate& certificate) override {
    auto done = held_.made(issuance, certificate);
    if (done) around_.book.issued(node_, issuance);
    return done;
  }
  Outcome<void> confirm(const Id& issuance, ByteView application_digest, const ledger::MadeCertificate& certificate,
                        Instant at) override {
    auto done = held_.confirm(issuance, application_digest, certificate, at);
    if (done) around_.book.confirmed(node_, issuance, who_must_not_be_shown(issuance));
    return done;
  }
  Outcome<void> settle(const Id& issuance, ByteView application_digest, const std::string& kiosk,
                       const std::string& outcome, Instant at) override {
    auto done = held_.settle(issuance, application_digest, kiosk, outcome, at);
    if (done) around_.book.settled_at_city(node_, issuance);
    return done;
  }
  Outcome<std::vector<ledger::IssuanceRow>> open_cases(Instant before) override { return held_.open_cases(before); }
  Outcome<std::vector<ledger::IssuanceRow>> rows(std::size_t most) override { return held_.rows(most); }

 private:
  std::string who_must_not_be_shown(const Id& issuance) {
    const auto* application = around_.book.find(issuance);
    if (application == nullptr || application->card == nullptr) return {};
    const auto released = application->name + " was released although ";
    if (was_known(application->card->ambiguous)) return released + "two residents had its card";
    for (const auto* resident : around_.population.household_of(*application->card->holder)) {
      if (was_known(resident->suppressed)) return released + resident->number + " was suppressed";
      if (was_known(resident->moved_out) && application->persons.contains(resident->number))
        return released + resident->number + " had moved out";
    }
    return {};
  }

  bool was_known(const std::optional<Instant>& since) const {
    return since && *since + longest_read < around_.scheduler.now();
  }

  Surroundings& around_;
  std::string node_;
  LedgerStandIn held_;
};

application::OfferRules rules() {
  application::OfferRules rules;
  rules.version = 1;
  rules.families.push_back({.name = "residence"});
  rules.most_copies = 3;
  rules.telephone = "03-0000-0000";
  application::KindRule kind;
  kind.kind = v1::KIND_RESIDENCE_CERTIFICATE;
  kind.title_ja = "住民票の写し";
  kind.title_en = "Certificate of residence";
  kind.fee = 200;
  kind.scopes = {v1::SCOPE_SELF, v1::SCOPE_MEMBERS, v1::SCOPE_HOUSEHOLD};
  kind.options = {v1::OPTION_HEAD_AND_RELATION, v1::OPTION_FAMILY_REGISTER};
  kind.family = "residence";
  rules.kinds.push_back(std::move(kind));
  return rules;
}

// One edition, in force for ever.
class RulesStandIn final : public issuer::Rules {
 public:
  Outcome<std::shared_ptr<const application::RuleBook>> book() override { return book_; }

 private:
  std::shared_ptr<const application::RuleBook> book_ = std::make_shared<const application::RuleBook>(
      std::vector<application::Edition>{std::make_shared<const application::OfferRules>(rules())});
};
}  // namespace

struct IssuerNode::Ports {
  RegisterLine residents;
  NoTaxRecords tax;
  RulesStandIn rules;
  WatchedLedger ledger;
  PageComposer composer;
};

IssuerNode::IssuerNode(Surroundings& around, const Installation& installation, const Installation::City& city,
                       int number, LedgerContent& content, TransferNode& transfer, milliseconds skew)
    : Process(around, fmt::format("issuer-{}.city-{}.lgwan.example", number, city.code)),
      installation_(installation),
      city_(city),
      content_(content),
      transfer_(transfer),
      clock_(around.scheduler, skew) {}

IssuerNode::~IssuerNode() { answering_.drop(); }

void IssuerNode::started() {
  const auto& signed_roster = installation_.signed_rosters.at(installation_.edition);
  auto roster = installation_.read_roster(around_.keys.crypto(), signed_roster, build(), clock_.now());
  if (!roster) return refuses_to_start(roster.error());
  roster_ = std::move(*roster);
  ports_.reset(new Ports{{around_, name(), city_.code, life()}, {}, {}, {around_, name(), content_}, {}});
  core_ = std::make_unique<issuer::Issuer>(
      issuer::IssuerPorts{around_.keys.crypto(), ports_->residents, ports_->tax, ports_->rules, ports_->ledger,
                          ports_->composer, clock_},
      issuer::IssuerMaterial{
          city_.code, city_.name, roster_, city_.statement_key, {city_.receiving_key}, city_.handle_key});
  around_.network.attach(name(), [this](const std::string& method, Bytes request, Reply reply) {
    serve(method, std::move(request), std::move(reply));
  });
  transfer_.dialled(name());
}

void IssuerNode::stopped() {
  answering_.drop();
  core_.reset();
  transfer_.hung_up(name());
}

void IssuerNode::serve(const std::string& method, Bytes request, Reply reply) {
  may_crash(Fault::crash_issuer);
  serves_by(*roster_);
  answering_.begin(answer_in_time(method, std::move(request)), std::move(reply));
}

Task<Outcome<Bytes>> IssuerNode::answer_in_time(std::string method, Bytes request) {
  auto answer = co_await core_->answer(std::move(method), std::move(request));
  if (const auto left = answer.not_before - clock_.now(); left > milliseconds{0}) {
    Later<bool> moment;
    around_.scheduler.after(left, life(), [promise = moment.promise()] { promise(true); });
    (void)co_await moment;
  }
  co_return std::move(answer.content);
}

}  // namespace mado::simulator
