#include "simulator/nodes/clerks.hpp"

#include "simulator/city/records.hpp"

namespace mado::simulator {

namespace {
constexpr milliseconds most_until_changed{90'000};
constexpr milliseconds most_until_corrected{600'000};
}  // namespace

Clerks::Clerks(Surroundings& around, std::string city, RegisterStandIn& registers, TaxContent& tax)
    : around_(around),
      city_(std::move(city)),
      registers_(registers),
      tax_(tax),
      random_(around.seed, "clerks of " + city_) {}

void Clerks::hear_of(Card& card) {
  auto& holder = *card.holder;
  auto& faults = around_.faults;
  if (holder.city() == city_) {
    if (faults.happens(Fault::suppress)) suppress(member(holder));
    if (faults.happens(Fault::move_out)) end_residence(member(holder));
    if (faults.happens(Fault::second_holder)) hand_to_another(card);
    if (faults.happens(Fault::move_within)) write_address_anew(*holder.household);
    if (faults.happens(Fault::change_seal)) change_seal(holder);
    if (faults.happens(Fault::change_tax)) change_tax(holder);
    if (faults.happens(Fault::tax_year)) change_tax_year();
  }
  auto* family = holder.family;
  if (family == nullptr || family->city != city_) return;
  if (faults.happens(Fault::notice)) handle_notice(*family);
  if (faults.happens(Fault::write_register)) write_anew(*family);
  if (faults.happens(Fault::keep_back)) keep_back(*family);
}

Resident& Clerks::member(const Resident& holder) {
  const auto members = around_.population.household_of(holder);
  return *members[random_.below(members.size())];
}

void Clerks::suppress(Resident& resident) {
  later(most_until_changed, [this, &resident] {
    const auto done = registers_.change([&](Change& change) {
      return change.suppress(resident.number, v1::RECORD_KIND_UNSPECIFIED, around_.population.cause());
    });
    if (done && !resident.suppressed) resident.suppressed = around_.scheduler.now();
  });
}

void Clerks::end_residence(Resident& resident) {
  later(most_until_changed, [this, &resident] {
    auto row = resident_row(resident);
    row.resident.set_state(v1::RESIDENT_STATE_MOVED);
    const auto done = registers_.change([&](Change& change) { return change.put_resident(row); });
    if (done && !resident.moved_out) resident.moved_out = around_.scheduler.now();
  });
}

// The household moves within the city (転居). Its number stays.
void Clerks::write_address_anew(Household& household) {
  later(most_until_changed, [this, &household] {
    ++household.edition;
    const auto done = registers_.change([&](Change& change) -> Outcome<void> {
      for (const auto* resident : around_.population.residents_of(city_))
        if (resident->household == &household) MADO_CHECK(change.put_resident(resident_row(*resident)));
      return {};
    });
    if (done) around_.book.replaced(address_of(household));
  });
}

// A correction that is itself corrected: for a while two residents have the card.
void Clerks::hand_to_another(Card& card) {
  const auto* other = around_.population.neighbour_of(*card.holder, random_);
  if (other == nullptr || card.ambiguous) return;
  later(most_until_changed, [this, &card, other] {
    const auto row = card_row(card, other->number);
    if (!registers_.change([&](Change& change) { return change.put_card(row); })) return;
    card.ambiguous = around_.scheduler.now();
    later(most_until_corrected, [this, &card, row] {
      const auto corrected = registers_.change([&](Change& change) { return change.withdraw_card(row); });
      // A refused write may be durable all the same: then the card is nobody's problem any more, or still is.
      (void)corrected;
      card.ambiguous.reset();
    });
  });
}

}  // namespace mado::simulator
