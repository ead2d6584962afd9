// What a city says inside its envelope, as the kiosk takes it: a city (or a center) whose keys are in the wrong hands
// signs whatever the input is, and the kiosk still shows and prints nothing beyond the contract's bounds.
#include <algorithm>
#include <array>
#include <set>

#include "fuzz/examine.hpp"
#include "fuzz/plain_cryptography.hpp"
#include "kiosk/core/chain_client.hpp"
#include "paper/jbig2_segments.hpp"

namespace mado::fuzz {

namespace {
using trust::StatementType;
const Instant now{1'800'000'000'000};

std::shared_ptr<const application::RosterBook> roster() {
  v1::Roster content;
  content.set_version(1);
  content.set_issued_at(now.milliseconds);
  content.set_expires_at(now.milliseconds + 1000);
  auto& city = *content.add_cities();
  city.set_city(plain_city);
  city.add_receiving_certificates("c");
  auto& key = *city.add_statement_keys();
  key.set_certificate(string_of(Bytes{city_key}));
  for (const auto type :
       {StatementType::challenge, StatementType::menu, StatementType::certificate, StatementType::domicile_acceptance})
    key.add_statement_types(std::string(trust::object_identifier(type)));
  content.add_centers()->set_certificate(string_of(Bytes{center_key}));
  v1::SignedRoster envelope;
  const auto bytes = wire::serialise(content);
  envelope.set_roster(string_of(bytes));
  for (const auto signer : {roster_key_1, roster_key_2})
    envelope.add_signatures(string_of(PlainCryptography::sign_as(StatementType::roster, bytes, signer)));
  PlainCryptography crypto;
  const std::array pinned{Bytes{roster_key_1}, Bytes{roster_key_2}};
  return std::make_shared<application::RosterBook>(
      application::RosterBook::read(crypto, wire::serialise(envelope), pinned, 0, now).value());
}

Bytes said(StatementType type, const google::protobuf::Message& message, std::uint8_t signer) {
  return PlainCryptography::sign_as(type, wire::serialise(message), signer);
}

// A kiosk that has begun a session.
struct Begun {
  PlainCryptography crypto;
  kiosk::ChainClient client{crypto, roster(), plain_signing_key(device_key), plain_kiosk};

  explicit Begun(v1::Service service) {
    claim(client.choose(service, plain_city).has_value(), "the city is known");
    v1::Challenge challenge;
    challenge.set_city(plain_city);
    challenge.set_issued_at(now.milliseconds);
    v1::ChallengeAnswer answer;
    answer.set_challenge(string_of(said(StatementType::challenge, challenge, city_key)));
    claim(client.accept_challenge(wire::serialise(answer), now).has_value(), "the challenge is the city's");
    claim(client.prepare_opening(Bytes{card_key}, now).has_value(), "the opening is prepared");
  }
};

v1::MenuBundle bundle_of(const Bytes& open_query) {
  v1::OpenQuery query;
  query.ParseFromString(string_of(open_query));
  v1::MenuBundle bundle;
  bundle.ParseFromString(query.sealed());
  return bundle;
}

// It has sent its menu request.
struct Asking : Begun {
  v1::MenuBundle bundle = bundle_of(client.open_query({}, "ja", now).value());

  Asking() : Begun(v1::SERVICE_HOME_CITY) {}
};

kiosk::Registration registration() {
  kiosk::Registration typed;
  for (const auto* key : {"ミ", "ホ", "ン"}) claim(typed.applicant.type(key) && typed.head.type(key), "a key is taken");
  claim(typed.born.choose_era(3), "there is 昭和");
  for (const char digit : std::string_view("550217")) claim(typed.born.type({&digit, 1}), "a digit is taken");
  for (const char digit : std::string_view("0300000000")) claim(typed.telephone.type({&digit, 1}), "a digit is taken");
  return typed;
}

// It has sent a 利用登録申請; the city answers with whatever the input says.
void examine_acceptance(ByteView content) {
  v1::DomicileAcceptance acceptance;
  if (!acceptance.ParseFromArray(content.data(), static_cast<int>(content.size()))) return;
  acceptance.DiscardUnknownFields();
  Begun asking(v1::SERVICE_DOMICILE_REGISTRATION);
  const auto bundle = bundle_of(asking.client.domicile_query({}, registration(), now).value());
  acceptance.set_request_digest(string_of(asking.crypto.digest(view_of(bundle.request()))));
  v1::CityReply reply;
  reply.set_statement(string_of(said(StatementType::domicile_acceptance, acceptance, city_key)));
  v1::OpenAnswer answer;
  answer.set_sealed(reply.SerializeAsString());
  const auto accepted = asking.client.accept_domicile(wire::serialise(answer), now);
  if (!accepted) return claim_is_explained(accepted.error());
  claim(!accepted->number.empty() && accepted->number.size() <= 20, "a number is bounded");
  claim(accepted->telephone.size() <= 20, "a telephone number is bounded");
}

Outcome<void> offer(Asking& asking, v1::Menu menu) {
  menu.set_request_digest(string_of(asking.crypto.digest(view_of(asking.bundle.request()))));
  v1::CityReply reply;
  reply.set_statement(string_of(said(StatementType::menu, menu, city_key)));
  v1::OpenAnswer answer;
  answer.set_sealed(reply.SerializeAsString());
  return asking.client.accept_menu(wire::serialise(answer), now);
}

void claim_bounded(const v1::Menu& menu) {
  claim(menu.persons_size() >= 1 && menu.persons_size() <= 64, "persons are bounded");
  claim(menu.kinds_size() >= 1 && menu.kinds_size() <= 16, "kinds are bounded");
  claim(menu.most_copies() >= 1 && menu.most_copies() <= 10, "copies are bounded");
  std::set<std::string> handles;
  for (const auto& person : menu.persons()) {
    claim(person.handle().size() == 16 && handles.insert(person.handle()).second, "a handle names one person");
    claim(person.name().size() <= 400, "a name is bounded");
  }
  for (const auto& kind : menu.kinds()) claim(kind.fee() <= 10'000, "a fee is bounded");
}

// The first kind for the first person, and whatever certificate the input says for it.
void examine_certificate(Asking& asking, ByteView content, Pieces images) {
  kiosk::Choices choices;
  choices.kind = asking.client.menu().kinds(0).kind();
  choices.persons = {0};
  if (!asking.client.apply_query(choices, now)) return;
  const auto& application = asking.client.application();
  v1::Certificate certificate;
  if (!certificate.ParseFromArray(content.data(), static_cast<int>(content.size()))) return;
  certificate.DiscardUnknownFields();
  certificate.set_application_digest(string_of(asking.client.application_digest()));
  certificate.set_issuance(application.issuance());
  v1::CityReply reply;
  // Each has the form of a page, or hardly anything would come further than that.
  while (!images.empty()) {
    const auto frame = images.frame();
    Bytes coded(frame.begin(), frame.end());
    coded.insert(coded.end(), {0xff, 0xac});
    reply.add_images(string_of(paper::page_of_pixels(coded)));
  }
  int number = 0;
  for (auto& copy : *certificate.mutable_copies()) {
    for (auto& page : *copy.mutable_pages()) {
      if (number < reply.images_size())
        page.set_front_digest(string_of(asking.crypto.digest(view_of(reply.images(number++)))));
    }
  }
  v1::GuardGrant grant;
  grant.set_application_digest(string_of(asking.client.application_digest()));
  for (const char sheet : {'a', 'b'}) grant.add_sheets(std::string(16, sheet));
  reply.set_statement(string_of(said(StatementType::certificate, certificate, city_key)));
  v1::ApplyAnswer answer;
  answer.set_grant(string_of(said(StatementType::guard_grant, grant, center_key)));
  answer.set_sealed(reply.SerializeAsString());
  const auto images_given = static_cast<std::size_t>(reply.images_size());
  const auto accepted = asking.client.accept_certificate(wire::serialise(answer), now);
  if (!accepted) return claim_is_explained(accepted.error());
  claim(certificate.fee() == application.fee() && certificate.kind() == application.kind(),
        "what was asked is printed");
  claim(std::ranges::equal(certificate.handles(), application.handles()), "whom it was asked for is printed");
  claim(accepted->sheets.size() == images_given && images_given <= 2, "a page for every image, a sheet for every page");
}
}  // namespace

// Two frames: a menu, which is read as the acceptance of a 利用登録申請 too, and a certificate; then the images, each a
// frame.
void examine(ByteView input) {
  Pieces pieces(input);
  const auto menu_bytes = pieces.frame();
  examine_acceptance(menu_bytes);
  Asking asking;
  const auto certificate_bytes = pieces.frame();
  v1::Menu menu;
  if (!menu.ParseFromArray(menu_bytes.data(), static_cast<int>(menu_bytes.size()))) return;
  menu.DiscardUnknownFields();
  const auto offered = offer(asking, std::move(menu));
  if (!offered) return claim_is_explained(offered.error());
  claim_bounded(asking.client.menu());
  examine_certificate(asking, certificate_bytes, pieces);
}

}  // namespace mado::fuzz
