#include "tests/chain/played_register.hpp"

#include "registry/edge/tax_register.hpp"

namespace mado::chain_tests {

namespace {
// A head of another household than `resident`'s.
std::string head_of_another_household(Installation& installation) {
  const auto database = register_of(installation);
  std::string found;
  must(database->query(
      "SELECT number, body FROM resident WHERE in_force = 1 AND part_of <> (SELECT part_of FROM resident WHERE number "
      "= ? "
      "AND in_force = 1) AND part_of NOT IN (SELECT part_of FROM resident JOIN suppression ON resident.number = "
      "suppression.person) ORDER BY number",
      {installation.resident()}, [&](const store::Row& row) {
        const auto resident = must(wire::parse<v1::Resident>(row.blob(1), "resident"));
        if (found.empty() && resident.relation() == "世帯主") found = row.text(0);
      }));
  return found;
}
}  // namespace

PlayedRegister::PlayedRegister(Installation& installation) {
  installation.stop("registry");
  const auto neighbour = head_of_another_household(installation);
  registers_ = must(registry::Registers::open("test_opens_played_register"_point, installation.at("run/registry.db")));
  const registry::CardRow card{Bytes(20, 0x11), Bytes(8, 0x7f), Bytes(32, 0x22), neighbour};
  must(registers_->change("test_adds_card"_point, now(),
                          [&](registry::Registers::Change& change) { return change.put_card(card); }));
  neighbours_card_.set_issuer_key(string_of(card.issuer_key));
  neighbours_card_.set_serial(string_of(card.serial));
  neighbours_card_.set_public_key_digest(string_of(card.public_key_digest));

  const auto city = std::string(".city-") + city_code + ".office.example";
  const auto keys = installation.at("keys/office");
  server_ = must(wire::Server::start(
      installation.address(1),
      {keys / "authority.pem", keys / ("residents" + city + ".pem"), keys / ("residents" + city + ".key")},
      {{"issuer-1" + city, {"/madoguchi.v1.Register/ReadHousehold", "/madoguchi.v1.TaxLink/ReadYear"}}},
      {.largest_message = 1024 * 1024},
      std::map<std::string, wire::Handler>{
          {"/madoguchi.v1.Register/ReadHousehold",
           [this](const wire::Call&, ByteView request) { return read_household(request); }},
          {"/madoguchi.v1.TaxLink/ReadYear",
           [this](const wire::Call&, ByteView request) { return read_year(request); }}},
      metrics_));
}

void PlayedRegister::answers(Change change) {
  const std::lock_guard lock(mutex_);
  change_ = std::move(change);
}

void PlayedRegister::tax_pages(ChangeOfPage change) {
  const std::lock_guard lock(mutex_);
  change_of_page_ = std::move(change);
}

v1::HouseholdSnapshot PlayedRegister::neighbours(std::initializer_list<v1::RecordKind> records) {
  auto query = neighbours_card_;
  for (const auto record : records) query.add_records(record);
  return must(registers_->read_household(query, now()));
}

Outcome<Bytes> PlayedRegister::read_household(ByteView request) {
  MADO_TRY(query, wire::parse<v1::HouseholdQuery>(request, "household query"));
  MADO_TRY(snapshot, registers_->read_household(query, now()));
  const std::lock_guard lock(mutex_);
  change_(snapshot);
  return wire::serialise(snapshot);
}

Outcome<Bytes> PlayedRegister::read_year(ByteView request) {
  MADO_TRY(query, wire::parse<v1::TaxYearQuery>(request, "tax year query"));
  MADO_TRY(page, registry::TaxRegister(*registers_).read_year(query));
  const std::lock_guard lock(mutex_);
  change_of_page_(page);
  return wire::serialise(page);
}

}  // namespace mado::chain_tests
