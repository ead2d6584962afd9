// What a kind of database does for `Database`, which says what the calls mean. Nobody else includes this.
#pragma once

#include "store/database.hpp"

namespace mado::store {

// Why the last statement was refused.
enum class Failure { none, unique, unknown, other };

class Connection {
 public:
  virtual ~Connection() = default;

  // A statement in the transaction that was begun, or alone and committed if there is none.
  virtual Outcome<void> run(std::string_view sql, const std::vector<Value>& values, const EachRow& each) = 0;
  // As `run`, and refuses what is no query.
  virtual Outcome<void> query(std::string_view sql, const std::vector<Value>& values, const EachRow& each) = 0;
  virtual Outcome<void> write_alone(std::string_view sql, const std::vector<Value>& values) = 0;
  virtual Outcome<Shape> shape_of(std::string_view sql) = 0;

  virtual Outcome<void> begin_writing() = 0;
  virtual Outcome<void> begin_reading() = 0;
  virtual Outcome<void> commit() = 0;
  // Keeps the last failure.
  virtual void roll_back() = 0;

  virtual std::int64_t changes() const = 0;
  virtual std::int64_t instructions() const { return 0; }
  Failure failure() const { return failure_; }

 protected:
  Failure failure_ = Failure::none;
};

}  // namespace mado::store
