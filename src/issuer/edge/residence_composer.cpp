#include "issuer/edge/residence_composer.hpp"

#include "issuer/core/member_order.hpp"
#include "issuer/core/residence.hpp"

namespace mado::issuer {

namespace {
class ResidenceComposer final : public Composer {
 public:
  ResidenceComposer(paper::Form form, paper::Font font, paper::Seal seal, Authority authority)
      : form_(std::move(form)), font_(std::move(font)), seal_(std::move(seal)), authority_(std::move(authority)) {}

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
    MADO_TRY(options, residence_options(std::vector<v1::Option>(order.options.begin(), order.options.end())));
    const ResidenceCopy copy{order.residents, order.scope, options, order.issued_on, order.issuance_number, authority_};
    MADO_TRY(paper, compose_residence({form_, font_, seal_}, order.household, copy));
    return DrawnCopy{std::move(paper.pages), std::move(paper.drawn_residents)};
  }

 private:
  paper::Form form_;
  paper::Font font_;
  paper::Seal seal_;
  Authority authority_;
};
}  // namespace

Outcome<std::unique_ptr<Composer>> load_composer(operation::Settings& settings) {
  const auto font_file = settings.existing_file("paper.font");
  const auto sequence_fonts = settings.has("paper.sequence_fonts") ? settings.existing_files("paper.sequence_fonts")
                                                                   : std::vector<std::filesystem::path>{};
  const auto cache_mebibytes = settings.integer("paper.glyph_cache_mib", 1, 1024, 32);
  const auto form_file = settings.existing_file("paper.residence_form");
  const auto seal_file = settings.existing_file("paper.seal");
  Authority authority{settings.text("authority.prefecture"), settings.text("authority.title"),
                      settings.text("authority.name")};
  MADO_TRY(form, paper::load_form(form_file));
  MADO_CHECK(check_residence_form(form));
  MADO_TRY(font, paper::Font::load(font_file, sequence_fonts, static_cast<std::size_t>(cache_mebibytes) * 1024 * 1024));
  MADO_TRY(seal, paper::Seal::load(seal_file));
  return std::make_unique<ResidenceComposer>(std::move(form), std::move(font), std::move(seal), std::move(authority));
}

}  // namespace mado::issuer
