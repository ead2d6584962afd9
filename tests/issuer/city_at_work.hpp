// A city's issuer over the city's own registers, both as the product has them, in one process: the test plays card,
// kiosk and center, with keys of the simulator.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "issuer/core/issuer.hpp"
#include "registry/edge/domicile_register.hpp"
#include "registry/edge/feed.hpp"
#include "registry/edge/registers.hpp"
#include "simulator/disk/ledger.hpp"
#include "simulator/nodes/installation.hpp"
#include "tests/trust/temporary_directory.hpp"

namespace mado::issuer::at_work {

inline constexpr const char* city_code = "131016";
inline constexpr const char* feeding_peer = "records.office.example";

class TestClock final : public Clock {
 public:
  Instant now() override { return time; }
  Instant time = start_of_day_in_japan(*parse_day("2026-11-24")) + std::chrono::hours{10};  // a Tuesday
};

// The city's registers, asked without a line between.
class OwnRegisters final : public Register {
 public:
  OwnRegisters(registry::Registers& registers, Clock& clock) : registers_(registers), clock_(clock) {}
  Task<Outcome<HeldSnapshot>> read(v1::HouseholdQuery query) override;
  Task<Outcome<std::string>> keep(HeldDomicileEntry entry) override;

  std::vector<v1::HouseholdQuery> asked;  // every question, in turn

 private:
  registry::Registers& registers_;
  Clock& clock_;
};

class OwnTaxRecords final : public TaxRecords {
 public:
  Outcome<HeldTaxRecord> find(std::string_view resident) override;

  std::map<std::string, v1::TaxRecord, std::less<>> records;
  int asked = 0;
};

// One edition, in force for ever.
class OnlyRules final : public Rules {
 public:
  Outcome<std::shared_ptr<const application::RuleBook>> book() override { return book_; }
  void are(application::OfferRules rules);

 private:
  std::shared_ptr<const application::RuleBook> book_;
};

// Draws no page: says whom the records hold of those ordered.
class RecordComposer final : public Composer {
 public:
  Outcome<std::vector<std::string>> order(const v1::Household& household) override;
  Outcome<DrawnCopy> compose(const CopyOrder& order) override;

  std::size_t pages = 1;          // of each copy
  std::optional<Reason> refuses;  // what cannot be drawn
};

class CityAtWork {
 public:
  CityAtWork();

  // Every kind, each for 200 yen, in every scope that fits it.
  static application::OfferRules rules();
  // Begins anew with other rules or settings.
  void start(application::OfferRules rules);

  // One change of the registers, as its clerks make it.
  void change(const std::function<Outcome<void>(registry::Registers::Change&)>& work);
  // A card that the registers know for `person`: a 宛名番号, or a number in a 戸籍.
  simulator::CardChip card_of(const std::string& person);
  // One that they do not know.
  simulator::CardChip new_card() { return keys->card(); }

  TestClock clock;
  std::unique_ptr<simulator::Keys> keys;
  simulator::Installation installation;
  trust::TemporaryDirectory directory;
  std::unique_ptr<registry::Registers> registers;
  OwnRegisters lines;
  OwnTaxRecords tax;
  OnlyRules only_rules;
  RecordComposer composer;
  simulator::LedgerContent ledger_content;
  simulator::LedgerStandIn ledger{ledger_content, simulator::Disk{nullptr}};
  std::vector<Refusal> told_to_staff;
  std::unique_ptr<Issuer> issuer;
};

// What a session has been told: a message of the city, or a reason's code.
template <typename Message>
struct Told {
  Message message;
  std::string code = "ok";
  bool was_held = false;     // it left later than it was ready
  std::size_t envelope = 0;  // bytes of it
};

struct Choice {
  v1::Kind kind = v1::KIND_RESIDENCE_CERTIFICATE;
  v1::Scope scope = v1::SCOPE_SELF;
  std::vector<int> persons = {};  // places in the menu; none: the holder
  std::vector<v1::Option> options = {};
  std::uint32_t copies = 1;
};

// One card at one kiosk.
class Session {
 public:
  Session(CityAtWork& city, const simulator::CardChip& card, v1::Service service = v1::SERVICE_HOME_CITY);

  Told<v1::Menu> open();
  Told<v1::DomicileAcceptance> ask_for_registration(const v1::DomicileApplication& said);
  Told<v1::Certificate> apply(const Choice& choice);
  Told<v1::Certificate> send(v1::Application application);
  Told<v1::Release> confirm();

  v1::Application application_of(const Choice& choice);
  const v1::Menu& menu() const { return menu_; }

 private:
  template <typename Bundle>
  v1::CityQuery query(Bundle bundle, ByteView subject);
  template <typename Message>
  Told<Message> ask(const std::string& method, const v1::CityQuery& query, trust::StatementType expected);

  CityAtWork& city_;
  trust::CertificateFacts card_;
  std::unique_ptr<trust::SigningKey> signing_key_;
  std::unique_ptr<trust::ReceivingKey> receiving_key_;
  Bytes challenge_, opening_, endorsement_;
  v1::Menu menu_;
  v1::Application applied_;
  Bytes application_statement_, certificate_digest_;
  std::uint32_t sequence_ = 0;
};

}  // namespace mado::issuer::at_work
