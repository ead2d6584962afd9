// madoguchi-registry: the city's registers (台帳). Answers the issuer on the office line, and takes in what other
// systems feed.
#include "commands.hpp"
#include "madoguchi/v1/register.pb.h"
#include "operation/log.hpp"
#include "operation/program.hpp"
#include "registry/edge/city_database.hpp"
#include "registry/edge/domicile_register.hpp"
#include "registry/edge/feed.hpp"
#include "registry/edge/settings.hpp"
#include "registry/edge/tax_register.hpp"
#include "wire/line.hpp"
#include "wire/message.hpp"

namespace mado::registry {

namespace {
// Answers the issuer from `source`. If that is the city's registers here, they are also fed, and link their tax
// records.
class RunningRegistry final : public operation::Running {
 public:
  RunningRegistry(std::unique_ptr<HouseholdSource> source, operation::Metrics& metrics)
      : source_(std::move(source)), metrics_(metrics) {}
  RunningRegistry(std::unique_ptr<Registers> registers, std::uint64_t most_open_applications,
                  operation::Metrics& metrics)
      : metrics_(metrics) {
    applications_.emplace(*registers, most_open_applications);
    feed_.emplace(*registers);
    tax_.emplace(*registers);
    source_ = std::move(registers);
  }

  Outcome<void> serve(const std::string& address, const wire::LineCredentials& credentials,
                      std::vector<wire::Admission> admissions, const wire::Limits& limits) {
    std::map<std::string, wire::Handler> handlers{
        {"/madoguchi.v1.Register/ReadHousehold",
         [this](const wire::Call&, ByteView request) { return read_household(request); }}};
    if (feed_) {
      handlers["/madoguchi.v1.Feed/Apply"] = [this](const wire::Call& call, ByteView request) {
        return apply(call, request);
      };
      handlers["/madoguchi.v1.Feed/Position"] = [this](const wire::Call& call, ByteView request) {
        return position(call, request);
      };
      handlers["/madoguchi.v1.TaxLink/ReadYear"] = [this](const wire::Call&, ByteView request) {
        return read_year(request);
      };
      handlers["/madoguchi.v1.Register/KeepDomicileApplication"] = [this](const wire::Call&, ByteView request) {
        return keep_application(request);
      };
    }
    MADO_TRY(server, wire::Server::start(address, credentials, std::move(admissions), limits, handlers, metrics_));
    server_ = std::move(server);
    return {};
  }

  std::string unhealthy() const override {
    const auto position = source_->feed_position();
    return position ? std::string{} : "the register cannot be read: " + position.error().cause;
  }

 private:
  // What the storage says may name a file, never a person; who asked learns only that the register cannot be read.
  static std::unexpected<Refusal> unreadable(const Refusal& refusal) {
    operation::log_error("register_unreadable", {{"cause", refusal.cause}});
    if (refusal.reason == Reason::storage_failed)
      return refuse(Reason::register_unavailable, "the register cannot be read");
    return std::unexpected(refusal);
  }

  Outcome<Bytes> read_household(ByteView request) {
    MADO_TRY(query, wire::parse<v1::HouseholdQuery>(request, "HouseholdQuery"));
    auto read = source_->read_household(query, operation::now());
    if (!read) return unreadable(read.error());
    const wire::SensitiveMessage<v1::HouseholdSnapshot> snapshot(std::move(*read));
    metrics_.count("madoguchi_registry_households_total", "Households asked for, by mapping of the card.",
                   {{"mapping", v1::CardMapping_Name(snapshot.reveal().mapping())}});
    return wire::serialise(snapshot.reveal());
  }

  Outcome<Bytes> apply(const wire::Call& call, ByteView request) {
    MADO_TRY(parsed, wire::parse<v1::FeedChange>(request, "FeedChange"));
    const wire::SensitiveMessage<v1::FeedChange> change(std::move(parsed));
    const auto acknowledged = feed_->apply(change.reveal(), call.peer, operation::now());
    metrics_.count("madoguchi_registry_feed_total", "Changes that sources sent, by outcome.",
                   {{"outcome", acknowledged ? "acknowledged" : std::string(code_of(acknowledged.error().reason))}});
    if (acknowledged) return wire::serialise(*acknowledged);
    operation::log_warning("feed_refused", {{"peer", call.peer}, {"cause", acknowledged.error().cause}});
    return std::unexpected(acknowledged.error());
  }

  Outcome<Bytes> position(const wire::Call& call, ByteView request) {
    MADO_TRY(query, wire::parse<v1::FeedPositionQuery>(request, "FeedPositionQuery"));
    MADO_TRY(position, feed_->position(query, call.peer));
    return wire::serialise(position);
  }

  Outcome<Bytes> read_year(ByteView request) {
    MADO_TRY(query, wire::parse<v1::TaxYearQuery>(request, "TaxYearQuery"));
    auto read = tax_->read_year(query);
    if (!read) return unreadable(read.error());
    const wire::SensitiveMessage<v1::TaxYearPage> page(std::move(*read));
    return wire::serialise(page.reveal());
  }

  Outcome<Bytes> keep_application(ByteView request) {
    MADO_TRY(parsed, wire::parse<v1::DomicileEntry>(request, "DomicileEntry"));
    const wire::SensitiveMessage<v1::DomicileEntry> entry(std::move(parsed));
    const auto kept = applications_->keep(entry.reveal(), operation::now());
    metrics_.count("madoguchi_registry_domicile_total", "Applications for 本籍地利用登録, by outcome.",
                   {{"outcome", kept ? "kept" : std::string(code_of(kept.error().reason))}});
    if (!kept && kept.error().reason == Reason::busy) return std::unexpected(kept.error());
    if (!kept) return unreadable(kept.error());
    v1::DomicileNumber number;
    number.set_number(*kept);
    return wire::serialise(number);
  }

  std::unique_ptr<HouseholdSource> source_;
  std::optional<DomicileRegister> applications_;
  std::optional<Feed> feed_;
  std::optional<TaxRegister> tax_;
  operation::Metrics& metrics_;
  std::unique_ptr<wire::Server> server_;
};

using Made = Outcome<std::unique_ptr<RunningRegistry>>;

Made over_city_database(const CityQueries& queries, operation::Metrics& metrics) {
  MADO_TRY(source, CityDatabase::open(queries));
  return std::make_unique<RunningRegistry>(std::unique_ptr<HouseholdSource>(std::move(source)), metrics);
}
Made over_registers(const RegisterSettings& where, operation::Metrics& metrics) {
  MADO_TRY(registers, open_registers(where));
  return std::make_unique<RunningRegistry>(std::move(registers), where.most_open_applications, metrics);
}

Outcome<std::unique_ptr<operation::Running>> start(operation::Settings& settings,
                                                   operation::Surroundings surroundings) {
  const bool from_city_database = settings.has("city_database.address");
  const auto queries = from_city_database ? read_city_queries(settings) : CityQueries{};
  const auto where = from_city_database ? RegisterSettings{} : read_register_settings(settings);
  const auto address = settings.text("line.listen");
  const auto credentials = wire::read_credentials(settings, "line");
  const auto admissions = wire::read_admissions(settings, "line.admit");
  const auto limits = wire::read_limits(settings, "line");
  MADO_CHECK(settings.finish());
  MADO_TRY(running, from_city_database ? over_city_database(queries, surroundings.metrics)
                                       : over_registers(where, surroundings.metrics));
  MADO_CHECK(running->serve(address, credentials, admissions, limits));
  return running;
}
}  // namespace

}  // namespace mado::registry

int main(int argc, char** argv) {
  using namespace mado;
  const operation::Program program{"madoguchi-registry", "The city's registers (台帳)", registry::start};
  const std::vector<operation::Command> commands{
      {"load", "Loads registers from files", registry::run_load},
      {"synthesise", "Writes a synthetic city", registry::run_synthesise},
      {"add-card", "Records a resident's card", registry::run_add_card},
      {"suppress", "Stops certificates about a resident", registry::run_suppress},
      {"unsuppress", "Lifts a suppression", registry::run_unsuppress},
      {"domicile", "Lists and decides applications for 本籍地利用登録", registry::run_domicile},
      {"feed", "Applies a source's changes from a file", registry::run_feed},
      {"reconcile", "Finds residents among the entries of 住登外", registry::run_reconcile},
      {"sweep-tax", "Deletes tax records that are past their time", registry::run_sweep_tax}};
  return operation::run_program(argc, argv, program, commands);
}
