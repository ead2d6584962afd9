#include "registry/core/rows.hpp"

#include <algorithm>
#include <charconv>

#include "base/instant.hpp"
#include "registry/core/check_digit.hpp"
#include "registry/core/columns.hpp"
#include "registry/core/relation.hpp"

namespace mado::registry {

namespace {
constexpr std::size_t key_id_size = 20;
constexpr std::size_t longest_serial = 20;
constexpr std::size_t digest_size = 32;

// Takes the fields of a row in the order of the header, and remembers the first fault.
class Fields {
 public:
  Fields(const CsvReader& reader, const CsvRow& row, const std::vector<std::string>& header)
      : reader_(reader), row_(row), header_(header) {}

  const std::string& take() { return row_.fields.at(at_++); }
  void require(bool good, std::string_view why) {
    if (!good && !refusal_) refusal_ = reader_.fault(row_, at_ - 1, header_.at(at_ - 1), why).error();
  }
  template <typename T>
  Outcome<T> finish(T value) const {
    if (refusal_) return std::unexpected(*refusal_);
    return value;
  }

 private:
  const CsvReader& reader_;
  const CsvRow& row_;
  const std::vector<std::string>& header_;
  std::size_t at_ = 0;
  std::optional<Refusal> refusal_;
};

void read_order(Fields& fields, v1::Resident& resident) {
  const auto& text = fields.take();
  std::uint32_t order = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), order);
  fields.require(text.empty() || (error == std::errc{} && end == text.data() + text.size()),
                 "must be a number or empty");
  resident.set_order(order);
}

void read_texts(Fields& fields, v1::Resident& resident) {
  for (const auto& column : text_columns) {
    const auto& text = fields.take();
    fields.require(text.size() <= column.longest, "is too long");
    fields.require(text.find('\n') == std::string::npos, "must be one line");
    if (column.name == "name") fields.require(!text.empty(), "must not be empty");
    if (column.name == "relation") fields.require(is_relation(text), "is no 続柄 of the closed set");
    if (column.name == "individual_number") {
      fields.require(text.empty() || is_individual_number(text), "is no 個人番号: 12 digits with a check digit");
    }
    *(resident.*column.edit)() = text;
  }
}

void read_dates(Fields& fields, v1::Resident& resident) {
  for (const auto& column : date_columns) {
    auto& date = *(resident.*column.edit)();
    date.set_day(fields.take());
    fields.require(date.day().empty() || parse_day(date.day()), "must be a day as 1980-02-17, or empty");
    date.set_written(fields.take());
    fields.require(date.written().size() <= longest_written_date, "is too long");
    // 生年月日 may not be blank (1.1.6); a day that is not known is written in words.
    if (column.name == "born")
      fields.require(!date.day().empty() || !date.written().empty(), "a date of birth is needed, as a day or written");
  }
}

void read_suppressions(Fields& fields, v1::Resident& resident) {
  std::string_view words = fields.take();
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    const auto suppression = suppression_of(words.substr(0, end));
    fields.require(suppression.has_value(), "holds an unknown cause");
    if (suppression) resident.add_suppressions(*suppression);
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

Bytes take_hex(Fields& fields, std::size_t least, std::size_t most) {
  auto bytes = from_hex(fields.take());
  const bool good = bytes && bytes->size() >= least && bytes->size() <= most;
  fields.require(good, "must be hexadecimal of the right length");
  return good ? std::move(*bytes) : Bytes{};
}
}  // namespace

const std::vector<std::string>& resident_header() {
  static const std::vector<std::string> header = [] {
    std::vector<std::string> names{"household", "address", "number", "order", "state", "sex"};
    for (const auto& column : text_columns) names.emplace_back(column.name);
    for (const auto& column : date_columns) {
      names.emplace_back(column.name);
      names.push_back(std::string(column.name) + "_written");
    }
    names.emplace_back("suppressions");
    return names;
  }();
  return header;
}

const std::vector<std::string>& card_header() {
  static const std::vector<std::string> header{"issuer_key", "serial", "public_key_digest", "number"};
  return header;
}

Outcome<void> check_header(CsvReader& reader, const std::vector<std::string>& header) {
  MADO_TRY(row, reader.next());
  if (!row) return reader.fault({1, {}}, 0, header.front(), "the file is empty");
  for (std::size_t i = 0; i < std::max(header.size(), row->fields.size()); ++i) {
    if (i >= header.size()) return reader.fault(*row, i, "", "no such column");
    if (i >= row->fields.size() || row->fields[i] != header[i])
      return reader.fault(*row, i, header[i], "this column is missing here");
  }
  return {};
}

Outcome<ResidentRow> read_resident(const CsvReader& reader, const CsvRow& row) {
  Fields fields(reader, row, resident_header());
  ResidentRow read;
  read.line = row.line;
  read.household = fields.take();
  fields.require(is_register_number(read.household), "is no 世帯番号: 15 digits with a check digit");
  read.address = fields.take();
  fields.require(!read.address.empty() && read.address.size() <= longest_address, "must not be empty or too long");
  auto& resident = read.resident;
  resident.set_number(fields.take());
  fields.require(is_register_number(resident.number()), "is no 宛名番号: 15 digits with a check digit");
  read_order(fields, resident);
  const auto state = state_of(fields.take());
  fields.require(state.has_value(), "must be current, moved, dead or removed");
  resident.set_state(state.value_or(v1::RESIDENT_STATE_UNSPECIFIED));
  const auto sex = sex_of(fields.take());
  fields.require(sex.has_value(), "must be male, female or empty");
  resident.set_sex(sex.value_or(v1::SEX_UNSPECIFIED));
  read_texts(fields, resident);
  read_dates(fields, resident);
  read_suppressions(fields, resident);
  return fields.finish(std::move(read));
}

Outcome<CardRow> read_card(const CsvReader& reader, const CsvRow& row) {
  Fields fields(reader, row, card_header());
  CardRow card;
  card.issuer_key = take_hex(fields, key_id_size, key_id_size);
  card.serial = take_hex(fields, 1, longest_serial);
  fields.require(!card.serial.empty() && card.serial.front() != 0, "must have no leading zero");
  card.public_key_digest = take_hex(fields, digest_size, digest_size);
  card.resident = fields.take();
  fields.require(is_register_number(card.resident), "is no 宛名番号: 15 digits with a check digit");
  return fields.finish(std::move(card));
}

std::string write_resident(const ResidentRow& row) {
  const auto& resident = row.resident;
  std::string line = row.household;
  const auto add = [&](std::string_view value) { line += "," + csv_field(value); };
  add(row.address);
  add(resident.number());
  add(resident.order() == 0 ? std::string{} : std::to_string(resident.order()));
  add(word_of(resident.state()));
  add(word_of(resident.sex()));
  for (const auto& column : text_columns) add((resident.*column.get)());
  for (const auto& column : date_columns) {
    add((resident.*column.get)().day());
    add((resident.*column.get)().written());
  }
  std::string words;
  for (const auto suppression : resident.suppressions()) {
    words += (words.empty() ? "" : " ") + std::string(word_of(static_cast<v1::Suppression>(suppression)));
  }
  add(words);
  return line;
}

}  // namespace mado::registry
