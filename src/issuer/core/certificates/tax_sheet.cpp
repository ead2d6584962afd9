#include "issuer/core/certificates/tax_sheet.hpp"

#include <algorithm>
#include <set>

#include "issuer/core/certificates/tax_items.hpp"

namespace mado::issuer {

namespace {
constexpr int most_items = 64;
// Incomes of somebody's dependant who declared nothing are not known (未申告の被扶養者).
constexpr std::string_view unknown_amount = "＊";

// 1,234,567
std::string amount_text(std::int64_t yen) {
  auto text = std::to_string(yen < 0 ? -yen : yen);
  for (auto at = static_cast<int>(text.size()) - 3; at > 0; at -= 3) text.insert(static_cast<std::size_t>(at), ",");
  return yen < 0 ? "△" + text : text;
}

// 令和8年度, 令和7年: by the day on which each begins to count, 賦課期日 and the year's end.
std::optional<std::string> year_text(Day day, std::string_view unit, const EraTable& eras) {
  auto date = japanese_date(day, eras);
  if (!date) return std::nullopt;
  const auto year = date->find("年");
  return date->substr(0, year) + std::string(unit);
}

bool form_shows(const paper::Area& page, TaxGroup group) {
  return std::ranges::any_of(fields_of(group), [&](auto field) { return page.field(field) != nullptr; });
}

// Writes a group's items. An amount that the form shows no place for, in a group that it does show, would silently be
// left out: refused.
class Items {
 public:
  Items(const Making& making, TaxGroup group, ValueWriter& write)
      : page_(making.form.page), group_(group), shown_(form_shows(page_, group)), write_(write) {}

  Outcome<void> add(const std::string& word, std::string_view text, bool means_something) {
    const auto field = field_of(group_, word);
    const auto known = fields_of(group_);
    if (std::ranges::find(known, field) == known.end()) return incomplete("tax: an item of an unknown word");
    if (!seen_.insert(field).second) return incomplete("tax: an item stands twice");
    if (shown_ && means_something && page_.field(field) == nullptr)
      return refuse(Reason::page_check_failed, "the form has no place for the item " + field);
    write_.text(field, text);
    return {};
  }

 private:
  const paper::Area& page_;
  TaxGroup group_;
  bool shown_;
  ValueWriter& write_;
  std::set<std::string> seen_;
};

Outcome<void> write_amounts(const Making& making, TaxGroup group,
                            const google::protobuf::RepeatedPtrField<v1::TaxAmount>& amounts, ValueWriter& write) {
  if (amounts.size() > most_items) return incomplete("tax: more than 64 items");
  Items items(making, group, write);
  for (const auto& amount : amounts) MADO_CHECK(items.add(amount.item(), amount_text(amount.yen()), amount.yen() != 0));
  return {};
}

Outcome<void> write_incomes(const Making& making, const v1::TaxRecord& record, ValueWriter& write) {
  if (record.standing() == v1::TAX_STANDING_DEPENDANT) {
    for (const auto field : fields_of(TaxGroup::income)) write.text(field, unknown_amount);
    write.text("total_income", unknown_amount);
    return {};
  }
  write.text("total_income", amount_text(record.total_income()));
  return write_amounts(making, TaxGroup::income, record.incomes(), write);
}

Outcome<void> write_persons(const Making& making, const v1::TaxRecord& record, ValueWriter& write) {
  Items items(making, TaxGroup::person, write);
  for (const auto& count : record.persons())
    MADO_CHECK(items.add(count.item(), std::to_string(count.count()), count.count() != 0));
  return {};
}

void write_head(const Making& making, const v1::TaxRecord& record, ValueWriter& write) {
  using std::chrono::year;
  const year fiscal{static_cast<int>(record.fiscal_year())};
  const auto& eras = making.tools.eras;
  const auto taxed = year_text(fiscal / 1 / 1, "年度", eras);
  const auto earned = year_text((fiscal - std::chrono::years{1}) / 12 / 31, "年", eras);
  if (!taxed || !earned) return write.fail("fiscal_year", "is no year of the calendar");
  write.text("fiscal_year", *taxed);
  write.text("income_year", *earned);
  write.required("name", record.name());
  write.required("address", record.address());
  write.date("born", record.born());
  write.text("current_address", making.records.snapshot.household().address());
}

paper::FormDemand demand_of(std::initializer_list<TaxGroup> groups) {
  paper::FormDemand demand;
  demand.page = page_demand({"fiscal_year", "income_year", "name", "address", "total_income"}, {"born"});
  demand.page.possible = {"current_address"};
  for (const auto group : groups) {
    const auto fields = fields_of(group);
    demand.page.possible.insert(demand.page.possible.end(), fields.begin(), fields.end());
  }
  demand.footer = footer_demand();
  return demand;
}
}  // namespace

paper::FormDemand income_demand() {
  auto demand = demand_of({TaxGroup::income, TaxGroup::deduction, TaxGroup::base, TaxGroup::tax, TaxGroup::person});
  demand.texts = {"title_income", "certified"};
  demand.page.possible.push_back("annual_tax");
  return demand;
}

paper::FormDemand taxation_demand() {
  auto demand = demand_of({TaxGroup::income, TaxGroup::deduction, TaxGroup::base, TaxGroup::tax, TaxGroup::person});
  demand.texts = {"title_taxation", "title_no_taxation", "title_income_and_taxation", "certified"};
  demand.page.shown.push_back("annual_tax");
  return demand;
}

Outcome<const v1::TaxRecord*> tax_record(const Making& making) {
  MADO_CHECK(check_options(making.order, {}));
  MADO_CHECK(check_one_person(making.order));
  const auto* record = making.records.tax;
  if (record == nullptr) return refuse(Reason::not_registered_here, "no tax record of this year");
  if (making.order.persons.front() != making.records.snapshot.holder() ||
      record->resident() != making.records.snapshot.holder())
    return refuse(Reason::person_not_in_household, "a tax certificate is the holder's own");
  if (record->standing() != v1::TAX_STANDING_ASSESSED && record->standing() != v1::TAX_STANDING_DEPENDANT)
    return incomplete("tax: nothing was declared");
  return record;
}

Outcome<CertificateSheet> tax_sheet(const Making& making, std::string_view title) {
  MADO_TRY(record, tax_record(making));
  CertificateSheet sheet;
  ValueWriter write(making.form.page, making.tools.eras);
  write_head(making, *record, write);
  MADO_CHECK(write_incomes(making, *record, write));
  MADO_CHECK(write_amounts(making, TaxGroup::deduction, record->deductions(), write));
  MADO_CHECK(write_amounts(making, TaxGroup::base, record->bases(), write));
  MADO_CHECK(write_amounts(making, TaxGroup::tax, record->taxes(), write));
  MADO_CHECK(write_persons(making, *record, write));
  write.text("annual_tax", amount_text(record->annual_tax()));
  MADO_TRY(values, write.written());
  sheet.content.page.merge(values);
  sheet.content.subject = record->resident();
  MADO_CHECK(write_frame(making, title, "certified", sheet.content));
  return sheet;
}

}  // namespace mado::issuer
