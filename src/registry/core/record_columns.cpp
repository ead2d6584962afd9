#include "registry/core/record_columns.hpp"

#include <fmt/format.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "base/utf8.hpp"
#include "registry/core/check_digit.hpp"
#include "registry/core/relation.hpp"
#include "registry/core/written_date.hpp"

namespace mado::registry {

namespace {
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Sort = Column::Sort;

// A field deep inside a message, one step after the other.
using Path = std::vector<const FieldDescriptor*>;

Path path_of(const google::protobuf::Descriptor* at, std::string_view field) {
  Path path;
  while (at != nullptr) {
    const auto dot = std::min(field.find('.'), field.size());
    path.push_back(at->FindFieldByName(std::string(field.substr(0, dot))));
    if (path.back() == nullptr) std::abort();
    if (dot == field.size()) return path;
    at = path.back()->message_type();
    field.remove_prefix(dot + 1);
  }
  std::abort();
}

// The message that holds the last step; nothing if it is absent.
const Message* holder_of(const Message& message, const Path& path) {
  const Message* at = &message;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    if (!at->GetReflection()->HasField(*at, path[i])) return nullptr;
    at = &at->GetReflection()->GetMessage(*at, path[i]);
  }
  return at;
}
Message& make_holder(Message& message, const Path& path) {
  Message* at = &message;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) at = at->GetReflection()->MutableMessage(at, path[i]);
  return *at;
}

template <typename Number>
bool parse_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

std::string why_no_text(const Column& column, std::string_view text) {
  if (text.empty()) return column.required ? "must not be empty" : "";
  if (text.size() > column.longest) return "is too long";
  if (!is_utf8(text)) return "is not UTF-8";
  for (auto rest = text; !rest.empty();) {
    if (is_control_character(*take_character(rest))) return "must be one line without control characters";
  }
  return column.check == nullptr ? "" : std::string(column.check(text));
}

// Each of these puts one column's fields into the message; the reason why not, or empty.
std::string put_number(const Column& column, const Path& path, const std::string& text, Message& message) {
  std::int64_t number = 0;
  if (text.empty()) return column.required ? "must not be empty" : "";
  if (!parse_number(text, number)) return "must be a whole number";
  if (number < column.least || number > column.most)
    return fmt::format("must be from {} to {}", column.least, column.most);
  auto& holder = make_holder(message, path);
  const auto* reflection = holder.GetReflection();
  if (path.back()->cpp_type() == FieldDescriptor::CPPTYPE_UINT32)
    reflection->SetUInt32(&holder, path.back(), static_cast<std::uint32_t>(number));
  else
    reflection->SetInt64(&holder, path.back(), number);
  return {};
}

std::string put_word(const Column& column, const Path& path, std::string_view text, Message& message) {
  const auto value = value_of(column.words, text);
  if (!value) return "must be " + list_of(column.words);
  if (*value == 0) return {};
  auto& holder = make_holder(message, path);
  holder.GetReflection()->SetEnumValue(&holder, path.back(), *value);
  return {};
}

std::string put_words(const Column& column, const Path& path, std::string_view text, Message& message) {
  int before = -1;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto value = value_of(column.words, text.substr(0, end));
    if (!value) return "holds an unknown word: each must be " + list_of(column.words);
    if (*value <= before) return "must name each word once, in their order";
    before = *value;
    auto& holder = make_holder(message, path);
    holder.GetReflection()->AddEnumValue(&holder, path.back(), *value);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return {};
}

std::string put_date(const Column& column, const Path& path, const std::string& day, const std::string& written,
                     Message& message, bool& in_second) {
  if (day.empty() && written.empty()) return column.required ? "a date is needed, as a day or written" : "";
  in_second = !day.empty() && why_no_date(day, {}).empty();
  if (const auto why = why_no_date(day, written); !why.empty()) {
    in_second |= day.empty();
    return std::string(why);
  }
  auto& holder = make_holder(message, path);
  auto& date = static_cast<v1::WrittenDate&>(*holder.GetReflection()->MutableMessage(&holder, path.back()));
  date.set_day(day);
  date.set_written(written);
  return {};
}

std::string put(const Column& column, const Path& path, const std::string& text, Message& message) {
  switch (column.sort) {
    case Sort::number:
    case Sort::amount:
      return put_number(column, path, text, message);
    case Sort::word:
      return put_word(column, path, text, message);
    case Sort::words:
      return put_words(column, path, text, message);
    case Sort::flag: {
      if (!text.empty() && text != "1") return "must be 1 or empty";
      if (text.empty()) return {};
      auto& holder = make_holder(message, path);
      holder.GetReflection()->SetBool(&holder, path.back(), true);
      return {};
    }
    default: {
      auto why = why_no_text(column, text);
      if (why.empty() && !text.empty()) {
        auto& holder = make_holder(message, path);
        holder.GetReflection()->SetString(&holder, path.back(), text);
      }
      return why;
    }
  }
}
}  // namespace

Column key(std::string name, std::size_t longest, Check check) {
  return {Sort::key, std::move(name), {}, longest, true, check};
}
Column text(std::string name, std::string field, std::size_t longest, Check check) {
  return {Sort::text, std::move(name), std::move(field), longest, false, check};
}
Column date(std::string name, std::string field) { return {Sort::date, std::move(name), std::move(field)}; }
Column word(std::string name, std::string field, Words words) {
  return {Sort::word, std::move(name), std::move(field), 0, false, nullptr, words};
}
Column words(std::string name, std::string field, Words words) {
  return {Sort::words, std::move(name), std::move(field), 0, false, nullptr, words};
}
Column number(std::string name, std::string field, std::int64_t least, std::int64_t most) {
  return {Sort::number, std::move(name), std::move(field), 0, false, nullptr, {}, least, most};
}
Column amount(std::string name, std::string field) {
  constexpr std::int64_t most_yen = 1'000'000'000'000;
  return {Sort::amount, std::move(name), std::move(field), 0, false, nullptr, {}, -most_yen, most_yen};
}
Column flag(std::string name, std::string field) { return {Sort::flag, std::move(name), std::move(field)}; }
Column required(Column column) {
  column.required = true;
  return column;
}

std::string_view why_no_individual_number(std::string_view text) {
  return text.empty() || is_individual_number(text) ? "" : "is no 個人番号: 12 digits with a check digit";
}
std::string_view why_no_resident_code(std::string_view text) {
  return text.empty() || is_resident_code(text) ? "" : "is no 住民票コード: 11 digits with a check digit";
}
std::string_view why_no_register_number(std::string_view text) {
  return text.empty() || is_register_number(text) ? "" : "is no 宛名番号 or 世帯番号: 15 digits with a check digit";
}
std::string_view why_no_relation(std::string_view text) {
  return text.empty() || is_relation(text) ? "" : "is no 続柄 of the closed set";
}
std::string_view why_no_plain_number(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  };
  return text.size() <= 20 && std::ranges::all_of(text, plain) ? "" : "must be 1 to 20 letters, digits and hyphens";
}

RecordColumns::RecordColumns(const Message& message, std::vector<Column> columns) : columns_(std::move(columns)) {
  for (const auto& column : columns_) {
    if (column.sort != Sort::key) (void)path_of(message.GetDescriptor(), column.field);
    header_.push_back(column.name);
    if (column.sort == Sort::date) header_.push_back(column.name + "_表記");
  }
}

std::expected<Keys, RecordColumns::Fault> RecordColumns::read(const std::vector<std::string>& fields,
                                                              Message& message) const {
  Keys keys;
  std::size_t at = 0;
  for (const auto& column : columns_) {
    std::string why;
    bool in_second = false;
    if (column.sort == Sort::key) {
      why = why_no_text(column, fields.at(at));
      keys.push_back(fields.at(at));
    } else {
      const auto path = path_of(message.GetDescriptor(), column.field);
      why = column.sort == Sort::date ? put_date(column, path, fields.at(at), fields.at(at + 1), message, in_second)
                                      : put(column, path, fields.at(at), message);
    }
    if (!why.empty()) return std::unexpected(Fault{at + (in_second ? 1 : 0), std::move(why)});
    at += column.sort == Sort::date ? 2 : 1;
  }
  return keys;
}

std::vector<std::string> RecordColumns::fields_of(const Column& column, const Message& message) const {
  const auto path = path_of(message.GetDescriptor(), column.field);
  const auto* holder = holder_of(message, path);
  const bool is_date = column.sort == Sort::date;
  if (holder == nullptr) return std::vector<std::string>(is_date ? 2 : 1);
  const auto* reflection = holder->GetReflection();
  const auto* field = path.back();
  switch (column.sort) {
    case Sort::date: {
      const auto& date = static_cast<const v1::WrittenDate&>(reflection->GetMessage(*holder, field));
      return {date.day(), date.written()};
    }
    case Sort::word: {
      const int value = reflection->GetEnumValue(*holder, field);
      const auto word = word_of(column.words, value);
      // A value without a word is written as what is read as none.
      return {word.empty() && value != 0 ? std::to_string(value) : std::string(word)};
    }
    case Sort::words: {
      std::string list;
      for (int i = 0; i < reflection->FieldSize(*holder, field); ++i) {
        const int value = reflection->GetRepeatedEnumValue(*holder, field, i);
        const auto word = word_of(column.words, value);
        list += (i == 0 ? "" : " ") + (word.empty() ? std::to_string(value) : std::string(word));
      }
      return {list};
    }
    case Sort::number:
    case Sort::amount: {
      const auto value = field->cpp_type() == FieldDescriptor::CPPTYPE_UINT32
                             ? std::int64_t{reflection->GetUInt32(*holder, field)}
                             : reflection->GetInt64(*holder, field);
      return {value == 0 && column.sort == Sort::number ? std::string{} : std::to_string(value)};
    }
    case Sort::flag:
      return {reflection->GetBool(*holder, field) ? "1" : ""};
    default:
      return {reflection->GetString(*holder, field)};
  }
}

std::string RecordColumns::write(const Keys& keys, const Message& message) const {
  std::string line;
  auto key = keys.begin();
  for (const auto& column : columns_) {
    const auto fields = column.sort == Sort::key ? std::vector<std::string>{*key++} : fields_of(column, message);
    for (const auto& field : fields)
      line += (line.empty() && &column == &columns_.front() ? "" : ",") + csv_field(field);
  }
  return line;
}

std::optional<RecordColumns::Fault> RecordColumns::check(const Message& message) const {
  std::size_t at = 0;
  const std::unique_ptr<Message> scratch(message.New());
  for (const auto& column : columns_) {
    if (column.sort != Sort::key) {
      const auto fields = fields_of(column, message);
      const auto path = path_of(message.GetDescriptor(), column.field);
      bool in_second = false;
      auto why = column.sort == Sort::date ? put_date(column, path, fields[0], fields[1], *scratch, in_second)
                                           : put(column, path, fields[0], *scratch);
      if (!why.empty()) return Fault{at + (in_second ? 1 : 0), std::move(why)};
    }
    at += column.sort == Sort::date ? 2 : 1;
  }
  return std::nullopt;
}

}  // namespace mado::registry
