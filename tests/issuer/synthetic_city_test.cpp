// Every certificate for the people of a synthetic city: what the registers hold, the forms have a place for.
#include <gtest/gtest.h>

#include <algorithm>

#include "registry/core/synthesis.hpp"
#include "registry/core/synthesis_seal.hpp"
#include "tests/issuer/certificates.hpp"

namespace mado::issuer {
namespace {

using registry::CityPart;

const Day today{std::chrono::year{2026} / 4 / 1};

// Some surnames have sequences of Adobe-Japan1 (decision 0012).
const paper::Font& font() {
  static const auto loaded = paper::Font::load("/usr/share/fonts/truetype/ipamj/ipamjm.ttf",
                                               {"/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"});
  return loaded.value();
}

v1::Household household_of(const CityPart& part) {
  v1::Household household;
  for (const auto& row : part.residents) {
    household.set_number(row.household);
    household.set_address(row.address);
    if (row.resident.relation() == "世帯主") household.set_head(row.resident.name());
    *household.add_members() = row.resident;
  }
  return household;
}

// Records that something keeps back are refused by the kinds that show them: here the others are drawn.
template <typename Persons>
bool nothing_keeps_back(const Persons& persons) {
  return std::ranges::all_of(persons, [](const auto& person) { return person.suppressions_size() == 0; });
}

class Certificates {
 public:
  explicit Certificates(const CityPart& part) : part_(part) { *snapshot_.mutable_household() = household_of(part); }

  void draw_all() {
    const auto& household = snapshot_.household();
    if (!household.members().empty() && nothing_keeps_back(household.members())) {
      residence();
      std::ranges::for_each(part_.seals, [&](const auto& each) { seal(each); });
      std::ranges::for_each(part_.tax_records, [&](const auto& each) { tax(each); });
    }
    std::ranges::for_each(part_.family_registers, [&](const auto& each) { family_register(each); });
    std::ranges::for_each(part_.supplements, [&](const auto& each) { supplement(each); });
  }
  int drawn() const { return drawn_; }
  std::size_t most_pages() const { return most_pages_; }

 private:
  void draw(v1::Kind kind, v1::Scope scope, std::set<v1::Option> options, std::vector<std::string> persons,
            const v1::TaxRecord* tax = nullptr) {
    const CertificateOrder order{kind, scope, std::move(options), std::move(persons), today, "20260401 K000001 001"};
    const CertificateTools tools{specimen::forms(), font(), paper::specimen::seal(), specimen::authorities()};
    const auto certificate = compose_certificate(tools, {snapshot_, tax}, order);
    EXPECT_TRUE(certificate) << v1::Kind_Name(kind) << " of " << snapshot_.household().number() << " "
                             << (part_.family_registers.empty() ? "" : part_.family_registers.front().number()) << ": "
                             << certificate.error().cause;
    if (!certificate) return;
    ++drawn_;
    most_pages_ = std::max(most_pages_, certificate->pages.size());
  }

  void residence() {
    std::vector<std::string> current;
    for (const auto& member : snapshot_.household().members()) {
      if (member.state() == v1::RESIDENT_STATE_CURRENT) current.push_back(member.number());
    }
    const std::set<v1::Option> everything{v1::OPTION_HEAD_AND_RELATION, v1::OPTION_FAMILY_REGISTER,
                                          v1::OPTION_INDIVIDUAL_NUMBER, v1::OPTION_KANA,
                                          v1::OPTION_NATIONALITY,       v1::OPTION_RESIDENCE_CATEGORY,
                                          v1::OPTION_RESIDENCE_STATUS,  v1::OPTION_PERIOD_OF_STAY,
                                          v1::OPTION_EXPIRY_OF_STAY,    v1::OPTION_RESIDENCE_CARD,
                                          v1::OPTION_ALIAS_RECORDS};
    draw(v1::KIND_RESIDENCE_CERTIFICATE, v1::SCOPE_HOUSEHOLD, everything, current);
    draw(v1::KIND_RESIDENCE_ITEMS, v1::SCOPE_HOUSEHOLD, {v1::OPTION_WITHOUT_BUILDING}, current);
    draw(v1::KIND_RESIDENCE_CERTIFICATE, v1::SCOPE_HOUSEHOLD, {v1::OPTION_SHEET_EACH, v1::OPTION_CHANGES}, current);
  }
  void seal(const registry::SyntheticSeal& seal) {
    if (seal.record.state() != v1::SEAL_STATE_REGISTERED) return;
    *snapshot_.mutable_seal() = seal.record;
    snapshot_.mutable_seal()->set_resident(seal.resident);
    snapshot_.mutable_seal()->set_image(registry::draw_seal(seal.design));
    snapshot_.set_holder(seal.resident);
    draw(v1::KIND_SEAL_CERTIFICATE, v1::SCOPE_SELF, {}, {seal.resident});
  }
  void tax(const v1::TaxRecord& record) {
    if (record.standing() == v1::TAX_STANDING_NOT_DECLARED) return;
    snapshot_.set_holder(record.resident());
    draw(v1::KIND_INCOME, v1::SCOPE_SELF, {}, {record.resident()}, &record);
    draw(v1::KIND_INCOME_AND_TAXATION, v1::SCOPE_SELF, {}, {record.resident()}, &record);
    if (record.annual_tax() == 0) draw(v1::KIND_NO_TAXATION, v1::SCOPE_SELF, {}, {record.resident()}, &record);
    if (record.annual_tax() > 0) draw(v1::KIND_TAXATION, v1::SCOPE_SELF, {}, {record.resident()}, &record);
  }
  template <typename Record>
  static std::vector<std::string> persons_of(const Record& record) {
    std::vector<std::string> numbers;
    for (const auto& person : record.persons()) numbers.push_back(person.number());
    return numbers;
  }
  void family_register(const v1::FamilyRegister& record) {
    if (record.closed() || record.notice_pending() || !nothing_keeps_back(record.persons())) return;
    *snapshot_.mutable_family_register() = record;
    draw(v1::KIND_FAMILY_REGISTER_WHOLE, v1::SCOPE_HOUSEHOLD, {}, persons_of(record));
    draw(v1::KIND_FAMILY_REGISTER_PERSONS, v1::SCOPE_SELF, {}, {record.persons(0).number()});
  }
  void supplement(const v1::RegisterSupplement& record) {
    if (!nothing_keeps_back(record.persons())) return;
    *snapshot_.mutable_supplement() = record;
    draw(v1::KIND_FAMILY_REGISTER_SUPPLEMENT, v1::SCOPE_HOUSEHOLD,
         {v1::OPTION_FAMILY_REGISTER, v1::OPTION_OVERSEAS_VOTER}, persons_of(record));
  }

  const CityPart& part_;
  v1::HouseholdSnapshot snapshot_;
  int drawn_ = 0;
  std::size_t most_pages_ = 0;
};

TEST(SyntheticCity, HasAPlaceOnTheFormsForAllThatItsRegistersHold) {
  const registry::SyntheticCity city{"131016", "東京都", "千代田区", 1, 300, today};
  int drawn = 0;
  std::size_t most_pages = 0;
  registry::synthesise(city, [&](const CityPart& part) {
    Certificates certificates(part);
    certificates.draw_all();
    drawn += certificates.drawn();
    most_pages = std::max(most_pages, certificates.most_pages());
  });
  EXPECT_GT(drawn, 1000);
  EXPECT_GT(most_pages, 2U);
}

}  // namespace
}  // namespace mado::issuer
