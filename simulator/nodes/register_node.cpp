#include "simulator/nodes/register_node.hpp"

#include "simulator/city/records.hpp"

namespace mado::simulator {

namespace {
constexpr milliseconds least_reading{1};
constexpr milliseconds most_reading{20};
}  // namespace

RegisterNode::RegisterNode(Surroundings& around, const std::string& city, TaxContent& tax)
    : Process(around, name_of(city)),
      content_(first_registers(around.population, city)),
      rows_(content_, Disk{&around.faults}),
      clerks_(around, city, rows_, tax) {
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
  if (auto* card = around_.population.card_of_serial(bytes_of(query->serial()))) clerks_.hear_of(*card);
}

}  // namespace mado::simulator
