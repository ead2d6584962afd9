#include "store/database.hpp"

#include "store/connection.hpp"

namespace mado::store {

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::~Database() = default;

Outcome<void> Database::write(CrashPoint point, std::string_view sql, const std::vector<Value>& values) {
  return between(point, [&] { return connection_->write_alone(sql, values); });
}

Outcome<void> Database::query(std::string_view sql, const std::vector<Value>& values, const EachRow& each) {
  return connection_->query(sql, values, each);
}

Outcome<Shape> Database::shape_of(std::string_view sql) { return connection_->shape_of(sql); }
bool Database::unique_violation() const { return connection_->failure() == Failure::unique; }
bool Database::outcome_unknown() const { return connection_->failure() == Failure::unknown; }
std::int64_t Database::changes() const { return connection_->changes(); }
std::int64_t Database::instructions() const { return connection_->instructions(); }

Outcome<void> Database::Writer::run(std::string_view sql, const std::vector<Value>& values) {
  return database_.connection_->run(sql, values, [](const Row&) {});
}

Outcome<void> Database::transaction(CrashPoint point, const std::function<Outcome<void>(Writer&)>& work) {
  MADO_CHECK(connection_->begin_writing());
  Writer writer(*this);
  auto done = work(writer);
  if (done) done = between(point, [&] { return connection_->commit(); });
  if (!done) connection_->roll_back();
  return done;
}

Outcome<void> Database::snapshot(const std::function<Outcome<void>()>& work) {
  MADO_CHECK(connection_->begin_reading());
  auto done = work();
  connection_->roll_back();
  return done;
}

}  // namespace mado::store
