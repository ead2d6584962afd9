// 戸籍の附票の写し（全部, 一部）: where the persons of one 戸籍 have lived. Source: 住民基本台帳法17条, 17条の2, 20条.
#include <algorithm>

#include "issuer/core/certificates/kinds.hpp"

namespace mado::issuer {

namespace {
using Rows = std::vector<paper::FilledRow>;
constexpr int most_persons = 64;
constexpr int most_addresses = 64;

Outcome<std::vector<std::size_t>> chosen_persons(const Making& making, const v1::RegisterSupplement& record) {
  if (record.persons_size() < 1 || record.persons_size() > most_persons)
    return incomplete("persons: none, or more than 64");
  std::vector<std::string_view> numbers;
  for (const auto& person : record.persons()) numbers.push_back(person.number());
  MADO_TRY(places, chosen_places(making.order, numbers));
  const bool suppressed = std::ranges::any_of(
      places, [&](std::size_t place) { return record.persons(static_cast<int>(place)).suppressions_size() > 0; });
  if (suppressed) return refuse(Reason::cannot_be_issued, "a chosen person is suppressed");
  return places;
}

// Beside 本籍 and 筆頭者 the others stand with their given names only.
std::string_view name_of(const Making& making, const v1::RegisterSupplement& record,
                         const v1::SupplementPerson& person) {
  const bool in_full = !making.wants(v1::OPTION_FAMILY_REGISTER) || person.name() == record.head();
  return in_full || person.given_name().empty() ? person.name() : person.given_name();
}

Outcome<void> write_person(const Making& making, const v1::RegisterSupplement& record,
                           const v1::SupplementPerson& person, Rows& rows) {
  ValueWriter write(making.form.row("person")->area, making.tools.eras);
  write.required("name", name_of(making, record, person));
  write.date("born", person.born());
  write.text("sex", sex_text(person.sex()));
  if (person.removed()) write.text("removed", making.form.text("removed"));
  MADO_TRY(values, write.written());
  rows.push_back({"person", person.number(), std::move(values)});
  return {};
}

Outcome<void> write_addresses(const Making& making, const v1::SupplementPerson& person, Rows& rows) {
  if (person.addresses_size() < 1 || person.addresses_size() > most_addresses)
    return incomplete("addresses: none, or more than 64");
  rows.push_back({"addresses", {}, {}});
  for (const auto& address : person.addresses()) {
    ValueWriter write(making.form.row("address")->area, making.tools.eras);
    write.required("address", address.address());
    write.date("since", address.since());
    MADO_TRY(values, write.written());
    rows.push_back({"address", {}, std::move(values)});
  }
  return {};
}

Outcome<void> write_remarks(const Making& making, const v1::SupplementPerson& person, Rows& rows) {
  const auto remark = [&](std::string_view label, std::string_view text) -> Outcome<void> {
    ValueWriter write(making.form.row("remark")->area, making.tools.eras);
    write.required("label", label);
    write.required("text", text);
    MADO_TRY(values, write.written());
    rows.push_back({"remark", {}, std::move(values)});
    return {};
  };
  if (person.has_leaves_japan()) {
    MADO_TRY(on, recorded_date(person.leaves_japan().day(), person.leaves_japan().written(), making.tools.eras));
    MADO_CHECK(remark(making.form.text("leaves_japan"), on));
  }
  if (making.wants(v1::OPTION_OVERSEAS_VOTER) && !person.overseas_voter_city().empty())
    MADO_CHECK(remark(making.form.text("overseas_voter"), person.overseas_voter_city()));
  return {};
}

Outcome<void> write_page(const Making& making, const v1::RegisterSupplement& record, paper::Content& content) {
  const bool with_register = making.wants(v1::OPTION_FAMILY_REGISTER);
  ValueWriter page(making.form.page, making.tools.eras);
  page.chosen_required("domicile", with_register, record.domicile());
  page.chosen_required("head", with_register, record.head());
  page.date("compiled", record.compiled());
  page.date("recompiled", record.recompiled());
  MADO_TRY(values, page.written());
  content.page.merge(values);
  return {};
}
}  // namespace

paper::FormDemand supplement_demand() {
  paper::FormDemand demand;
  demand.page = page_demand({"domicile", "head"}, {"compiled", "recompiled"});
  demand.rows["person"] = {.shown = {"name"}, .fields = {"born", "sex", "removed"}};
  demand.rows["addresses"] = {};
  demand.rows["address"] = {.shown = {"address"}, .fields = {"since"}};
  demand.rows["remark"] = {.shown = {"label", "text"}};
  demand.footer = footer_demand();
  demand.texts = {"title", "certified_whole", "certified_part", "removed", "leaves_japan", "overseas_voter"};
  return demand;
}

Outcome<CertificateSheet> supplement_copy(const Making& making) {
  MADO_CHECK(check_options(making.order, {v1::OPTION_FAMILY_REGISTER, v1::OPTION_OVERSEAS_VOTER}));
  if (!making.records.snapshot.has_supplement()) return refuse(Reason::not_registered_here, "no supplement here");
  const auto& record = making.records.snapshot.supplement();
  MADO_TRY(places, chosen_persons(making, record));
  CertificateSheet sheet;
  for (const auto place : places) {
    const auto& person = record.persons(static_cast<int>(place));
    MADO_CHECK(write_person(making, record, person, sheet.content.rows));
    MADO_CHECK(write_addresses(making, person, sheet.content.rows));
    MADO_CHECK(write_remarks(making, person, sheet.content.rows));
  }
  MADO_CHECK(write_page(making, record, sheet.content));
  const bool whole = making.order.scope == v1::SCOPE_HOUSEHOLD;
  MADO_CHECK(write_frame(making, "title", whole ? "certified_whole" : "certified_part", sheet.content));
  return sheet;
}

}  // namespace mado::issuer
