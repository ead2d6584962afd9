// What all kinds have alike: title, 発行番号, 認証文, day, authority; and the choice of options and persons.
#include <algorithm>
#include <set>

#include "issuer/core/certificates/kinds.hpp"

namespace mado::issuer {

paper::AreaDemand footer_demand() { return {.shown = {"certification", "issued_on", "authority"}}; }

paper::AreaDemand page_demand(std::initializer_list<std::string_view> shown,
                              std::initializer_list<std::string_view> fields) {
  paper::AreaDemand demand{.shown = {"title", "issuance_number", "page_number"}, .fields = fields};
  demand.shown.insert(demand.shown.end(), shown.begin(), shown.end());
  return demand;
}

Outcome<void> write_frame(const Making& making, std::string_view title, std::string_view certification,
                          paper::Content& content) {
  const auto& [tools, records, order, form] = making;
  const auto date = japanese_date(order.issued_on, tools.eras);
  if (!date) return invalid("the day of issue has no Japanese date");
  MADO_TRY(authority, authority_on(tools.authorities, order.issued_on));
  ValueWriter page(form.page, tools.eras);
  page.text("title", order.title.empty() ? std::string(form.text(title)) : order.title);
  page.text("issuance_number", order.issuance_number);
  MADO_TRY(page_values, page.written());
  content.page.merge(page_values);
  ValueWriter footer(form.footer, tools.eras);
  footer.text("certification", form.text(certification));
  footer.text("issued_on", *date);
  footer.text("authority", authority.prefecture + authority.title + "　" + authority.name);
  MADO_TRY(footer_values, footer.written());
  content.footer.merge(footer_values);
  return {};
}

Outcome<void> check_options(const CertificateOrder& order, std::initializer_list<v1::Option> known) {
  const bool all_known = std::ranges::all_of(
      order.options, [&](v1::Option option) { return std::ranges::find(known, option) != known.end(); });
  if (!all_known) return refuse(Reason::option_not_offered, "an option that this kind does not have");
  return {};
}

Outcome<void> check_one_person(const CertificateOrder& order) {
  if (order.scope != v1::SCOPE_SELF || order.persons.size() != 1) return invalid("this kind is of one person alone");
  return {};
}

Outcome<std::vector<std::size_t>> chosen_places(const CertificateOrder& order,
                                                const std::vector<std::string_view>& known) {
  const std::set<std::string_view> chosen(order.persons.begin(), order.persons.end());
  if (chosen.empty()) return invalid("nobody was chosen");
  if (chosen.size() != order.persons.size()) return invalid("a person was chosen twice");
  for (const auto number : chosen) {
    const auto count = std::ranges::count(known, number);
    if (count == 0) return refuse(Reason::person_not_in_household, "a chosen person is not in the record");
    if (count > 1) return incomplete("two persons of the record have the same number");
  }
  if (order.scope == v1::SCOPE_SELF && chosen.size() != 1)
    return invalid("the scope is one person, several were chosen");
  if (order.scope == v1::SCOPE_HOUSEHOLD && chosen.size() != known.size())
    return invalid("the scope is everybody, not all were chosen");
  if (order.scope < v1::SCOPE_SELF || order.scope > v1::SCOPE_HOUSEHOLD) return invalid("the scope is unknown");
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (chosen.contains(known[i])) places.push_back(i);
  }
  return places;
}

}  // namespace mado::issuer
