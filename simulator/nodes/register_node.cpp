#include "simulator/nodes/register_node.hpp"

namespace mado::simulator {

namespace {
constexpr milliseconds least_reading{1};
constexpr milliseconds most_reading{20};
constexpr milliseconds most_until_changed{90'000};
constexpr milliseconds most_until_corrected{600'000};
}  // namespace

RegisterNode::RegisterNode(Surroundings& around, const std::string& city)
    : Process(around, name_of(city)),
      city_(city),
      content_(around.population.first_rows(city)),
      rows_(content_, Disk{&around.faults}) {
  around.network.keep_inside(name());
}

void RegisterNode::started() {
  around_.network.attach(name(), [this](const std::string&, Bytes request, Reply reply) {
    may_crash(Fault::crash_register);
    around_.scheduler.after(random_.between(least_reading, most_reading), life(),
                            [this, request = std::move(request), reply = std::move(reply)] { serve(request, reply); });
  });
}

void RegisterNode::serve(ByteView request, const Reply& reply) {
  if (around_.faults.happens(Fault::register_down))
    return reply(refuse(Reason::register_unavailable, "the register cannot be read"));
  const auto query = wire::parse<v1::HouseholdQuery>(request, "HouseholdQuery");
  if (!query) return reply(std::unexpected(query.error()));
  const auto snapshot = rows_.read_household(*query, around_.scheduler.now());
  if (!snapshot) return reply(std::unexpected(snapshot.error()));
  reply(wire::serialise(*snapshot));
  clerks_at_work(bytes_of(query->serial()));
}

void RegisterNode::clerks_at_work(const Bytes& serial) {
  auto* card = around_.population.card_of_serial(serial);
  if (card == nullptr || card->holder->city != city_) return;  // somebody asked the wrong city
  if (around_.faults.happens(Fault::suppress)) suppress_somebody(*card);
  if (around_.faults.happens(Fault::move_out)) somebody_moves_out(*card);
  if (around_.faults.happens(Fault::second_holder)) hand_to_another(*card);
}

template <typename Work>
void RegisterNode::later(milliseconds most, Work work) {
  around_.scheduler.after(random_.between(milliseconds{0}, most), clerks_, std::move(work));
}

void RegisterNode::suppress_somebody(const Card& card) {
  const auto members = around_.population.household_of(*card.holder);
  auto* resident = members[random_.below(members.size())];
  later(most_until_changed, [this, resident] {
    const auto done = rows_.change([&](RegisterStandIn::Change& change) {
      return change.suppress(resident->number, v1::RECORD_KIND_UNSPECIFIED, around_.population.cause());
    });
    if (done && !resident->suppressed) resident->suppressed = around_.scheduler.now();
  });
}

void RegisterNode::somebody_moves_out(const Card& card) {
  const auto members = around_.population.household_of(*card.holder);
  auto* resident = members[random_.below(members.size())];
  later(most_until_changed, [this, resident] {
    const auto done = rows_.change(
        [&](RegisterStandIn::Change& change) { return change.put_resident(resident->row(v1::RESIDENT_STATE_MOVED)); });
    if (done && !resident->moved_out) resident->moved_out = around_.scheduler.now();
  });
}

// A correction that is itself corrected: for a while two residents have the card.
void RegisterNode::hand_to_another(Card& card) {
  const auto* other = around_.population.neighbour_of(*card.holder, random_);
  if (other == nullptr || card.ambiguous) return;
  later(most_until_changed, [this, &card, other] {
    const auto done =
        rows_.change([&](RegisterStandIn::Change& change) { return change.put_card(card.row_of(*other)); });
    if (!done) return;
    card.ambiguous = around_.scheduler.now();
    later(most_until_corrected, [this, &card, other] {
      const auto corrected =
          rows_.change([&](RegisterStandIn::Change& change) { return change.withdraw_card(card.row_of(*other)); });
      // A refused write may be durable all the same: then the card is nobody's problem any more, or still is.
      (void)corrected;
      card.ambiguous.reset();
    });
  });
}

}  // namespace mado::simulator
