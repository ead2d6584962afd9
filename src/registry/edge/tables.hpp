// The tables of the registers, for the files that read and change them.
#pragma once

#include <string>

#include "registry/core/card_holder.hpp"
#include "registry/edge/record_table.hpp"
#include "wire/message.hpp"

namespace mado::registry {

struct Tables {
  explicit Tables(store::Database& database)
      : resident(database, "resident"),
        household(database, "household"),
        seal(database, "seal"),
        family_register(database, "family_register"),
        supplement(database, "supplement"),
        tax_record(database, "tax_record"),
        addressee(database, "addressee"),
        domicile_application(database, "domicile_application") {}

  RecordTable resident;         // by 宛名番号, part of a household, known as 個人番号
  RecordTable household;        // by 世帯番号; without its members
  RecordTable seal;             // by 宛名番号, known as the digest of the names that it was registered for
  RecordTable family_register;  // by 戸籍番号
  RecordTable supplement;       // by 戸籍番号
  RecordTable tax_record;       // by 年度 and 宛名番号, part of 年度, known as 宛名番号
  RecordTable addressee;        // by 宛名番号, known as 個人番号
  RecordTable
      domicile_application;  // by 受付番号, part of those that wait or were decided, known as the card while it waits
};

std::string tax_number(std::uint32_t year, const std::string& resident);

// What a seal shows of a person: when it changes, the registration may no longer hold.
std::string digest_of_names(const v1::Resident& resident);

// A stored body as the message that it is. Refusal: storage_failed.
template <typename Message>
Outcome<Message> message_of(const StoredRecord& record) {
  auto message = wire::parse<Message>(record.body, "a record");
  if (!message) return refuse(Reason::storage_failed, "a record in the database is no message of this contract");
  return message;
}

}  // namespace mado::registry
