// madoguchi-registry: the city's resident register (住民記録). Serves households to the issuer on the office line.
#include "commands.hpp"
#include "madoguchi/v1/register.pb.h"
#include "operation/log.hpp"
#include "operation/program.hpp"
#include "registry/edge/resident_store.hpp"
#include "wire/line.hpp"
#include "wire/message.hpp"

namespace mado::registry {

namespace {
class RunningRegistry final : public operation::Running {
 public:
  RunningRegistry(std::unique_ptr<ResidentStore> store, operation::Metrics& metrics)
      : store_(std::move(store)), metrics_(metrics) {}

  Outcome<void> serve(const std::string& address, const wire::LineCredentials& credentials,
                      std::vector<wire::Admission> admissions, const wire::Limits& limits) {
    const std::map<std::string, wire::Handler> handlers{
        {"/madoguchi.v1.Register/ReadHousehold",
         [this](const wire::Call&, ByteView request) { return read_household(request); }}};
    MADO_TRY(server, wire::Server::start(address, credentials, std::move(admissions), limits, handlers, metrics_));
    server_ = std::move(server);
    return {};
  }

  std::string unhealthy() const override {
    const auto position = store_->feed_position();
    return position ? std::string{} : "the register cannot be read: " + position.error().cause;
  }

 private:
  Outcome<Bytes> read_household(ByteView request) {
    MADO_TRY(query, wire::parse<v1::HouseholdQuery>(request, "HouseholdQuery"));
    const auto snapshot = store_->read_household(query, operation::now());
    if (!snapshot) {
      // What the storage says may name a file, never a person; the issuer learns only that the register cannot be read.
      operation::log_error("household_unreadable", {{"cause", snapshot.error().cause}});
      if (snapshot.error().reason == Reason::storage_failed)
        return refuse(Reason::register_unavailable, "the register cannot be read");
      return std::unexpected(snapshot.error());
    }
    metrics_.count("madoguchi_registry_households_total", "Households asked for, by mapping of the card.",
                   {{"mapping", v1::CardMapping_Name(snapshot->mapping())}});
    return wire::serialise(*snapshot);
  }

  std::unique_ptr<ResidentStore> store_;
  operation::Metrics& metrics_;
  std::unique_ptr<wire::Server> server_;
};

Outcome<std::unique_ptr<operation::Running>> start(operation::Settings& settings,
                                                   operation::Surroundings surroundings) {
  const auto file = settings.path("register.database");
  const auto address = settings.text("line.listen");
  const auto credentials = wire::read_credentials(settings, "line");
  const auto admissions = wire::read_admissions(settings, "line.admit");
  const auto limits = wire::read_limits(settings, "line");
  MADO_CHECK(settings.finish());
  MADO_TRY(store, ResidentStore::open(file));
  auto running = std::make_unique<RunningRegistry>(std::move(store), surroundings.metrics);
  MADO_CHECK(running->serve(address, credentials, admissions, limits));
  return running;
}
}  // namespace

}  // namespace mado::registry

int main(int argc, char** argv) {
  using namespace mado;
  const operation::Program program{"madoguchi-registry", "The city's resident register (住民記録)", registry::start};
  const std::vector<operation::Command> commands{
      {"load", "Loads residents and cards", registry::run_load},
      {"synthesise", "Writes a synthetic city", registry::run_synthesise},
      {"add-card", "Records a resident's card", registry::run_add_card},
      {"suppress", "Stops certificates about a resident", registry::run_suppress},
      {"unsuppress", "Lifts a suppression", registry::run_unsuppress}};
  return operation::run_program(argc, argv, program, commands);
}
