#include "tests/kiosk/small_city.hpp"

#include <cstdlib>
#include <utility>

#include "paper/page_image.hpp"
#include "trust/file.hpp"
#include "trust/key.hpp"

namespace mado::kiosk {

using application::read_said;
using trust::StatementType;

namespace {
trust::Issuing issuing_for(const trust::Name& subject, Bytes public_key, Instant now) {
  return {subject,
          subject,
          std::move(public_key),
          trust::random_serial(),
          now + -std::chrono::hours{1},
          now + std::chrono::days{1},
          {}};
}
}  // namespace

SmallCity::SmallCity() {
  auto pattern = (std::filesystem::temp_directory_path() / "small-city-XXXXXX").string();
  directory_ = ::mkdtemp(pattern.data());
  const Instant now{1'800'000'000'000};
  city_ = pinned("city", code, now);
  center_ = pinned("center", "", now);
  device_key = pinned("K000001", "", now).signing;
  card_key_ = card::RsaKey::generate(2048).value();
  const auto authority = trust::PrivateKey::make(trust::KeyKind::p256).value();
  card_certificate_ = trust::issue(issuing_for({{"CN", "a card"}}, card_key_->public_der(), now), authority)->der();
  make_roster(now);
}

SmallCity::~SmallCity() { std::filesystem::remove_all(directory_); }

SmallCity::Pinned SmallCity::pinned(const std::string& name, const std::string& serial_number, Instant now) {
  trust::Name subject{{"CN", name}};
  if (!serial_number.empty()) subject.push_back({"serialNumber", serial_number});
  const auto key = trust::PrivateKey::make(trust::KeyKind::p256).value();
  auto issuing = issuing_for(subject, key.public_key(), now);
  issuing.extensions = {trust::extension::key_usage(trust::digital_signature | trust::key_agreement),
                        trust::extension::subject_key_identifier(trust::key_id_of(issuing.public_key).value())};
  const auto certificate = trust::issue(issuing, key).value();
  const auto key_file = directory_ / (name + ".key");
  const auto certificate_file = directory_ / (name + ".pem");
  key.save("test"_point, key_file).value();
  certificate.save("test"_point, certificate_file).value();
  return {trust::load_signing_key(key_file, certificate_file).value(),
          trust::load_receiving_key(key_file, certificate_file).value()};
}

void SmallCity::make_roster(Instant now) {
  v1::Roster content;
  content.set_version(1);
  content.set_issued_at(now.milliseconds);
  content.set_expires_at((now + std::chrono::days{30}).milliseconds);
  content.set_lowest_version(1);
  auto& city = *content.add_cities();
  city.set_city(code);
  city.set_telephone("03-0000-0000");
  city.add_receiving_certificates(string_of(city_.receiving->certificate()));
  auto& key = *city.add_statement_keys();
  key.set_certificate(string_of(city_.signing->certificate()));
  for (const auto type : {StatementType::challenge, StatementType::menu, StatementType::city_refusal,
                          StatementType::certificate, StatementType::release, StatementType::domicile_acceptance}) {
    key.add_statement_types(std::string(trust::object_identifier(type)));
  }
  content.add_centers()->set_certificate(string_of(center_.signing->certificate()));
  v1::SignedRoster signed_roster;
  signed_roster.set_roster(string_of(wire::serialise(content)));
  std::vector<Bytes> pinned_keys;
  for (int i = 0; i < 2; ++i) {
    const auto roster_key = crypto->make_signing_key(now);
    signed_roster.add_signatures(said(StatementType::roster, content, *roster_key, now));
    pinned_keys.push_back(roster_key->certificate());
  }
  roster = std::make_shared<application::RosterBook>(
      application::RosterBook::read(*crypto, wire::serialise(signed_roster), pinned_keys, 1, now).value());
}

template <typename Bundle>
Bundle SmallCity::opened(const std::string& sealed) {
  return wire::parse<Bundle>(crypto->open(view_of(sealed), *city_.receiving)->reveal(), "bundle").value();
}

std::string SmallCity::said(StatementType type, const google::protobuf::Message& message, const trust::SigningKey& key,
                            Instant now) {
  return string_of(crypto->sign(type, wire::serialise(message), key, now).value());
}

// The statement, or the refusal that was asked for over the same request, sealed to the session.
std::string SmallCity::sealed(StatementType type, const google::protobuf::Message& message, const std::string& request,
                              Instant now, const std::vector<std::string>& images) {
  v1::CityReply reply;
  if (next_refusal_) {
    v1::CityRefusal refusal;
    refusal.set_request_digest(string_of(crypto->digest(view_of(request))));
    refusal.set_code(std::string(code_of(*next_refusal_)));
    reply.set_statement(said(StatementType::city_refusal, refusal, *city_.signing, now));
    next_refusal_.reset();
  } else {
    reply.set_statement(said(type, message, *city_.signing, now));
    for (const auto& image : images) reply.add_images(image);
  }
  return string_of(crypto->seal(wire::serialise(reply), view_of(session_)).value());
}

Bytes SmallCity::answer(const std::string& method, ByteView request, Instant now) {
  if (method == "/madoguchi.v1.Center/Open") return open(request, now);
  if (method == "/madoguchi.v1.Center/Apply") return apply(request, now);
  if (method == "/madoguchi.v1.Center/Confirm") return confirm(request, now);
  v1::Challenge challenge;
  challenge.set_city(code);
  challenge.set_issued_at(now.milliseconds);
  v1::ChallengeAnswer answer;
  answer.set_challenge(said(StatementType::challenge, challenge, *city_.signing, now));
  return wire::serialise(answer);
}

Bytes SmallCity::open(ByteView request, Instant now) {
  const auto query = wire::parse<v1::OpenQuery>(request, "open query").value();
  const auto bundle = opened<v1::MenuBundle>(query.sealed());
  const auto opening = read_said<v1::Opening>(*crypto, view_of(bundle.opening()), StatementType::opening, "opening");
  session_ = opening->message.receiving_certificate();
  opened_service_ = opening->message.service();
  v1::OpenAnswer answer;
  answer.set_token("a token");
  answer.set_sealed(opened_service_ == v1::SERVICE_DOMICILE_REGISTRATION ? accepted(bundle.request(), now)
                                                                         : menu(bundle.request(), now));
  return wire::serialise(answer);
}

std::string SmallCity::accepted(const std::string& request, Instant now) {
  const auto asked = read_said<v1::DomicileApplication>(*crypto, view_of(request), StatementType::domicile_application,
                                                        "domicile application");
  registered_ = asked->message;
  v1::DomicileAcceptance acceptance;
  acceptance.set_request_digest(string_of(crypto->digest(view_of(request))));
  acceptance.set_number("2026-000123");
  acceptance.set_telephone("03-1111-1111");
  if (const auto change = std::exchange(change_acceptance_, nullptr)) change(acceptance);
  return sealed(std::exchange(acceptance_type_, StatementType::domicile_acceptance), acceptance, request, now);
}

std::string SmallCity::menu(const std::string& request, Instant now) {
  v1::Menu menu;
  menu.set_request_digest(string_of(crypto->digest(view_of(request))));
  const auto add = [&](v1::Kind kind, v1::Group group, std::initializer_list<v1::Scope> scopes,
                       std::initializer_list<v1::Option> options) -> v1::MenuKind& {
    auto& added = *menu.add_kinds();
    added.set_kind(kind);
    added.set_fee(fee);
    added.set_group(group);
    for (const auto scope : scopes) added.add_scopes(scope);
    for (const auto option : options) added.add_options(option);
    return added;
  };
  add(v1::KIND_RESIDENCE_CERTIFICATE, v1::GROUP_HOUSEHOLD, {v1::SCOPE_SELF, v1::SCOPE_MEMBERS, v1::SCOPE_HOUSEHOLD},
      {v1::OPTION_HEAD_AND_RELATION});
  add(v1::KIND_RESIDENCE_ITEMS, v1::GROUP_HOUSEHOLD, {v1::SCOPE_MEMBERS},
      {v1::OPTION_HEAD_AND_RELATION, v1::OPTION_SHEET_EACH, v1::OPTION_CHANGES, v1::OPTION_WITHOUT_BUILDING})
      .add_chosen(v1::OPTION_HEAD_AND_RELATION);
  add(v1::KIND_SEAL_CERTIFICATE, v1::GROUP_HOUSEHOLD, {v1::SCOPE_SELF}, {})
      .set_unavailable(std::string(code_of(Reason::seal_not_registered)));
  add(v1::KIND_FAMILY_REGISTER_WHOLE, v1::GROUP_FAMILY_REGISTER, {v1::SCOPE_HOUSEHOLD}, {});
  add(v1::KIND_FAMILY_REGISTER_SUPPLEMENT, v1::GROUP_FAMILY_REGISTER, {v1::SCOPE_SELF, v1::SCOPE_HOUSEHOLD},
      {v1::OPTION_FAMILY_REGISTER, v1::OPTION_WITHOUT_BUILDING});
  add(v1::KIND_INCOME, v1::GROUP_HOUSEHOLD, {v1::SCOPE_SELF}, {});
  const auto person = [&](const std::string& name, std::initializer_list<v1::Group> groups) {
    auto& added = *menu.add_persons();
    added.set_handle(std::string(15, 'h') + name[0]);
    added.set_name(name);
    added.set_holder(name == "holder");
    for (const auto group : groups) added.add_groups(group);
  };
  person("holder", {v1::GROUP_HOUSEHOLD, v1::GROUP_FAMILY_REGISTER});
  person("child", {v1::GROUP_HOUSEHOLD});
  person("spouse elsewhere", {v1::GROUP_FAMILY_REGISTER});
  menu.set_most_copies(5);
  menu.set_rules_version(1);
  menu.set_telephone("03-2222-2222");
  return sealed(StatementType::menu, menu, request, now);
}

Bytes SmallCity::image_of_copy(std::uint32_t copy) {
  paper::Drawing page;
  page.add({paper::Symbol::filled(10 + static_cast<int>(copy), 5).value(), 100, 100});
  return paper::encode_image(page).value();
}

Bytes SmallCity::apply(ByteView request, Instant now) {
  const auto query = wire::parse<v1::ApplyQuery>(request, "apply query").value();
  const auto bundle = opened<v1::ApplicationBundle>(query.sealed());
  const auto application =
      read_said<v1::Application>(*crypto, view_of(bundle.application()), StatementType::application, "application")
          .value();
  v1::GuardGrant grant;
  grant.set_application_digest(string_of(application.digest));
  v1::Certificate certificate;
  std::vector<std::string> images;
  const auto drawn = std::exchange(next_image_, std::nullopt);
  for (std::uint32_t i = 0; i < application.message.copies(); ++i) {
    grant.add_sheets(string_of(crypto->random_id().view()));
    images.push_back(string_of(drawn.value_or(image_of_copy(i))));
    auto& copy = *certificate.add_copies();
    copy.set_issuance_number("number " + std::to_string(i));
    auto& page = *copy.add_pages();
    page.set_front_digest(string_of(crypto->digest(view_of(images.back()))));
    page.set_sheet(grant.sheets(static_cast<int>(i)));
  }
  certificate.set_application_digest(string_of(application.digest));
  certificate.set_issuance(application.message.issuance());
  certificate.set_kind(application.message.kind());
  *certificate.mutable_handles() = application.message.handles();
  certificate.set_fee(application.message.fee());
  certificate.set_rules_version(1);
  v1::ApplyAnswer answer;
  answer.set_grant(said(StatementType::guard_grant, grant, *center_.signing, now));
  answer.set_sealed(sealed(StatementType::certificate, certificate, bundle.application(), now, images));
  return wire::serialise(answer);
}

Bytes SmallCity::confirm(ByteView request, Instant now) {
  const auto query = wire::parse<v1::ConfirmQuery>(request, "confirm query").value();
  const auto bundle = opened<v1::ConfirmationBundle>(query.sealed());
  v1::Release release;
  release.set_confirmation_digest(string_of(crypto->digest(view_of(bundle.confirmation()))));
  release.set_application_digest(string_of(crypto->digest(view_of(bundle.application()))));
  release.set_good_for(60);
  v1::ConfirmAnswer answer;
  answer.set_sealed(sealed(StatementType::release, release, bundle.confirmation(), now));
  return wire::serialise(answer);
}

}  // namespace mado::kiosk
