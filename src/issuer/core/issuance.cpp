// What a certificate and a release say: decided over one snapshot of the registers, written to the ledger, signed.
#include <algorithm>

#include "issuer/core/application_check.hpp"
#include "issuer/core/issuer.hpp"

namespace mado::issuer {

using trust::StatementType;

namespace {
// 発行番号 of one copy: the day, the city, the kiosk, the ledger's running number. Facts: 標準仕様書 5.5.
std::string issuance_number(Day day, const std::string& city_name, const std::string& kiosk, std::uint64_t number) {
  std::string date = iso_text(day);
  std::erase(date, '-');
  std::string running = std::to_string(number);
  if (running.size() < 6) running.insert(0, 6 - running.size(), '0');
  return date + " " + city_name + " " + kiosk + " " + running;
}

std::set<v1::Option> options_of(const v1::Application& application) {
  std::set<v1::Option> options;
  for (const auto option : application.options()) options.insert(static_cast<v1::Option>(option));
  return options;
}
}  // namespace

Outcome<application::Offer> Issuer::offer_for(const v1::Application& application, const Session& session) const {
  const auto now = ports_.clock.now();
  MADO_TRY(offer, session.rules->finish(application.rules_version(), session.channel, session.begun, now));
  MADO_CHECK(check_application(application, session, offer));
  MADO_CHECK(offer.check_stops(offer.rules().find(application.kind())->family, now));
  return offer;
}

// Everything that the copies of one application are drawn from.
struct Issuer::Drawing {
  const Asker& asker;
  const Applied& applied;
  const Subject& subject;
  std::uint64_t first_number = 0;  // of the ledger
  std::size_t most_pages = 0;      // of one copy
  const std::string& title;        // empty: the form's own
};

Task<Outcome<v1::CityReply>> Issuer::make_certificate(const Asker& asker, const Applied& applied) {
  const auto& application = applied.application;
  MADO_CO_TRY(offer, offer_for(application, asker.session));
  const auto& rule = *offer.rules().find(application.kind());
  const auto now = ports_.clock.now();
  MADO_CO_CHECK(offer.check_family(rule.family, now));
  auto read = co_await read_subject(asker, application, rule);
  MADO_CO_TRY(subject, std::move(read));

  const auto issuance = *Id::from(view_of(application.issuance()));
  MADO_CO_TRY(first_number, ports_.ledger.begin({issuance, asker.session.digest, application.sequence(), applied.digest,
                                                 material_.city, application.kiosk(), rule.family, application.copies(),
                                                 asker.session.opening.most_applications()},
                                                now));
  v1::Certificate certificate;
  v1::CityReply reply;
  const Drawing drawing{asker, applied, subject, first_number, offer.rules().most_pages, rule.title_on_paper};
  MADO_CO_CHECK(draw_copies(drawing, certificate, reply));
  certificate.set_application_digest(string_of(applied.digest));
  certificate.set_issuance(application.issuance());
  certificate.set_kind(application.kind());
  certificate.set_fee(application.fee());
  certificate.set_rules_version(offer.rules().version);
  certificate.set_salt(salt());
  MADO_CO_TRY(signed_reply, sign_reply(StatementType::certificate, certificate));
  const ledger::MadeCertificate made{ports_.crypto.digest(view_of(signed_reply.statement())),
                                     records_code(issuance, subject.sources)};
  MADO_CO_CHECK(ports_.ledger.made(issuance, made));
  reply.set_statement(signed_reply.statement());
  co_return reply;
}

Outcome<void> Issuer::draw_copies(const Drawing& drawing, v1::Certificate& certificate, v1::CityReply& reply) {
  const auto& [asker, applied, subject, first_number, most_pages, title] = drawing;
  const auto& [sources, persons, numbers] = subject;
  const auto& application = applied.application;
  const auto today = in_japan(ports_.clock.now()).day;
  const auto* tax = sources.tax && *sources.tax ? &(*sources.tax)->reveal() : nullptr;
  int sheet = 0;
  for (std::uint32_t i = 0; i < application.copies(); ++i) {
    const auto number = issuance_number(today, material_.city_name, application.kiosk(), first_number + i);
    MADO_TRY(copy, ports_.composer.compose({sources.snapshot.reveal(), tax, numbers, application.kind(),
                                            application.scope(), options_of(application), today, number, title}));
    // Whom the statement names comes from the rows that were drawn; it must be whom the application asked for (lesson
    // 足立).
    if (copy.drawn_residents != numbers)
      return refuse(Reason::page_check_failed, "the persons drawn are not those applied for");
    if (copy.fronts.size() > most_pages)
      return refuse(Reason::too_many_pages, "a copy has more pages than the rules allow");
    auto& said = *certificate.add_copies();
    said.set_issuance_number(number);
    for (auto& front : copy.fronts) {
      if (sheet >= applied.grant.sheets_size())
        return refuse(Reason::page_check_failed, "the grant covers fewer sheets than were drawn");
      auto& page = *said.add_pages();
      page.set_front_digest(string_of(ports_.crypto.digest(front)));
      page.set_sheet(applied.grant.sheets(sheet++));
      reply.add_images(string_of(front));
      wipe(front);
    }
    if (i != 0) continue;
    for (const auto* person : persons_drawn(persons, application.kind(), copy.drawn_residents))
      certificate.add_handles(handle_of(asker, *person));
  }
  return {};
}

Task<Outcome<v1::CityReply>> Issuer::make_release(const Asker& asker, const v1::Confirmation& confirmation,
                                                  const v1::Application& application) {
  MADO_CO_TRY(offer, offer_for(application, asker.session));
  // Everything that could have stopped the certificate is read again at the last moment, and the card's revocation too
  // (I7, lesson さいたま). What was drawn must be what stands there now: a seal may have been exchanged for another.
  auto read = co_await read_subject(asker, application, *offer.rules().find(application.kind()));
  MADO_CO_TRY(subject, std::move(read));
  const auto now = ports_.clock.now();
  const auto issuance = *Id::from(view_of(application.issuance()));
  const ledger::MadeCertificate made{bytes_of(confirmation.certificate_digest()),
                                     records_code(issuance, subject.sources)};
  MADO_CO_CHECK(ports_.ledger.confirm(issuance, view_of(confirmation.application_digest()), made, now));
  v1::Release release;
  release.set_confirmation_digest(string_of(asker.request_digest));
  release.set_application_digest(confirmation.application_digest());
  release.set_released_at(now.milliseconds);
  release.set_good_for(application::release_seconds);
  release.set_salt(salt());
  co_return sign_reply(StatementType::release, release);
}

}  // namespace mado::issuer
