// 印鑑登録証明書: the registered seal 1:1, with name, birth and address from the resident's record. Source:
// 印鑑登録証明 事務処理要領 (1974-02-01); mission.md (千葉): 印影, 氏名, 生年月日, 住所.
#include <algorithm>

#include "issuer/core/certificates/kinds.hpp"

namespace mado::issuer {

namespace {
constexpr std::string_view impression_image = "impression";
constexpr int least_pixels = 189;  // more than 8 mm at 600 dpi

Outcome<const v1::Resident*> holder_of(const Making& making) {
  const auto& members = making.records.snapshot.household().members();
  MADO_CHECK(check_one_person(making.order));
  const auto found = std::ranges::find(members, making.order.persons.front(), &v1::Resident::number);
  if (found == members.end() || making.order.persons.front() != making.records.snapshot.holder())
    return refuse(Reason::person_not_in_household, "a seal's certificate is the holder's own");
  if (found->state() != v1::RESIDENT_STATE_CURRENT || found->suppressions_size() > 0)
    return refuse(Reason::cannot_be_issued, "the holder is not a current resident, or suppressed");
  return &*found;
}

Outcome<paper::Seal> impression_of(const v1::SealRegistration& registration, const v1::Resident& holder) {
  if (registration.resident() != holder.number()) return incomplete("the seal is registered for somebody else");
  if (registration.state() != v1::SEAL_STATE_REGISTERED)
    return refuse(Reason::not_registered_here, "no seal is registered");
  if (registration.name_changed())
    return refuse(Reason::cannot_be_issued, "a name has changed since the seal was registered");
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(registration.image().data());
  auto seal = paper::Seal::parse({bytes, registration.image().size()});
  if (!seal) return incomplete("impression: " + seal.error().cause);
  const auto bitmap = seal->bitmap();
  if (bitmap.width < least_pixels || bitmap.height < least_pixels) return incomplete("impression: is 8 mm or less");
  return seal;
}

void write_birth(const v1::Resident& holder, ValueWriter& write) {
  if (!holder.has_foreign()) return write.required_date("born", holder.born());
  if (holder.born().day().empty() && holder.born().written().empty()) write.fail("born", "is missing");
  write.western_date("born", holder.born());
}
}  // namespace

paper::FormDemand seal_demand() {
  paper::FormDemand demand;
  demand.page = page_demand({"name", "born", "address"}, {"name_beside"});
  demand.page.possible = {"sex"};  // dropped in many cities
  demand.page.images = {impression_image};
  demand.footer = footer_demand();
  demand.texts = {"title", "certified", "former_surname", "alias", "kana_name"};
  return demand;
}

Outcome<CertificateSheet> seal_certificate(const Making& making) {
  MADO_CHECK(check_options(making.order, {}));
  MADO_TRY(holder, holder_of(making));
  if (!making.records.snapshot.has_seal()) return refuse(Reason::not_registered_here, "no seal is registered");
  const auto& registration = making.records.snapshot.seal();
  CertificateSheet sheet;
  MADO_TRY(impression, impression_of(registration, *holder));
  sheet.impression = std::move(impression);
  sheet.content.images.emplace(impression_image, sheet.impression->bitmap());
  sheet.content.subject = registration.resident();

  const auto& form = making.form;
  ValueWriter write(form.page, making.tools.eras);
  write.required_name("name", *holder);
  write_birth(*holder, write);
  write.required("address", making.records.snapshot.household().address());
  write.text("sex", sex_text(holder->sex()));
  // Another name that the seal may show stands beside the name (併記).
  const std::pair<std::string_view, std::string_view> beside[] = {{"former_surname", holder->former_surname()},
                                                                  {"alias", holder->foreign().alias()},
                                                                  {"kana_name", registration.kana_name()}};
  std::string names;
  for (const auto& [key, other] : beside) {
    if (other.empty()) continue;
    names.append(names.empty() ? "" : "　").append(form.text(key)).append(other);
  }
  write.text("name_beside", names);
  wipe(names);
  MADO_TRY(values, write.written());
  sheet.content.page.merge(values);
  MADO_CHECK(write_frame(making, "title", "certified", sheet.content));
  return sheet;
}

}  // namespace mado::issuer
