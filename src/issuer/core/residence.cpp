#include "issuer/core/residence.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "issuer/core/individual_number.hpp"
#include "issuer/core/member_order.hpp"
#include "issuer/core/relation.hpp"

namespace mado::issuer {

namespace {
using paper::Value;
using paper::Values;
using Members = std::vector<const v1::Resident*>;

constexpr std::size_t most_members = 64;
constexpr std::size_t most_number_bytes = 120;

constexpr std::array page_fields{"address", "head", "issuance_number", "page_number"};
constexpr std::array person_fields{"number",
                                   "kana",
                                   "name",
                                   "former_surname_kana",
                                   "former_surname",
                                   "individual_number",
                                   "born",
                                   "resident_code",
                                   "resident_since",
                                   "address_since",
                                   "notified",
                                   "sex",
                                   "relation",
                                   "register_head",
                                   "family_register",
                                   "previous_address"};
constexpr std::array footer_fields{"certification", "issued_on", "authority"};
constexpr std::string_view certified_household = "certified_household";
constexpr std::string_view certified_part = "certified_part";

std::unexpected<Refusal> incomplete(std::string cause) { return refuse(Reason::record_incomplete, std::move(cause)); }
std::unexpected<Refusal> invalid(std::string cause) { return refuse(Reason::application_invalid, std::move(cause)); }

bool is_current(const v1::Resident& resident) { return resident.state() == v1::RESIDENT_STATE_CURRENT; }

template <std::size_t count>
Outcome<void> check_fields(const paper::Area& area, const std::array<const char*, count>& drawn) {
  for (const auto* name : drawn) {
    if (area.field(name) == nullptr) {
      return refuse(Reason::configuration_invalid, std::string("the form lacks the field ") + name);
    }
  }
  for (const auto& field : area.fields) {
    if (std::ranges::find(drawn, field.name) == drawn.end()) {
      return refuse(Reason::configuration_invalid, "nothing is drawn into the form's field " + field.name);
    }
  }
  return {};
}

Outcome<Members> current_members(const v1::Household& household) {
  if (household.members_size() > static_cast<int>(most_members)) return incomplete("a household of more than 64");
  Members members;
  for (const auto& resident : household.members()) {
    if (is_current(resident)) members.push_back(&resident);
  }
  const auto is_head = [](const v1::Resident* resident) { return resident->relation() == "世帯主"; };
  const auto heads = std::ranges::count_if(members, is_head);
  if (heads == 0) return incomplete("the household has no head");
  if (heads > 1) return incomplete("the household has more than one head");
  if ((*std::ranges::find_if(members, is_head))->name() != household.head()) {
    return incomplete("the household's head and its member of that relation have different names");
  }
  return members;
}

Outcome<void> check_choice(const v1::Household& household, const ResidenceCopy& copy) {
  const std::set<std::string_view> chosen(copy.residents.begin(), copy.residents.end());
  if (chosen.empty()) return invalid("nobody was chosen");
  if (chosen.size() != copy.residents.size()) return invalid("a person was chosen twice");
  for (const auto number : chosen) {
    const auto found = std::ranges::count(household.members(), number, &v1::Resident::number);
    if (found == 0) return refuse(Reason::person_not_in_household, "a chosen person is not in the household");
    if (found > 1) return incomplete("two members have the same 宛名番号");
  }
  return {};
}

Outcome<Members> chosen_members(const v1::Household& household, const ResidenceCopy& copy) {
  MADO_CHECK(check_choice(household, copy));
  MADO_TRY(current, current_members(household));
  MADO_TRY(ordered, order_members(current));
  Members drawn;
  for (const auto* resident : ordered) {
    if (std::ranges::find(copy.residents, resident->number()) != copy.residents.end()) drawn.push_back(resident);
  }
  if (drawn.size() != copy.residents.size()) {
    return refuse(Reason::cannot_be_issued, "a chosen person is not a current resident");
  }
  if (std::ranges::any_of(drawn, [](const auto* resident) { return resident->suppressions_size() > 0; })) {
    return refuse(Reason::cannot_be_issued, "a chosen person is suppressed");
  }
  switch (copy.scope) {
    case v1::SCOPE_SELF:
      if (drawn.size() != 1) return invalid("the scope is one person, several were chosen");
      return drawn;
    case v1::SCOPE_MEMBERS:
      return drawn;
    case v1::SCOPE_HOUSEHOLD:
      if (drawn.size() != current.size()) return invalid("the scope is the household, not all of it was chosen");
      return drawn;
    default:
      return invalid("the scope is unknown");
  }
}

// Writes one person's values; remembers the first refusal, so that the items can be written down as a list.
class PersonWriter {
 public:
  PersonWriter(const v1::Resident& resident, const EraTable& eras) : resident_(resident), eras_(eras) {}

  void text(const char* field, std::string_view text) { values_.emplace(field, Value::of(text)); }
  void required(const char* field, std::string_view value) {
    if (value.empty()) fail(field, "is missing");
    text(field, value);
  }
  void date(const char* field, const v1::WrittenDate& date, bool must_exist) {
    auto printed = recorded_date(date.day(), date.written(), eras_);
    if (!printed) return fail(field, printed.error().cause);
    must_exist ? required(field, *printed) : text(field, *printed);
    wipe(*printed);
  }
  void optional(const char* field, bool wanted, std::string_view value) {
    if (wanted) return required(field, value);
    values_.emplace(field, Value::omitted());
  }
  void fail(const char* field, std::string_view why) {
    if (!refusal_) refusal_ = Refusal{Reason::record_incomplete, std::string(field) + ": " + std::string(why)};
  }

  Outcome<paper::FilledRow> written() {
    if (refusal_) return std::unexpected(*std::move(refusal_));
    return paper::FilledRow{"person", resident_.number(), std::move(values_)};
  }

 private:
  const v1::Resident& resident_;
  const EraTable& eras_;
  Values values_;
  std::optional<Refusal> refusal_;
};

std::string_view sex_text(v1::Sex sex) {
  if (sex == v1::SEX_MALE) return "男";
  if (sex == v1::SEX_FEMALE) return "女";
  return "";
}

Outcome<paper::FilledRow> person(const v1::Resident& resident, std::size_t place, const ResidenceOptions& options,
                                 const EraTable& eras) {
  PersonWriter write(resident, eras);
  write.text("number", std::to_string(place));
  write.text("kana", resident.kana());
  write.required("name", resident.name());
  write.text("former_surname_kana", resident.former_surname_kana());
  write.text("former_surname", resident.former_surname());
  write.date("born", resident.born(), true);
  write.text("sex", sex_text(resident.sex()));
  write.date("resident_since", resident.resident_since(), true);
  write.date("address_since", resident.address_since(), false);
  write.date("notified", resident.notified(), false);
  write.text("previous_address", resident.previous_address());
  write.optional("relation", options.head_and_relation, resident.relation());
  write.optional("family_register", options.family_register, resident.family_register());
  write.optional("register_head", options.family_register, resident.register_head());
  write.optional("individual_number", options.individual_number, resident.individual_number());
  write.optional("resident_code", false, {});  // 住民票コード is not offered at a kiosk
  if (options.individual_number && !is_individual_number(resident.individual_number())) {
    write.fail("individual_number", "its check digit is wrong");
  }
  return write.written();
}

Outcome<Values> page_values(const v1::Household& household, const ResidenceCopy& copy) {
  if (household.address().empty()) return incomplete("address: is missing");
  Values values;
  values.emplace("address", Value::of(household.address()));
  values.emplace("head", copy.options.head_and_relation ? Value::of(household.head()) : Value::omitted());
  values.emplace("issuance_number", Value::of("発行番号　" + copy.issuance_number));
  return values;
}

Outcome<Values> footer_values(const ResidenceTools& tools, const ResidenceCopy& copy) {
  const auto date = japanese_date(copy.issued_on, tools.eras);
  if (!date) return invalid("the day of issue has no Japanese date");
  const auto& [prefecture, title, name] = copy.authority;
  const auto key = copy.scope == v1::SCOPE_HOUSEHOLD ? certified_household : certified_part;
  const auto certification = tools.form.texts.find(key);
  if (certification == tools.form.texts.end()) {
    return refuse(Reason::configuration_invalid, "the form lacks the text " + std::string(key));
  }
  Values values;
  values.emplace("certification", Value::of(certification->second));
  values.emplace("issued_on", Value::of(*date));
  values.emplace("authority", Value::of(prefecture + title + "　" + name));
  return values;
}

Outcome<void> check_copy(const ResidenceCopy& copy) {
  if (copy.issuance_number.empty() || copy.issuance_number.size() > most_number_bytes) {
    return invalid("the issuance number is empty or too long");
  }
  const auto& [prefecture, title, name] = copy.authority;
  if (prefecture.empty() || title.empty() || name.empty()) return invalid("the authority is not complete");
  return {};
}
}  // namespace

Outcome<ResidenceOptions> residence_options(const std::vector<v1::Option>& options) {
  ResidenceOptions chosen;
  for (const auto option : options) {
    bool* item = option == v1::OPTION_HEAD_AND_RELATION   ? &chosen.head_and_relation
                 : option == v1::OPTION_FAMILY_REGISTER   ? &chosen.family_register
                 : option == v1::OPTION_INDIVIDUAL_NUMBER ? &chosen.individual_number
                                                          : nullptr;
    if (item == nullptr || *item) return refuse(Reason::option_not_offered, "an option is unknown or chosen twice");
    *item = true;
  }
  return chosen;
}

Outcome<void> check_residence_form(const paper::Form& form) {
  MADO_CHECK(check_fields(form.page, page_fields));
  const auto* row = form.row("person");
  if (row == nullptr) return refuse(Reason::configuration_invalid, "the form lacks the row person");
  MADO_CHECK(check_fields(row->area, person_fields));
  MADO_CHECK(check_fields(form.footer, footer_fields));
  for (const auto key : {certified_household, certified_part}) {
    if (!form.texts.contains(key)) {
      return refuse(Reason::configuration_invalid, "the form lacks the text " + std::string(key));
    }
  }
  return {};
}

Outcome<paper::Content> residence_content(const ResidenceTools& tools, const v1::Household& household,
                                          const ResidenceCopy& copy) {
  MADO_CHECK(check_copy(copy));
  MADO_TRY(members, chosen_members(household, copy));
  paper::Content content;
  MADO_TRY(page, page_values(household, copy));
  MADO_TRY(footer, footer_values(tools, copy));
  content.page = std::move(page);
  content.footer = std::move(footer);
  for (const auto* resident : members) {
    MADO_TRY(subject, person(*resident, content.rows.size() + 1, copy.options, tools.eras));
    content.rows.push_back(std::move(subject));
  }
  return content;
}

Outcome<ResidencePaper> compose_residence(const ResidenceTools& tools, const v1::Household& household,
                                          const ResidenceCopy& copy) {
  MADO_TRY(content, residence_content(tools, household, copy));
  MADO_TRY(composed, paper::compose(tools.form, tools.font, tools.seal, content));
  return ResidencePaper{std::move(composed.pages), std::move(composed.drawn)};
}

}  // namespace mado::issuer
