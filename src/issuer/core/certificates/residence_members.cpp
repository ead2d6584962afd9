// Who stands on the sheet.
#include <algorithm>

#include "issuer/core/certificates/residence_sheet.hpp"
#include "issuer/core/member_order.hpp"

namespace mado::issuer {

namespace {
using Members = std::vector<const v1::Resident*>;
constexpr int most_members = 64;

bool is_current(const v1::Resident& resident) { return resident.state() == v1::RESIDENT_STATE_CURRENT; }

Outcome<Members> current_members(const v1::Household& household) {
  Members members;
  for (const auto& resident : household.members()) {
    if (is_current(resident)) members.push_back(&resident);
  }
  const auto is_head = [](const v1::Resident* resident) { return resident->relation() == "世帯主"; };
  const auto heads = std::ranges::count_if(members, is_head);
  if (heads == 0) return incomplete("the household has no head");
  if (heads > 1) return incomplete("the household has more than one head");
  if ((*std::ranges::find_if(members, is_head))->name() != household.head())
    return incomplete("the household's head and its member of that relation have different names");
  return members;
}

// A number that stands for somebody who left or died, or for two.
Outcome<void> check_numbers(const v1::Household& household, const CertificateOrder& order) {
  for (const auto& number : order.persons) {
    const auto count = std::ranges::count(household.members(), number, &v1::Resident::number);
    if (count > 1) return incomplete("two members have the same 宛名番号");
    if (count == 1 && !is_current(*std::ranges::find(household.members(), number, &v1::Resident::number)))
      return refuse(Reason::cannot_be_issued, "a chosen person is not a current resident");
  }
  return {};
}
}  // namespace

Outcome<Members> chosen_members(const v1::Household& household, const CertificateOrder& order) {
  if (household.members_size() > most_members) return incomplete("a household of more than 64");
  MADO_CHECK(check_numbers(household, order));
  MADO_TRY(current, current_members(household));
  MADO_TRY(ordered, order_members(current));
  std::vector<std::string_view> numbers;
  for (const auto* resident : ordered) numbers.push_back(resident->number());
  MADO_TRY(places, chosen_places(order, numbers));
  Members drawn;
  for (const auto place : places) {
    if (ordered[place]->suppressions_size() > 0)
      return refuse(Reason::cannot_be_issued, "a chosen person is suppressed");
    drawn.push_back(ordered[place]);
  }
  return drawn;
}

}  // namespace mado::issuer
