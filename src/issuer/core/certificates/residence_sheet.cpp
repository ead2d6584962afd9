#include "issuer/core/certificates/residence_sheet.hpp"

namespace mado::issuer {

namespace {
// 方書 may be left out of 記載事項証明書 (5.4).
Outcome<std::string> address_of(const Making& making, const std::vector<const v1::Resident*>& members) {
  std::string address = making.records.snapshot.household().address();
  if (address.empty()) return incomplete("address: is missing");
  if (!making.wants(v1::OPTION_WITHOUT_BUILDING)) return address;
  const auto& building = members.front()->building();
  if (building.empty()) return address;
  if (!address.ends_with(building)) return incomplete("building: the address does not end with it");
  address.resize(address.size() - building.size());
  while (address.ends_with("　")) address.resize(address.size() - std::string_view("　").size());
  if (address.empty()) return incomplete("address: is missing");
  return address;
}

Outcome<void> write_page(const Making& making, const std::vector<const v1::Resident*>& members,
                         paper::Content& content) {
  MADO_TRY(address, address_of(making, members));
  ValueWriter page(making.form.page, making.tools.eras);
  page.required("address", address);
  page.chosen_required("head", making.wants(v1::OPTION_HEAD_AND_RELATION), making.records.snapshot.household().head());
  MADO_TRY(values, page.written());
  content.page.merge(values);
  wipe(address);
  return {};
}

paper::FormDemand common_demand() {
  paper::FormDemand demand;
  demand.page = page_demand({"address", "head"});
  demand.rows["person"] = japanese_demand();
  demand.rows["foreign"] = foreign_demand();
  demand.footer = footer_demand();
  demand.texts = {"title", "title_items", "certified_household", "certified_part", "certified_items", leaving_text};
  demand_alias_records(demand);
  return demand;
}
}  // namespace

paper::FormDemand residence_demand() {
  auto demand = common_demand();
  for (const auto* person : {"person", "foreign"}) demand.rows[person].shown.push_back("number");
  return demand;
}

paper::FormDemand residence_each_demand() {
  auto demand = common_demand();
  for (const auto* person : {"person", "foreign"}) demand.rows[person].possible.push_back("number");
  demand_changes(demand);
  return demand;
}

Outcome<CertificateSheet> residence_sheet(const Making& making, const ResidenceTexts& texts) {
  const bool each = making.wants(v1::OPTION_SHEET_EACH);
  if (making.wants(v1::OPTION_CHANGES) && !each)
    return refuse(Reason::option_not_offered, "異動履歴 stands on 個人票 only");
  MADO_TRY(members, chosen_members(making.records.snapshot.household(), making.order));
  CertificateSheet sheet;
  auto& rows = sheet.content.rows;
  for (std::size_t i = 0; i < members.size(); ++i) {
    MADO_TRY(row, person_row(making, *members[i], i + 1));
    rows.push_back(std::move(row));
    if (making.wants(v1::OPTION_CHANGES)) MADO_CHECK(add_changes(making, *members[i], rows));
  }
  if (making.wants(v1::OPTION_ALIAS_RECORDS)) MADO_CHECK(add_alias_records(making, members, rows));
  MADO_CHECK(write_page(making, members, sheet.content));
  const bool household = making.order.scope == v1::SCOPE_HOUSEHOLD;
  MADO_CHECK(
      write_frame(making, texts.title, household ? texts.certified_household : texts.certified_part, sheet.content));
  return sheet;
}

}  // namespace mado::issuer
