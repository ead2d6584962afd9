#include "issuer/edge/tax_place.hpp"

namespace mado::issuer {

namespace {
AskTaxRegister over(wire::Channel& channel) {
  return [&channel](const v1::TaxYearQuery& query) -> Outcome<v1::TaxYearPage> {
    const Sensitive<Bytes> question{wire::serialise(query)};
    auto called = channel.call("/madoguchi.v1.TaxLink/ReadYear", question.reveal());
    if (!called) return refuse(Reason::register_unavailable, called.error().cause);
    const Sensitive<Bytes> answer{std::move(*called)};
    return wire::parse<v1::TaxYearPage>(answer.reveal(), "page of the tax link");
  };
}
}  // namespace

Outcome<TaxPlace> begin_tax(const TaxSettings& settings, const TaxSurroundings& surroundings,
                            std::unique_ptr<wire::Channel> channel, operation::Metrics& metrics) {
  TaxPlace place;
  // Who issues does not wait for the link's writing: each has a connection of its own.
  MADO_TRY(asked, open_tax_store(settings, surroundings.city, surroundings.crypto));
  MADO_TRY(linked, open_tax_store(settings, surroundings.city, surroundings.crypto));
  place.records = std::make_unique<StoredTaxRecords>(std::move(asked), settings.issuing, surroundings.clock);
  place.channel = std::move(channel);
  place.link = std::make_unique<TaxLink>(settings.link, std::move(linked), over(*place.channel), metrics);
  return place;
}

}  // namespace mado::issuer
