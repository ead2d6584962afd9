// Writes the seeds that are bytes: real outputs of the product's own writers, about nobody. Seeds that are texts were
// written by hand and stand in fuzz/corpus beside them.
//   fuzz_make_corpus DIRECTORY
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>

#include "card/apdu.hpp"
#include "card/frame.hpp"
#include "card/jpki.hpp"
#include "fuzz/plain_cryptography.hpp"
#include "jpki/core/ocsp_answer.hpp"
#include "jpki/core/profile.hpp"
#include "kiosk/edge/sqlite_journal.hpp"
#include "madoguchi/v1/center.pb.h"
#include "madoguchi/v1/statements.pb.h"
#include "paper/page_image.hpp"
#include "registry/core/synthesis.hpp"
#include "trust/ocsp.hpp"
#include "trust/openssl_cryptography.hpp"
#include "wire/message.hpp"

namespace mado::fuzz {
namespace {

using trust::StatementType;
const Instant at{1'800'000'000'000};
std::filesystem::path corpus;

void seed(const std::string& target, const std::string& name, ByteView bytes) {
  std::filesystem::create_directories(corpus / target);
  std::ofstream(corpus / target / name, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

Bytes after(std::initializer_list<std::uint8_t> head, ByteView bytes) {
  Bytes whole(head);
  whole.insert(whole.end(), bytes.begin(), bytes.end());
  return whole;
}

Bytes framed(ByteView payload) {
  const auto head = card::frame_head(payload.size());
  return after({head[0], head[1]}, payload);
}

Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes whole;
  for (const auto& part : parts) whole.insert(whole.end(), part.begin(), part.end());
  return whole;
}

void seed_trust() {
  const auto crypto = trust::make_openssl_cryptography();
  const auto key = crypto->make_signing_key(at);
  const auto receiving = crypto->make_receiving_key(at);
  const auto statement = crypto->sign(StatementType::application, view_of("content"), *key, at).value();
  const auto envelope = crypto->seal(view_of("content"), receiving->certificate()).value();
  // The first byte chooses: 0 the bytes as they are, 1 changes to a genuine one (where, where, bits).
  seed("statement", "genuine-of-another-key", after({0}, statement));
  seed("statement", "unchanged", Bytes{1});
  seed("statement", "one-bit", Bytes{1, 0, 90, 1});
  seed("envelope", "genuine-for-another-key", after({0}, envelope));
  seed("envelope", "unchanged", Bytes{1});
  seed("envelope", "last-bit-of-tag", Bytes{1, 0xff, 0xff, 1});
  seed("certificate", "session", key->certificate());
  seed("der", "certificate", key->certificate());
  seed("der", "envelope", envelope);
}

trust::X509Certificate issued(Outcome<trust::Issuing> profile, const trust::PrivateKey& by) {
  return trust::issue(profile.value(), by).value();
}

void seed_jpki() {
  constexpr auto kind = jpki::Kind::authentication;
  const auto key = trust::PrivateKey::make(trust::KeyKind::rsa2048).value();
  const auto particulars = [&](const trust::PrivateKey& of) {
    return jpki::Particulars{Bytes{0x01}, of.public_key(), at + std::chrono::hours{-1}, at + std::chrono::hours{24}};
  };
  const auto authority = issued(jpki::authority_profile(kind, particulars(key)), key);
  const auto responder = issued(jpki::responder_profile(kind, particulars(key), authority.facts().key_id), key);
  const auto card = issued(jpki::authentication_profile(particulars(key), authority.facts().key_id,
                                                        {"131016", "Tokyo-to", "Chiyoda-ku"}, "ABCDEFGHIJ0123"),
                           key);
  seed("certificate", "authority", authority.der());
  seed("certificate", "responder", responder.der());
  seed("certificate", "card", card.der());
  const auto request = trust::build_ocsp_request(authority.der(), Bytes{0x80, 0x22}, Bytes(32, 0x33)).value();
  const auto question = jpki::read_question(request).value();
  seed("ocsp_question", "asked", request);
  for (const bool known : {true, false}) {
    const auto answer = jpki::make_answer(question, {.known = known, .revocation = {}}, at, key, responder.der(),
                                          responder.facts().key_id);
    seed("ocsp_answer", known ? "good-of-another-authority" : "unknown-of-another-authority",
         after({0}, answer.value()));
  }
  seed("ocsp_answer", "try-later", after({0}, jpki::make_failure(jpki::OcspFailure::try_later)));
  seed("ocsp_answer", "unchanged", Bytes{1});
  seed("ocsp_answer", "one-bit", Bytes{1, 0, 60, 1});
}

v1::Menu menu() {
  v1::Menu menu;
  auto& kind = *menu.add_kinds();
  kind.set_kind(v1::KIND_RESIDENCE_CERTIFICATE);
  kind.set_title_ja("住民票の写し");
  kind.set_fee(200);
  kind.add_scopes(v1::SCOPE_SELF);
  kind.add_options(v1::OPTION_FAMILY_REGISTER);
  kind.set_group(v1::GROUP_HOUSEHOLD);
  auto& person = *menu.add_persons();
  person.set_handle(std::string(16, 'h'));
  person.set_name("見本");
  person.set_holder(true);
  person.add_groups(v1::GROUP_HOUSEHOLD);
  menu.set_most_copies(5);
  menu.set_rules_version(1);
  return menu;
}

void seed_contracts() {
  // The first byte counts messages: of statements.proto, center.proto, register.proto, jpki.proto.
  seed("contract_message", "menu", after({5}, wire::serialise(menu())));
  v1::Opening opening;
  opening.set_purpose("madoguchi opening v1");
  opening.set_city(plain_city);
  opening.set_service(v1::SERVICE_HOME_CITY);
  opening.set_kiosk(plain_kiosk);
  opening.set_session(std::string(16, 's'));
  opening.set_signing_certificate("a");
  opening.set_receiving_certificate("b");
  opening.set_challenge_digest(std::string(32, 'd'));
  opening.set_most_applications(5);
  opening.set_expires_at(at.milliseconds);
  seed("opening", "opening", wire::serialise(opening));
  seed("contract_message", "opening", after({1}, wire::serialise(opening)));
  v1::Certificate certificate;
  certificate.set_kind(v1::KIND_RESIDENCE_CERTIFICATE);
  certificate.add_copies()->add_pages()->set_sheet(std::string(16, 'a'));
  certificate.add_handles(std::string(16, 'h'));
  certificate.set_fee(200);
  certificate.set_rules_version(1);
  seed("city_reply", "one-page",
       joined({framed(wire::serialise(menu())), framed(wire::serialise(certificate)), framed(view_of("image"))}));
  certificate.mutable_copies(0)->add_pages()->set_sheet(std::string(16, 'a'));
  seed("city_reply", "one-sheet-for-two-pages",
       joined({framed(wire::serialise(menu())), framed(wire::serialise(certificate)), framed(view_of("front")),
               framed(view_of("other"))}));
  v1::DomicileAcceptance acceptance;
  acceptance.set_number("20261121-0001");
  acceptance.set_telephone("03-0000-0000");
  seed("city_reply", "acceptance", framed(wire::serialise(acceptance)));
  v1::Roster roster;
  roster.set_version(7);
  roster.set_issued_at(at.milliseconds - 1);
  roster.set_expires_at(at.milliseconds + 1);
  roster.add_cities()->set_city(plain_city);
  seed("roster", "in-force", after({1}, wire::serialise(roster)));
  seed("contract_message", "roster", after({17}, wire::serialise(roster)));
  roster.set_issued_at(-1);
  roster.set_expires_at(std::numeric_limits<std::int64_t>::max());
  seed("roster", "lives-for-ever", after({1}, wire::serialise(roster)));
}

void seed_card() {
  using card::CommandApdu;
  const auto wire = [](const CommandApdu& command) { return command.encoded().reveal(); };
  const auto application = wire(CommandApdu::select_application(card::jpki::application_id));
  const auto pin_file = wire(CommandApdu::select_file(card::jpki::authentication_pin));
  const auto right = wire(CommandApdu::verify(view_of("1234")));
  const auto wrong = wire(CommandApdu::verify(view_of("0000")));
  const auto key_file = wire(CommandApdu::select_file(card::jpki::authentication_key));
  const auto sign = wire(CommandApdu::compute_digital_signature(Bytes(51, 0x30)));
  const auto certificate_file = wire(CommandApdu::select_file(card::jpki::authentication_certificate));
  const auto read = wire(CommandApdu::read_binary(0, 256));
  seed("command_apdu", "select", application);
  seed("command_apdu", "sign", sign);
  seed("command_apdu", "read", read);
  seed("command_apdu", "extended", wire(CommandApdu::read_binary(0, 65536)));
  seed("virtual_card", "signs",
       joined({framed(application), framed(pin_file), framed(right), framed(key_file), framed(sign),
               framed(certificate_file), framed(read)}));
  seed("virtual_card", "locks",
       joined({framed(application), framed(pin_file), framed(wrong), framed(wrong), framed(wrong), framed(right)}));
  seed("virtual_card", "changes-its-pin",
       joined({framed(application), framed(pin_file), framed(right),
               framed(wire(CommandApdu::change_reference_data(view_of("4321")))), framed(Bytes{0x02})}));
  const Bytes ok{0x90, 0x00};
  Bytes label = bytes_of("JPKIAPICCTOKEN2                 ");
  label.insert(label.end(), ok.begin(), ok.end());
  seed("card_answers", "signs",
       joined({framed(Bytes{0x3b, 0x80, 0x01, 0x81}), framed(ok), framed(ok), framed(label), framed(ok),
               framed(Bytes{0x63, 0xc3}), framed(ok), framed(ok), framed(ok),
               framed(Bytes{0x30, 0x82, 0x00, 0x04, 0x90, 0x00}),
               framed(Bytes{0x30, 0x82, 0x00, 0x04, 1, 2, 3, 4, 0x90, 0x00}), framed(ok), framed(Bytes{0x61, 0x02}),
               framed(Bytes{1, 2, 0x90, 0x00}), framed(ok)}));
  seed("card_answers", "locked",
       joined({framed(Bytes{0x3b}), framed(ok), framed(ok), framed(label), framed(ok), framed(Bytes{0x69, 0x83}),
               framed(ok), framed(Bytes{0x63, 0xc0})}));
  seed("card_answers", "never-ends",
       joined({framed(Bytes{0x3b}), framed(Bytes{0x61, 0x00}), framed(Bytes{0x61, 0x00}),
               framed(Bytes{0x00, 0x61, 0x00})}));
}

void seed_paper() {
  const auto empty = paper::encode_image(paper::Raster{}).value();
  paper::Drawing rules;
  for (int i = 1; i <= 21; ++i) {
    rules.add({paper::Symbol::filled(3 * i, 5).value(), 100 * i, 90 * i});
  }
  const auto ruled = paper::encode_image(rules).value();
  seed("page_image", "empty", empty);
  seed("page_image", "of-21-symbols", ruled);
  const paper::PdfFacts facts{"00112233445566778899aabbccddeeff"};
  const std::vector<paper::Sheet> one{{empty, std::nullopt}};
  const std::vector<paper::Sheet> two{{empty, empty}};
  seed("pdf", "one-page", paper::write_pdf(one, std::nullopt, facts).value());
  seed("pdf", "two-pages-over-a-tint", paper::write_pdf(two, ruled, facts).value());
  Bytes seal = bytes_of("P4\n# a comment\n104 100\n");
  seal.insert(seal.end(), 13 * 100, 0x55);
  seed("seal_image", "stripes", seal);
}

// A message of RFC 8010: version 2.0, successful-ok, request 1, then groups of attributes.
Bytes ipp(std::initializer_list<Bytes> attributes) {
  Bytes message{2, 0, 0, 0, 0, 0, 0, 1, 0x04};
  for (const auto& attribute : attributes) message.insert(message.end(), attribute.begin(), attribute.end());
  message.push_back(0x03);
  return message;
}
Bytes attribute(std::uint8_t tag, std::string_view name, ByteView value) {
  return joined({Bytes{tag}, framed(view_of(name)), framed(value)});
}

void seed_kiosk() {
  seed("ipp_answer", "printer",
       ipp({attribute(0x23, "printer-state", Bytes{0, 0, 0, 3}),
            attribute(0x44, "printer-state-reasons", view_of("media-empty-error")),
            attribute(0x44, "", view_of("none")), attribute(0x22, "printer-is-accepting-jobs", Bytes{1}),
            attribute(0x21, "queued-job-count", Bytes{0, 0, 0, 0}),
            attribute(0x21, "printer-impressions-completed", Bytes{0, 0, 1, 0})}));
  seed("ipp_answer", "job",
       ipp({attribute(0x21, "job-id", Bytes{0, 0, 0, 7}), attribute(0x23, "job-state", Bytes{0, 0, 0, 9}),
            attribute(0x44, "job-state-reasons", view_of("job-completed-successfully")),
            attribute(0x21, "job-impressions-completed", Bytes{0, 0, 0, 2})}));
  seed("ipp_answer", "reasons-without-a-value",
       ipp({attribute(0x23, "printer-state", Bytes{0, 0, 0, 3}), attribute(0x13, "printer-state-reasons", {}),
            attribute(0x44, "job-state-reasons", {})}));
}

// A household of people whom a program made up.
void seed_registry() {
  const registry::SyntheticCity city{plain_city, "東京都", "千代田区", 1, 3, Day{std::chrono::year{2026} / 11 / 21}};
  std::string header;
  for (const auto& column : registry::columns_of(registry::RecordFile::residents).header())
    header += (header.empty() ? "" : ",") + column;
  std::string residents = header + "\n";
  std::string number;
  registry::synthesise_residents(city, [&](const registry::ResidentRow& row) {
    residents += registry::write_resident(row) + "\n";
    number = row.resident.number();
  });
  seed("resident_file", "synthetic", view_of(residents));
  seed("resident_file", "header", view_of(header));
  const auto card = "発行者鍵,シリアル番号,公開鍵ダイジェスト,対象者番号,戸籍のみ\n" +
                    registry::write_card({Bytes(20, 0x11), {0x01, 0xa2}, Bytes(32, 0x22), number}) + "\r\n";
  seed("card_file", "one-card", view_of(card));
}

void seed_journal() {
  const auto file = corpus / "journal.db";
  {
    auto journal = kiosk::open_journal(file).value();
    kiosk::JournalEntry entry;
    entry.application_digest = Bytes(32, 0xd1);
    entry.city = plain_city;
    entry.kind = "residence";
    entry.issuance = *Id::from(Bytes(16, 0x11));
    (void)journal->record(entry);
    entry.issuance = *Id::from(Bytes(16, 0x22));
    entry.step = kiosk::JournalStep::settled;
    entry.case_closed = false;
    (void)journal->record(entry);
  }
  std::ifstream in(file, std::ios::binary);
  const Bytes bytes{std::istreambuf_iterator<char>(in), {}};
  seed("journal_file", "two-lines", bytes);
  std::filesystem::remove(file);
}

}  // namespace

int make(const char* directory) {
  corpus = directory;
  std::filesystem::create_directories(corpus);
  seed_trust();
  seed_jpki();
  seed_contracts();
  seed_card();
  seed_paper();
  seed_kiosk();
  seed_registry();
  seed_journal();
  return 0;
}
}  // namespace mado::fuzz

int main(int count, char** words) {
  if (count == 2) return mado::fuzz::make(words[1]);
  std::fputs("usage: fuzz_make_corpus DIRECTORY\n", stderr);
  return 2;
}
