// A city's issuing server (証明発行サーバ, S7): answers only to the citizen's own card. It checks the whole chain
// itself, reads one snapshot, composes, writes its ledger, signs whom it drew, seals for the session, and keeps
// nothing.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "application/chain.hpp"
#include "application/rule_book.hpp"
#include "base/clock.hpp"
#include "base/task.hpp"
#include "issuer/core/answer.hpp"
#include "issuer/core/entitlement.hpp"
#include "issuer/core/persons.hpp"
#include "issuer/core/tax_records.hpp"
#include "ledger/issuance_ledger.hpp"
#include "madoguchi/v1/center.pb.h"
#include "madoguchi/v1/register.pb.h"
#include "trust/cryptography.hpp"

namespace mado::issuer {

using HeldSnapshot = wire::SensitiveMessage<v1::HouseholdSnapshot>;
using HeldDomicileEntry = wire::SensitiveMessage<v1::DomicileEntry>;

// The city's registers, on its own line. One call reads one consistent snapshot.
class Register {
 public:
  virtual ~Register() = default;
  // Refusal: register_unavailable.
  virtual Task<Outcome<HeldSnapshot>> read(v1::HouseholdQuery query) = 0;
  // 本籍地利用登録申請: kept durably until staff decide. The number by which they know it; of a card that has asked
  // before, the same. Refusals: busy if too many wait; register_unavailable.
  virtual Task<Outcome<std::string>> keep(HeldDomicileEntry entry) = 0;
};

// The city's rules as they were loaded: a new edition stands in the next answer, without a restart.
class Rules {
 public:
  virtual ~Rules() = default;
  // Refusals: storage_failed; configuration_invalid for an edition that this program cannot read.
  virtual Outcome<std::shared_ptr<const application::RuleBook>> book() = 0;
};

// What one copy is to show.
struct CopyOrder {
  const v1::HouseholdSnapshot& snapshot;
  const v1::TaxRecord* tax = nullptr;  // the holder's of the newest year; of the tax kinds only
  std::vector<std::string> persons;    // 宛名番号 of those chosen; of 戸籍 and 附票 the persons' numbers in them
  v1::Kind kind = v1::KIND_UNSPECIFIED;
  v1::Scope scope = v1::SCOPE_UNSPECIFIED;
  std::set<v1::Option> options = {};
  Day issued_on = {};
  std::string issuance_number = {};  // 発行番号
  std::string title = {};            // empty: the form's own
};
struct DrawnCopy {
  std::vector<Bytes> fronts;                 // encoded images
  std::vector<std::string> drawn_residents;  // of `persons`, taken from the rows that were drawn, in their order
};
// Draws pages. Pure; a port so that the simulator need not draw.
class Composer {
 public:
  virtual ~Composer() = default;
  // The household's members in the order of the rules. Refusal: record_incomplete.
  virtual Outcome<std::vector<std::string>> order(const v1::Household& household) = 0;
  // Refusals: character_not_available, text_too_long, too_many_pages, record_incomplete, page_check_failed.
  virtual Outcome<DrawnCopy> compose(const CopyOrder& order) = 0;
};

struct IssuerPorts {
  trust::Cryptography& crypto;
  Register& residents;
  TaxRecords& tax;
  Rules& rules;
  ledger::IssuanceLedger& ledger;
  Composer& composer;
  Clock& clock;
  // Told of each refusal that travels sealed, which nobody outside the city can see. May be empty.
  std::function<void(const Refusal&)> refused = {};
};

struct IssuerMaterial {
  std::string city;       // 団体コード
  std::string city_name;  // as it stands in the 発行番号
  std::shared_ptr<const application::RosterBook> roster;
  std::shared_ptr<const trust::SigningKey> statement_key;
  std::vector<std::shared_ptr<const trust::ReceivingKey>> receiving_keys;  // newest first
  Bytes handle_key;                                                        // [32] shared by the city's nodes
  std::chrono::milliseconds refusal_delay{0};       // of every refusal that travels sealed; 0: none
  std::chrono::milliseconds most_silence{600'000};  // a register that was not heard of for longer is not believed
};

class Issuer {
 public:
  Issuer(IssuerPorts ports, IssuerMaterial material) : ports_(ports), material_(std::move(material)) {}

  // One method of contracts' service City, by its full name. A refusal here is seen by the center; one that the chain
  // lets us tell the session travels sealed and signed inside the answer instead, and leaves at a moment that tells
  // nothing of its cause.
  Task<Answer> answer(std::string method, Bytes request);

 private:
  // A session whose chain has been checked, and what it is offered: by the rules with which it began.
  struct Session : application::OpenedSession {
    Instant begun;  // the challenge's time
    std::shared_ptr<const application::RuleBook> rules;
    application::Offer offer;
  };
  struct Asker {
    Session session;
    Bytes request_digest;  // of the session's statement that is being answered
    Instant asked_at;
  };
  // What the registers say to a card, for the kinds that were asked about; nothing stops the session as a whole.
  struct Sources {
    HeldSnapshot snapshot;
    std::optional<Outcome<HeldTaxRecord>> tax;  // none: no tax kind was asked about
    Instant read_at;                            // the issuer's time
  };
  // What a paper is drawn from: the same for the certificate and for its release.
  struct Subject {
    Sources sources;
    Persons persons;                   // of the session
    std::vector<std::string> numbers;  // of those to be drawn, in the order of their record
  };
  // An application with the center's grant of sheets.
  struct Applied {
    v1::Application application;
    Bytes digest;  // of the application's statement
    v1::GuardGrant grant;
  };

  Outcome<Bytes> challenge(ByteView request);
  Task<Answer> menu(Bytes request);
  Task<Answer> register_for_domicile(v1::CityQuery query, v1::MenuBundle bundle, Session session, Instant asked_at);
  Task<Answer> apply(Bytes request);
  Task<Answer> confirm(Bytes request);
  Outcome<Bytes> report(ByteView request);

  Outcome<Sensitive<Bytes>> open_sealed(const std::string& sealed);
  // Opening, endorsement and challenge; then the center's check and the OCSP answer for `subject_digest`.
  Outcome<Session> check_chain(const std::string& opening, const std::string& endorsement,
                               const std::string& challenge);
  Outcome<void> check_validity(const v1::CityQuery& query, const application::OpenedSession& session,
                               ByteView subject_digest);

  // What is finished for this application, by the edition of the rules by which its menu was made. Refusals: those of
  // check_application; stopped_for_now.
  Outcome<application::Offer> offer_for(const v1::Application& application, const Session& session) const;
  v1::HouseholdQuery card_of(const application::OpenedSession& session) const;
  Task<Outcome<Sources>> read_sources(const Asker& asker, std::vector<v1::Kind> kinds);
  Claim claim_of(const Asker& asker, const Sources& sources, const application::KindRule& rule) const;
  // Refuses whatever an application may not have: choices, persons, entitlement.
  Task<Outcome<Subject>> read_subject(const Asker& asker, const v1::Application& application,
                                      const application::KindRule& rule);
  Outcome<Persons> persons_of(const Asker& asker, const Sources& sources);
  std::string handle_of(const Asker& asker, const Person& person);
  // What a release compares: two readings of the same records give one code within an issuance, and another in every
  // other, so that the ledger does not tell whose two issuances were.
  Bytes records_code(const Id& issuance, const Sources& sources);

  Task<Outcome<v1::CityReply>> make_menu(const Asker& asker);
  // Why a kind may not be had now; unavailable kinds are told to staff.
  Outcome<void> check_available(const Claim& claim);
  void add_persons(const Asker& asker, const Persons& persons, v1::Menu& menu);

  Task<Outcome<v1::CityReply>> make_certificate(const Asker& asker, const Applied& applied);
  // Draws every copy into the certificate and the reply.
  struct Drawing;
  Outcome<void> draw_copies(const Drawing& drawing, v1::Certificate& certificate, v1::CityReply& reply);
  Task<Outcome<v1::CityReply>> make_release(const Asker& asker, const v1::Confirmation& confirmation,
                                            const v1::Application& application);
  Task<Outcome<v1::CityReply>> make_acceptance(const Asker& asker, const v1::DomicileApplication& application);

  Outcome<v1::CityReply> sign_reply(trust::StatementType type, const google::protobuf::Message& content);
  // Seals the reply, or the refusal in its place, for the session.
  Answer answer_to(const Asker& asker, Outcome<v1::CityReply> reply);
  Outcome<Bytes> seal_reply(const Asker& asker, v1::CityReply reply);
  Outcome<v1::CityReply> refusal_of(const Asker& asker, const Refusal& refusal);
  std::string salt() { return string_of(ports_.crypto.random(32)); }

  IssuerPorts ports_;
  IssuerMaterial material_;
};

}  // namespace mado::issuer
