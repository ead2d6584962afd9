// The items of one person: a Japanese resident's, and a foreign resident's in the same places under other labels
// (標準仕様書 1.1.1, 1.1.2).
#include "issuer/core/certificates/residence_sheet.hpp"
#include "issuer/core/individual_number.hpp"

namespace mado::issuer {

namespace {
std::string_view category_text(v1::ResidenceCategory category) {
  switch (category) {
    case v1::RESIDENCE_CATEGORY_MID_TO_LONG_TERM:
      return "中長期在留者";
    case v1::RESIDENCE_CATEGORY_SPECIAL_PERMANENT:
      return "特別永住者";
    case v1::RESIDENCE_CATEGORY_TEMPORARY_REFUGE:
      return "一時庇護許可者";
    case v1::RESIDENCE_CATEGORY_PROVISIONAL_STAY:
      return "仮滞在許可者";
    case v1::RESIDENCE_CATEGORY_BIRTH:
      return "出生による経過滞在者";
    case v1::RESIDENCE_CATEGORY_LOSS_OF_NATIONALITY:
      return "国籍喪失による経過滞在者";
    default:
      return "";
  }
}

void replace(std::string& text, std::string_view word, std::string_view by) {
  if (const auto found = text.find(word); found != std::string::npos) text.replace(found, word.size(), by);
}

bool in_effect(const v1::Leaving& leaving, Day today) {
  const auto on = parse_day(leaving.on().day());
  return on && *on <= today;
}

// 転出届 is not printed before the day on which it takes effect (5.1).
void write_leaving(const Making& making, const v1::Resident& resident, ValueWriter& write) {
  if (!resident.has_leaving() || !in_effect(resident.leaving(), making.order.issued_on)) return;
  const auto on = recorded_date(resident.leaving().on().day(), resident.leaving().on().written(), making.tools.eras);
  if (!on) return write.fail("remarks", on.error().cause);
  std::string text{making.form.text(leaving_text)};
  replace(text, "{date}", *on);
  replace(text, "{destination}", resident.leaving().destination());
  write.text("remarks", text);
  wipe(text);
}

// What every resident has.
void write_common(const Making& making, const v1::Resident& resident, std::size_t place, ValueWriter& write) {
  write.text("number", std::to_string(place));
  write.chosen("kana", making.wants(v1::OPTION_KANA), resident.kana());
  write.text("sex", sex_text(resident.sex()));
  write.date("notified", resident.notified());
  write.text("previous_address", resident.previous_address());
  write.chosen_required("relation", making.wants(v1::OPTION_HEAD_AND_RELATION), resident.relation());
  const bool with_number = making.wants(v1::OPTION_INDIVIDUAL_NUMBER);
  write.chosen_required("individual_number", with_number, resident.individual_number());
  if (with_number && !is_individual_number(resident.individual_number()))
    write.fail("individual_number", "its check digit is wrong");
  write.omit("resident_code");  // 住民票コード is not offered at a kiosk
  write_leaving(making, resident, write);
}

Outcome<paper::Values> japanese_values(const Making& making, const v1::Resident& resident, std::size_t place) {
  ValueWriter write(making.form.row("person")->area, making.tools.eras);
  write_common(making, resident, place, write);
  write.required_name("name", resident);
  write.chosen("former_surname_kana", making.wants(v1::OPTION_KANA), resident.former_surname_kana());
  write.text("former_surname", resident.former_surname());
  write.required_date("born", resident.born());
  write.required_date("resident_since", resident.resident_since());
  write.date("address_since", resident.address_since());
  const bool with_register = making.wants(v1::OPTION_FAMILY_REGISTER);
  write.chosen_required("family_register", with_register, resident.family_register());
  write.chosen_required("register_head", with_register, resident.register_head());
  return write.written();
}

Outcome<paper::Values> foreign_values(const Making& making, const v1::Resident& resident, std::size_t place) {
  const auto& foreign = resident.foreign();
  ValueWriter write(making.form.row("foreign")->area, making.tools.eras);
  write_common(making, resident, place, write);
  write.required_name("name", resident);
  write.text("alias", foreign.alias());
  if (resident.born().day().empty() && resident.born().written().empty()) write.fail("born", "is missing");
  write.western_date("born", resident.born());
  write.required_date("foreign_resident_since", foreign.foreign_resident_since());
  write.date("address_since", resident.address_since());
  write.chosen("nationality", making.wants(v1::OPTION_NATIONALITY), foreign.nationality());
  write.chosen("category", making.wants(v1::OPTION_RESIDENCE_CATEGORY), category_text(foreign.category()));
  write.chosen("status", making.wants(v1::OPTION_RESIDENCE_STATUS), foreign.status());
  write.chosen("period", making.wants(v1::OPTION_PERIOD_OF_STAY), foreign.period());
  write.chosen_western_date("expires", making.wants(v1::OPTION_EXPIRY_OF_STAY), foreign.expires());
  write.chosen("card_number", making.wants(v1::OPTION_RESIDENCE_CARD), foreign.card_number());
  return write.written();
}
}  // namespace

paper::AreaDemand japanese_demand() {
  return {.shown = {"name", "individual_number", "born", "resident_code", "resident_since", "relation", "register_head",
                    "family_register"},
          .fields = {"kana", "former_surname_kana", "former_surname", "address_since", "notified", "sex",
                     "previous_address", "remarks"}};
}

paper::AreaDemand foreign_demand() {
  return {.shown = {"name", "individual_number", "born", "resident_code", "foreign_resident_since", "relation"},
          .fields = {"kana", "alias", "address_since", "notified", "sex", "previous_address", "nationality", "category",
                     "status", "period", "expires", "card_number", "remarks"}};
}

Outcome<paper::FilledRow> person_row(const Making& making, const v1::Resident& resident, std::size_t place) {
  if (resident.has_foreign()) {
    MADO_TRY(values, foreign_values(making, resident, place));
    return paper::FilledRow{"foreign", resident.number(), std::move(values)};
  }
  MADO_TRY(values, japanese_values(making, resident, place));
  return paper::FilledRow{"person", resident.number(), std::move(values)};
}

}  // namespace mado::issuer
