#include "simulator/nodes/issuer_node.hpp"

#include <fmt/format.h>

#include "simulator/invariants/reading_time.hpp"
#include "simulator/invariants/stopped.hpp"
#include "simulator/nodes/register_node.hpp"

namespace mado::simulator {

namespace {
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

// The city's ledger as this node uses it; what it has taken is a fact.
class WatchedLedger final : public ledger::IssuanceLedger {
 public:
  WatchedLedger(Surroundings& around, std::string node, CityDisk& disk)
      : around_(around), node_(std::move(node)), tax_(disk.tax), held_(disk.ledger, Disk{&around.faults}) {}

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
    if (done) around_.book.confirmed(node_, issuance, what_was_stopped(issuance));
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
  std::string what_was_stopped(const Id& issuance) {
    const auto* application = around_.book.find(issuance);
    if (application == nullptr) return {};
    return why_it_must_not_leave(*application, around_.population, tax_, around_.scheduler.now());
  }

  Surroundings& around_;
  std::string node_;
  const TaxContent& tax_;
  LedgerStandIn held_;
};
}  // namespace

struct IssuerNode::Ports {
  RegisterLine residents;
  TaxStandIn tax;
  RulesStandIn rules;
  WatchedLedger ledger;
  PageComposer composer;
};

IssuerNode::IssuerNode(Surroundings& around, const Installation& installation, const Installation::City& city,
                       int number, CityDisk& disk, TransferNode& transfer, milliseconds skew)
    : Process(around, fmt::format("issuer-{}.city-{}.lgwan.example", number, city.code)),
      installation_(installation),
      city_(city),
      disk_(disk),
      transfer_(transfer),
      clock_(around.scheduler, skew) {}

IssuerNode::~IssuerNode() { answering_.drop(); }

void IssuerNode::started() {
  const auto& signed_roster = installation_.signed_rosters.at(installation_.edition);
  auto roster = installation_.read_roster(around_.keys.crypto(), signed_roster, build(), clock_.now());
  if (!roster) return refuses_to_start(roster.error());
  roster_ = std::move(*roster);
  ports_.reset(new Ports{{around_, name(), city_.code, life()},
                         TaxStandIn(disk_.tax),
                         RulesStandIn(disk_.rules),
                         {around_, name(), disk_},
                         {}});
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
