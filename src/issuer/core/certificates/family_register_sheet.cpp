#include "issuer/core/certificates/family_register_sheet.hpp"

#include <algorithm>

namespace mado::issuer {

namespace {
using Rows = std::vector<paper::FilledRow>;
constexpr int most_persons = 64;
constexpr int most_entries = 64;
constexpr int most_items = 32;
constexpr int most_items_under = 16;

// Writes rows of a label and a text, one item on each.
class RegisterWriter {
 public:
  RegisterWriter(const Making& making, Rows& rows) : making_(making), rows_(rows) {}

  void row(std::string_view name, std::string_view label, std::string_view text, std::string_view subject = {}) {
    ValueWriter write(making_.form.row(name)->area, making_.tools.eras);
    if (!label.empty()) write.text("label", label);
    if (!text.empty()) write.text("text", text);
    auto values = write.written();
    if (values) rows_.push_back({std::string(name), std::string(subject), *std::move(values)});
  }
  // 【出生日】昭和４０年６月２１日
  static std::string indexed(std::string_view index, std::string_view text) {
    return "【" + std::string(index) + "】" + std::string(text);
  }
  // Index words are the form's to name; nothing is written for an empty text.
  void item(std::string_view name, std::string_view index_key, std::string_view text) {
    if (!text.empty()) row(name, {}, indexed(making_.form.text(index_key), text));
  }

  Outcome<void> entries(const google::protobuf::RepeatedPtrField<v1::RegisterEntry>& entries) {
    if (entries.size() > most_entries) return incomplete("entries: more than 64");
    for (const auto& entry : entries) {
      if (entry.label().empty() || entry.items_size() < 1 || entry.items_size() > most_items)
        return incomplete("entries: one without a label, without an item or with more than 32");
      for (int i = 0; i < entry.items_size(); ++i) {
        const auto& item = entry.items(i);
        const auto text = item.index().empty() ? item.text() : indexed(item.index(), item.text());
        i == 0 ? row("entry", spread(entry.label()), text) : row("item", {}, text);
        MADO_CHECK(under(item));
      }
    }
    return {};
  }

 private:
  // 従前の記録, indented.
  Outcome<void> under(const v1::RegisterItem& item) {
    if (item.under_size() > most_items_under) return incomplete("entries: more than 16 under one item");
    for (const auto& inner : item.under()) {
      if (inner.under_size() > 0) return incomplete("entries: items deeper than one level");
      row("under", {}, indexed(inner.index(), inner.text()));
    }
    return {};
  }
  // Two characters stand apart, as on the official sheet: 出　　生.
  static std::string spread(const std::string& label) {
    constexpr std::size_t two_characters = 6;  // of three bytes each
    if (label.size() != two_characters) return label;
    return label.substr(0, 3) + "　　" + label.substr(3);
  }

  const Making& making_;
  Rows& rows_;
};

Outcome<std::string> wide_date(const Making& making, const v1::WrittenDate& date) {
  MADO_TRY(text, recorded_date(date.day(), date.written(), making.tools.eras));
  if (text.empty()) return incomplete("born: is missing");
  return date.written().empty() ? full_width_digits(text) : text;
}

Outcome<void> write_person(const Making& making, const v1::RegisteredPerson& person, Rows& rows) {
  RegisterWriter write(making, rows);
  if (person.given_name().empty()) return incomplete("given_name: is missing");
  MADO_TRY(born, wide_date(making, person.born()));
  auto birth = RegisterWriter::indexed(making.form.text("index_born"), born);
  if (!person.spouse().empty())
    birth += "　　" + RegisterWriter::indexed(making.form.text("index_spouse"), person.spouse());

  write.row("person", {}, RegisterWriter::indexed(making.form.text("index_given_name"), person.given_name()),
            person.number());
  write.item("person_item", "index_kana", person.kana());
  write.row(person.removed() ? "removed_item" : "person_item", {}, birth);
  write.item("person_item", "index_father", person.father());
  write.item("person_item", "index_mother", person.mother());
  write.item("person_item", "index_relation", person.relation());
  write.item("person_item", "index_adoptive_father", person.adoptive_father());
  write.item("person_item", "index_adoptive_mother", person.adoptive_mother());
  write.item("person_item", "index_relation", person.adoptive_relation());
  wipe(birth);
  wipe(born);
  write.row("status", {}, {});
  return write.entries(person.entries());
}

Outcome<std::vector<std::size_t>> chosen_persons(const Making& making, const v1::FamilyRegister& record) {
  if (record.persons_size() < 1 || record.persons_size() > most_persons)
    return incomplete("persons: none, or more than 64");
  if (record.notice_pending()) return refuse(Reason::cannot_be_issued, "a notice is being recorded");
  if (record.closed()) return refuse(Reason::cannot_be_issued, "the register is closed");
  std::vector<std::string_view> numbers;
  for (const auto& person : record.persons()) numbers.push_back(person.number());
  MADO_TRY(places, chosen_places(making.order, numbers));
  const bool suppressed = std::ranges::any_of(
      places, [&](std::size_t place) { return record.persons(static_cast<int>(place)).suppressions_size() > 0; });
  if (suppressed) return refuse(Reason::cannot_be_issued, "a chosen person is suppressed");
  return places;
}
}  // namespace

paper::FormDemand family_register_demand() {
  paper::FormDemand demand;
  demand.page = page_demand({});
  demand.rows["domicile"] = {.shown = {"text"}};
  demand.rows["head"] = {.shown = {"text"}};
  for (const auto* heading : {"matters", "status"}) demand.rows[heading] = {};
  demand.rows["entry"] = {.shown = {"label", "text"}};
  for (const auto* item : {"item", "under", "person", "person_item", "removed_item"})
    demand.rows[item] = {.shown = {"text"}};
  demand.footer = footer_demand();
  demand.texts = {"title_whole",           "title_persons",        "certified_whole", "certified_persons",
                  "index_surname_kana",    "index_given_name",     "index_kana",      "index_born",
                  "index_spouse",          "index_father",         "index_mother",    "index_relation",
                  "index_adoptive_father", "index_adoptive_mother"};
  return demand;
}

Outcome<CertificateSheet> family_register_sheet(const Making& making, std::string_view title,
                                                std::string_view certification) {
  MADO_CHECK(check_options(making.order, {}));
  if (!making.records.snapshot.has_family_register())
    return refuse(Reason::not_registered_here, "no family register here");
  const auto& record = making.records.snapshot.family_register();
  MADO_TRY(places, chosen_persons(making, record));
  if (record.domicile().empty() || record.head().empty()) return incomplete("domicile or head: is missing");
  CertificateSheet sheet;
  RegisterWriter write(making, sheet.content.rows);
  write.row("domicile", {}, record.domicile());
  write.row("head", {}, record.head());
  write.item("item", "index_surname_kana", record.surname_kana());
  write.row("matters", {}, {});
  MADO_CHECK(write.entries(record.matters()));
  for (const auto place : places)
    MADO_CHECK(write_person(making, record.persons(static_cast<int>(place)), sheet.content.rows));
  MADO_CHECK(write_frame(making, title, certification, sheet.content));
  const auto& issued_on = sheet.content.footer.at("issued_on");
  sheet.content.footer.insert_or_assign("issued_on", paper::Value::of(full_width_digits(issued_on.text())));
  return sheet;
}

}  // namespace mado::issuer
