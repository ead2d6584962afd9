#include "kiosk/core/chain_client.hpp"

#include <algorithm>
#include <set>

#include "application/menu_check.hpp"
#include "paper/page_image.hpp"

namespace mado::kiosk {

using application::read_said;
using application::Said;
using trust::StatementType;

namespace {
// Of the contract (CertificateCopy). As many are asked for each copy, so that the center, which does not know the kind,
// learns nothing of the page count either.
constexpr std::uint32_t most_pages_of_copy = 50;
constexpr std::size_t longest_number = 20;  // 受付番号, in bytes

bool is_acceptance_number(std::string_view text) {
  const auto is_sign = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  };
  return !text.empty() && text.size() <= longest_number && std::ranges::all_of(text, is_sign);
}
}  // namespace

ChainClient::ChainClient(trust::Cryptography& crypto, std::shared_ptr<const application::RosterBook> roster,
                         std::shared_ptr<const trust::SigningKey> device_key, std::string kiosk)
    : crypto_(crypto),
      roster_(std::move(roster)),
      device_key_(std::move(device_key)),
      kiosk_(std::move(kiosk)),
      session_(crypto.random_id()) {}

ChainClient::~ChainClient() { wire::wipe_message(menu_); }

std::string ChainClient::telephone() const {
  const auto city = roster_->city(city_);
  return city ? (*city)->telephone() : std::string();
}

Outcome<void> ChainClient::choose(v1::Service service, const std::string& city) {
  MADO_CHECK(roster_->city(city));
  service_ = service;
  city_ = city;
  return {};
}

Bytes ChainClient::challenge_query() const {
  v1::ChallengeQuery query;
  query.set_city(city_);
  query.set_kiosk(kiosk_);
  return wire::serialise(query);
}

Outcome<void> ChainClient::accept_challenge(ByteView answer, Instant now) {
  MADO_TRY(parsed, wire::parse<v1::ChallengeAnswer>(answer, "challenge answer"));
  auto said = read_said<v1::Challenge>(crypto_, view_of(parsed.challenge()), StatementType::challenge, "challenge");
  if (!said) return refuse(Reason::challenge_invalid, said.error().cause);
  MADO_CHECK(application::check_city_signer(crypto_, *roster_, city_, StatementType::challenge, said->signer, now));
  if (said->message.city() != city_) return refuse(Reason::challenge_invalid, "a challenge of another city");
  if (!application::is_time(said->message.issued_at()))
    return refuse(Reason::challenge_invalid, "a challenge without a time");
  challenge_ = bytes_of(parsed.challenge());
  challenge_digest_ = said->digest;
  challenge_issued_ = Instant{said->message.issued_at()};
  return {};
}

Outcome<Bytes> ChainClient::prepare_opening(ByteView card_certificate, Instant now) {
  signing_key_ = crypto_.make_signing_key(now);
  receiving_key_ = crypto_.make_receiving_key(now);
  v1::Opening opening;
  opening.set_purpose(std::string(application::opening_purpose));
  opening.set_city(city_);
  opening.set_service(service_);
  opening.set_kiosk(kiosk_);
  opening.set_session(string_of(session_.view()));
  opening.set_signing_certificate(string_of(signing_key_->certificate()));
  opening.set_receiving_certificate(string_of(receiving_key_->certificate()));
  opening.set_challenge_digest(string_of(challenge_digest_));
  opening.set_most_applications(application::most_applications);
  opening.set_expires_at((challenge_issued_ + application::challenge_life).milliseconds);
  MADO_TRY(prepared, crypto_.prepare(StatementType::opening, wire::serialise(opening), card_certificate, now));
  prepared_ = std::move(prepared);
  return prepared_->digest_info;
}

Outcome<std::string> ChainClient::seal_for_city(ByteView bundle) {
  MADO_TRY(city, roster_->city(city_));
  if (city->receiving_certificates_size() == 0) return refuse(Reason::city_unknown, "the city has no receiving key");
  MADO_TRY(sealed, crypto_.seal(bundle, view_of(city->receiving_certificates(0))));
  return string_of(sealed);
}

template <typename Bundle>
Outcome<std::string> ChainClient::seal_bundle(Bundle bundle) {
  bundle.set_opening(string_of(opening_));
  bundle.set_endorsement(string_of(endorsement_));
  bundle.set_challenge(string_of(challenge_));
  auto bytes = wire::serialise(bundle);
  wire::wipe_message(bundle);
  auto sealed = seal_for_city(bytes);
  wipe(bytes);
  return sealed;
}

Outcome<void> ChainClient::complete_opening(ByteView card_signature, Instant now) {
  if (!prepared_) return refuse(Reason::internal, "no opening was prepared");
  MADO_TRY(opening, crypto_.complete(*prepared_, card_signature));
  prepared_.reset();
  opening_ = std::move(opening);
  opening_digest_ = crypto_.digest(opening_);
  v1::Endorsement endorsement;
  endorsement.set_kiosk(kiosk_);
  endorsement.set_opening_digest(string_of(opening_digest_));
  MADO_TRY(endorsed, crypto_.sign(StatementType::endorsement, wire::serialise(endorsement), *device_key_, now));
  endorsement_ = std::move(endorsed);
  return {};
}

Outcome<Bytes> ChainClient::opening_with(Bytes request) {
  request_digest_ = crypto_.digest(request);
  v1::MenuBundle bundle;
  bundle.set_request(string_of(request));
  wipe(request);
  v1::OpenQuery query;
  MADO_TRY(sealed, seal_bundle(std::move(bundle)));
  query.set_opening(string_of(opening_));
  query.set_endorsement(string_of(endorsement_));
  query.set_sealed(std::move(sealed));
  return wire::serialise(query);
}

Outcome<Bytes> ChainClient::open_query(ByteView card_signature, const std::string& language, Instant now) {
  MADO_CHECK(complete_opening(card_signature, now));
  v1::MenuRequest request;
  request.set_opening_digest(string_of(opening_digest_));
  request.set_language(language);
  request.set_salt(salt());
  MADO_TRY(said, crypto_.sign(StatementType::menu_request, wire::serialise(request), *signing_key_, now));
  return opening_with(std::move(said));
}

Outcome<Bytes> ChainClient::domicile_query(ByteView card_signature, const Registration& registration, Instant now) {
  const auto born = registration.born.day(in_japan(now).day);
  const bool complete = registration.applicant.complete() && registration.head.complete() && born &&
                        is_telephone(registration.telephone.text());
  if (!complete) return refuse(Reason::input_invalid, "the registration is not complete");
  MADO_CHECK(complete_opening(card_signature, now));
  wire::SensitiveMessage<v1::DomicileApplication> application{{}};
  auto& content = application.reveal();
  content.set_opening_digest(string_of(opening_digest_));
  content.set_name(registration.applicant.text());
  content.set_born(iso_text(*born));
  content.set_head(registration.head.text());
  content.set_telephone(registration.telephone.text());
  content.set_salt(salt());
  auto bytes = wire::serialise(content);
  auto said = crypto_.sign(StatementType::domicile_application, bytes, *signing_key_, now);
  wipe(bytes);
  if (!said) return std::unexpected(std::move(said.error()));
  return opening_with(std::move(*said));
}

template <typename Message>
Outcome<Said<Message>> ChainClient::open_reply(const std::string& sealed, StatementType expected,
                                               const Bytes& request_digest, Instant now, v1::CityReply* whole) {
  MADO_TRY(plain, crypto_.open(view_of(sealed), *receiving_key_));
  MADO_TRY(reply, wire::parse<v1::CityReply>(plain.reveal(), "city reply"));
  if (auto refusal = read_said<v1::CityRefusal>(crypto_, view_of(reply.statement()), StatementType::city_refusal,
                                                "city refusal")) {
    MADO_CHECK(
        application::check_city_signer(crypto_, *roster_, city_, StatementType::city_refusal, refusal->signer, now));
    if (refusal->message.request_digest() != string_of(request_digest))
      return refuse(Reason::certificate_not_ours, "a refusal of another request");
    return refuse(reason_of(refusal->message.code()).value_or(Reason::cannot_be_issued), "the city refused");
  }
  MADO_TRY(said, read_said<Message>(crypto_, view_of(reply.statement()), expected, "city statement"));
  MADO_CHECK(application::check_city_signer(crypto_, *roster_, city_, expected, said.signer, now));
  if (whole != nullptr) *whole = std::move(reply);
  return said;
}

Outcome<void> ChainClient::accept_menu(ByteView answer, Instant now) {
  MADO_TRY(parsed, wire::parse<v1::OpenAnswer>(answer, "open answer"));
  MADO_TRY(said, open_reply<v1::Menu>(parsed.sealed(), StatementType::menu, request_digest_, now));
  const auto& menu = said.message;
  if (menu.request_digest() != string_of(request_digest_))
    return refuse(Reason::certificate_not_ours, "a menu of another request");
  MADO_CHECK(application::check_menu(menu));
  menu_ = std::move(said.message);
  token_ = parsed.token();
  return {};
}

Outcome<Acceptance> ChainClient::accept_domicile(ByteView answer, Instant now) {
  MADO_TRY(parsed, wire::parse<v1::OpenAnswer>(answer, "open answer"));
  MADO_TRY(said, open_reply<v1::DomicileAcceptance>(parsed.sealed(), StatementType::domicile_acceptance,
                                                    request_digest_, now));
  if (said.message.request_digest() != string_of(request_digest_))
    return refuse(Reason::certificate_not_ours, "an acceptance of another application");
  if (!is_acceptance_number(said.message.number()) || said.message.telephone().size() > application::longest_telephone)
    return refuse(Reason::message_malformed, "an acceptance is not within its bounds");
  return Acceptance{said.message.number(), said.message.telephone()};
}

Outcome<Bytes> ChainClient::apply_query(const Choices& choices, Instant now) {
  const auto kind = std::ranges::find(menu_.kinds(), choices.kind, &v1::MenuKind::kind);
  if (kind == menu_.kinds().end()) return refuse(Reason::kind_not_offered, "the chosen kind is not in the menu");
  if (sequence_ >= application::most_applications)
    return refuse(Reason::opening_used_up, "five applications were made");
  issuance_ = crypto_.random_id();
  v1::Application application;
  application.set_opening_digest(string_of(opening_digest_));
  application.set_issuance(string_of(issuance_.view()));
  application.set_sequence(++sequence_);
  application.set_city(city_);
  application.set_kiosk(kiosk_);
  application.set_kind(choices.kind);
  application.set_scope(choices.scope);
  for (const auto person : choices.persons) application.add_handles(menu_.persons(static_cast<int>(person)).handle());
  for (const auto option : choices.options) application.add_options(option);
  application.set_copies(choices.copies);
  application.set_fee(kind->fee() * choices.copies);
  application.set_rules_version(menu_.rules_version());
  application.set_holder(
      std::ranges::find_if(menu_.persons(), [](const auto& person) { return person.holder(); })->handle());
  application.set_salt(salt());
  application_ = application;
  MADO_TRY(said, crypto_.sign(StatementType::application, wire::serialise(application), *signing_key_, now));
  application_statement_ = std::move(said);
  application_digest_ = crypto_.digest(application_statement_);
  v1::ApplicationBundle bundle;
  bundle.set_application(string_of(application_statement_));
  MADO_TRY(sealed, seal_bundle(std::move(bundle)));
  v1::ApplyQuery query;
  query.set_token(token_);
  query.set_application_digest(string_of(application_digest_));
  query.set_sheets_wanted(most_pages_of_copy * choices.copies);
  query.set_sealed(std::move(sealed));
  return wire::serialise(query);
}

Outcome<CheckedCertificate> ChainClient::accept_certificate(ByteView answer, Instant now) {
  MADO_TRY(parsed, wire::parse<v1::ApplyAnswer>(answer, "apply answer"));
  MADO_TRY(grant,
           read_said<v1::GuardGrant>(crypto_, view_of(parsed.grant()), StatementType::guard_grant, "guard grant"));
  MADO_CHECK(application::check_center_signer(crypto_, *roster_, grant.signer, now));
  v1::CityReply reply;
  MADO_TRY(said,
           open_reply<v1::Certificate>(parsed.sealed(), StatementType::certificate, application_digest_, now, &reply));
  auto checked = check_certificate(said.message, reply, grant.message);
  CheckedCertificate certificate;
  if (checked) {
    for (auto& image : *reply.mutable_images()) {
      certificate.sheets.push_back({bytes_of(image), std::nullopt});
    }
    for (const auto& copy : said.message.copies()) certificate.issuance_numbers.push_back(copy.issuance_number());
    certificate.certificate_digest = said.digest;
  }
  wire::wipe_message(reply);
  if (!checked) return std::unexpected(checked.error());
  return certificate;
}

Outcome<void> ChainClient::check_certificate(const v1::Certificate& certificate, const v1::CityReply& reply,
                                             const v1::GuardGrant& grant) const {
  const bool ours = certificate.application_digest() == string_of(application_digest_) &&
                    certificate.issuance() == application_.issuance() &&
                    grant.application_digest() == string_of(application_digest_);
  if (!ours) return refuse(Reason::certificate_not_ours, "a certificate or a grant of another application");
  if (certificate.fee() != application_.fee())
    return refuse(Reason::fee_changed, "the certificate's fee is not the application's");
  const bool as_asked = certificate.kind() == application_.kind() &&
                        certificate.rules_version() == application_.rules_version() &&
                        certificate.copies_size() == static_cast<int>(application_.copies()) &&
                        std::ranges::equal(certificate.handles(), application_.handles());
  if (!as_asked) return refuse(Reason::application_changed, "the certificate is not what was applied for");
  int image = 0;
  std::set<std::string> sheets;
  for (const auto& copy : certificate.copies()) {
    if (copy.pages_size() == 0) return refuse(Reason::message_malformed, "a copy without a page");
    for (const auto& page : copy.pages()) {
      const bool granted =
          std::ranges::find(grant.sheets(), page.sheet()) != grant.sheets().end() && sheets.insert(page.sheet()).second;
      if (image >= reply.images_size() || !granted || !page.back_digest().empty()) {
        return refuse(Reason::message_malformed, "a page without an image, or without a granted sheet of its own");
      }
      const auto front = view_of(reply.images(image++));
      if (page.front_digest() != string_of(crypto_.digest(front))) {
        return refuse(Reason::certificate_not_ours, "an image is not the one that the city signed");
      }
      MADO_CHECK(paper::check_image(front));
    }
  }
  if (image != reply.images_size()) return refuse(Reason::message_malformed, "more images than pages");
  return {};
}

Outcome<Bytes> ChainClient::confirm_query(const CheckedCertificate& certificate, Instant now) {
  v1::Confirmation confirmation;
  confirmation.set_application_digest(string_of(application_digest_));
  confirmation.set_certificate_digest(string_of(certificate.certificate_digest));
  confirmation.set_salt(salt());
  MADO_TRY(said, crypto_.sign(StatementType::confirmation, wire::serialise(confirmation), *signing_key_, now));
  confirmation_digest_ = crypto_.digest(said);
  confirmation_sent_ = now;
  v1::ConfirmationBundle bundle;
  bundle.set_confirmation(string_of(said));
  bundle.set_application(string_of(application_statement_));
  MADO_TRY(sealed, seal_bundle(std::move(bundle)));
  v1::ConfirmQuery query;
  query.set_token(token_);
  query.set_confirmation_digest(string_of(confirmation_digest_));
  query.set_sealed(std::move(sealed));
  return wire::serialise(query);
}

Outcome<void> ChainClient::accept_release(ByteView answer, Instant now) {
  MADO_TRY(parsed, wire::parse<v1::ConfirmAnswer>(answer, "confirm answer"));
  MADO_TRY(said, open_reply<v1::Release>(parsed.sealed(), StatementType::release, confirmation_digest_, now));
  const auto& release = said.message;
  if (release.confirmation_digest() != string_of(confirmation_digest_) ||
      release.application_digest() != string_of(application_digest_)) {
    return refuse(Reason::certificate_not_ours, "a release of another confirmation");
  }
  const auto good_for = std::chrono::seconds{std::min(release.good_for(), application::release_seconds)};
  // Counted from when we asked, by our own clock: no comparison of two clocks is needed.
  if (now - confirmation_sent_ >= good_for) return refuse(Reason::release_expired, "the release came too late");
  return {};
}

}  // namespace mado::kiosk
