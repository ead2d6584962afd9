#include "issuer/edge/certificate_composer.hpp"

#include "issuer/core/certificates/certificate.hpp"
#include "issuer/core/member_order.hpp"
#include "issuer/edge/certificate_forms.hpp"

namespace mado::issuer {

namespace {
class CertificateComposer final : public Composer {
 public:
  CertificateComposer(CertificateForms forms, paper::Font font, paper::Seal seal, AuthorityTerms authorities)
      : forms_(std::move(forms)),
        font_(std::move(font)),
        seal_(std::move(seal)),
        authorities_(std::move(authorities)) {}

  Outcome<std::vector<std::string>> order(const v1::Household& household) override {
    std::vector<const v1::Resident*> current;
    for (const auto& member : household.members()) {
      if (member.state() == v1::RESIDENT_STATE_CURRENT) current.push_back(&member);
    }
    MADO_TRY(ordered, order_members(current));
    std::vector<std::string> numbers;
    for (const auto* member : ordered) numbers.push_back(member->number());
    return numbers;
  }

  Outcome<DrawnCopy> compose(const CopyOrder& order) override {
    const CertificateOrder wanted{order.kind,      order.scope,           order.options, order.persons,
                                  order.issued_on, order.issuance_number, order.title};
    MADO_TRY(drawn, compose_certificate({forms_, font_, seal_, authorities_}, {order.snapshot, order.tax}, wanted));
    return DrawnCopy{std::move(drawn.pages), std::move(drawn.drawn)};
  }

 private:
  CertificateForms forms_;
  paper::Font font_;
  paper::Seal seal_;
  AuthorityTerms authorities_;
};

std::optional<Day> read_day(operation::Settings& settings, const std::string& key) {
  if (!settings.has(key)) return std::nullopt;
  const auto day = parse_day(settings.text(key));
  if (!day) settings.complain(key, "must be a day, \"2026-04-01\"");
  return day;
}

AuthorityTerms read_terms(operation::Settings& settings) {
  const auto prefecture = settings.text("authority.prefecture");
  AuthorityTerms terms{
      {std::nullopt, std::nullopt, {prefecture, settings.text("authority.title"), settings.text("authority.name")}}};
  for (std::size_t i = 0; i < settings.count("authority.acting"); ++i) {
    const auto key = "authority.acting[" + std::to_string(i) + "].";
    const auto from = read_day(settings, key + "from");
    const auto until = read_day(settings, key + "until");
    if (!from) settings.complain(key + "from", "is missing: an acting authority begins on a day");
    terms.push_back({from, until, {prefecture, settings.text(key + "title"), settings.text(key + "name")}});
  }
  return terms;
}
}  // namespace

Outcome<std::unique_ptr<Composer>> load_composer(operation::Settings& settings, const std::vector<v1::Kind>& kinds) {
  const auto font_file = settings.existing_file("paper.font");
  const auto sequence_fonts = settings.has("paper.sequence_fonts") ? settings.existing_files("paper.sequence_fonts")
                                                                   : std::vector<std::filesystem::path>{};
  const auto cache_mebibytes = settings.integer("paper.glyph_cache_mib", 1, 1024, 32);
  const auto form_directory = settings.path("paper.forms");
  const auto seal_file = settings.existing_file("paper.seal");
  auto authorities = read_terms(settings);
  if (const auto sound = check_terms(authorities); !sound) settings.complain("authority", sound.error().cause);
  MADO_TRY(forms, load_forms(form_directory, kinds));
  MADO_TRY(font, paper::Font::load(font_file, sequence_fonts, static_cast<std::size_t>(cache_mebibytes) * 1024 * 1024));
  MADO_TRY(seal, paper::Seal::load(seal_file));
  return std::make_unique<CertificateComposer>(std::move(forms), std::move(font), std::move(seal),
                                               std::move(authorities));
}

}  // namespace mado::issuer
