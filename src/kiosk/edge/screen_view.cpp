#include "kiosk/edge/screen_view.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "application/option_needs.hpp"
#include "application/prefecture.hpp"
#include "kiosk/edge/option_names.hpp"
#include "kiosk/edge/registration_view.hpp"

namespace mado::kiosk {

namespace json = boost::json;

namespace {
constexpr std::size_t largest_message = 1024;

bool is_letter_of_action(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

bool japanese(const Session& session) { return session.language() == "ja"; }

std::string title_of(const v1::MenuKind& kind, bool ja) { return ja ? kind.title_ja() : kind.title_en(); }

json::object place_view(const Session& session) {
  std::map<std::string, json::array> prefectures;
  std::map<std::string, std::string> in_english;
  std::vector<std::string> order;
  for (const auto& city : session.roster().content().cities()) {
    if (!prefectures.contains(city.prefecture())) order.push_back(city.prefecture());
    in_english[city.prefecture()] = application::prefecture_in_english(city.city());
    prefectures[city.prefecture()].push_back(
        json::object{{"code", city.city()},
                     {"name", city.name()},
                     {"name_en", city.name_en().empty() ? city.name() : city.name_en()}});
  }
  json::array list;
  for (const auto& name : order)
    list.push_back(json::object{{"name", name}, {"name_en", in_english[name]}, {"cities", prefectures[name]}});
  return {{"prefectures", list}};
}

json::object kind_view(const Session& session) {
  json::array kinds;
  for (const auto& kind : session.chain().menu().kinds()) {
    const auto reason = reason_of(kind.unavailable());
    kinds.push_back(
        json::object{{"kind", static_cast<int>(kind.kind())},
                     {"title", title_of(kind, japanese(session))},
                     {"fee", kind.fee()},
                     {"available", kind.unavailable().empty()},
                     {"code", kind.unavailable()},
                     {"why", reason ? json::value(sentence_of(*reason, session.language())) : json::value("")}});
  }
  const auto& telephone = session.chain().menu().telephone();
  return {{"kinds", kinds}, {"telephone", telephone.empty() ? session.telephone() : telephone}};
}

json::object persons_view(const Session& session) {
  json::array scopes;
  if (const auto* kind = session.chosen_kind()) {
    for (const auto scope : kind->scopes()) scopes.push_back(scope);
  }
  json::array persons;
  int index = -1;
  for (const auto& person : session.chain().menu().persons()) {
    ++index;
    if (!session.concerns(person)) continue;
    persons.push_back(
        json::object{{"index", index},
                     {"name", person.name()},
                     {"relation", person.relation()},
                     {"holder", person.holder()},
                     {"chosen", static_cast<bool>(session.chosen_persons().at(static_cast<std::size_t>(index)))}});
  }
  const auto* kind = session.chosen_kind();
  return {{"group", kind ? static_cast<int>(kind->group()) : 0},
          {"scopes", scopes},
          {"scope", static_cast<int>(session.choices().scope)},
          {"persons", persons}};
}

json::object items_view(const Session& session) {
  json::array options;
  if (const auto* kind = session.chosen_kind()) {
    const auto& all = session.choices().options;
    for (const auto each : kind->options()) {
      const auto option = static_cast<v1::Option>(each);
      if (!application::suits(kind->kind(), option)) continue;
      const bool available = application::may_choose(kind->kind(), option, all);
      options.push_back(json::object{
          {"option", each},
          {"name", option_name(option, session.language())},
          {"chosen", std::ranges::find(all, option) != all.end()},
          {"available", available},
          {"beside", available ? "" : option_name(application::needed_beside(option), session.language())}});
    }
  }
  return {{"options", options}};
}

json::object copies_view(const Session& session) {
  const auto* kind = session.chosen_kind();
  return {{"copies", session.choices().copies},
          {"most", session.chain().menu().most_copies()},
          {"fee_each", kind ? kind->fee() : 0}};
}

json::object summary_view(const Session& session) {
  json::array persons;
  for (const auto index : session.choices().persons)
    persons.push_back(json::string(session.chain().menu().persons(static_cast<int>(index)).name()));
  json::array options;
  for (const auto option : session.choices().options)
    options.push_back(json::string(option_name(option, session.language())));
  const auto* kind = session.chosen_kind();
  return {{"title", kind ? title_of(*kind, japanese(session)) : ""},
          {"persons", persons},
          {"options", options},
          {"copies", session.choices().copies},
          {"fee", session.fee()}};
}

json::object take_view(const Session& session) {
  const auto city = session.roster().city(session.chain().city());
  const auto* kind = session.chosen_kind();
  const auto at = in_japan(session.paid_at());
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  json::object receipt{{"city", city ? (*city)->prefecture() + (*city)->name() : ""},
                       {"title", kind ? title_of(*kind, japanese(session)) : ""},
                       {"copies", session.choices().copies},
                       {"fee", session.fee()},
                       {"paid", session.fee() + session.change()},
                       {"change", session.change()},
                       {"at", iso_text(at.day) + " " + two(at.hour) + ":" + two(at.minute)},
                       {"kiosk", session.chain().application().kiosk()},
                       {"number", session.chain().issuance().hex().substr(0, 12)}};
  return {{"change", session.change()},
          {"receipt", receipt},
          {"again", session.may_apply_again()},
          {"waiting_for_long", session.waits_long()}};
}

json::object refused_view(const Session& session) {
  const auto reason = session.refusal() ? session.refusal()->reason : Reason::internal;
  return {{"code", code_of(reason)},
          {"sentence", sentence_of(reason, session.language())},
          {"telephone", session.telephone()},
          {"returned", session.returned()},
          {"case", session.refusal_case()}};
}

json::object view_of_screen(const Session& session, bool simulated_coins) {
  switch (session.screen()) {
    case Screen::place:
      return place_view(session);
    case Screen::registration:
    case Screen::applicant:
    case Screen::head:
    case Screen::born:
    case Screen::telephone:
    case Screen::registration_summary:
    case Screen::accepted:
      return registration_view(session);
    case Screen::card_on:
      return {{"city", city_of(session)}};
    case Screen::pin:
      return {
          {"digits", session.pin_digits()}, {"tries_left", session.tries_left()}, {"wrong", session.pin_was_wrong()}};
    case Screen::card_off:
      return {{"waiting_for_long", session.waits_long()}};
    case Screen::working:
      return {{"step", session.working_step()}};
    case Screen::kind:
      return kind_view(session);
    case Screen::persons:
      return persons_view(session);
    case Screen::items:
      return items_view(session);
    case Screen::copies:
      return copies_view(session);
    case Screen::summary:
      return summary_view(session);
    case Screen::pay:
      return {{"due", session.fee()}, {"inserted", session.inserted()}, {"simulated", simulated_coins}};
    case Screen::printing:
      return {{"sheets", session.sheets()}, {"printed", session.sheets_printed()}};
    case Screen::take:
      return take_view(session);
    case Screen::refused:
      return refused_view(session);
    case Screen::service:
    case Screen::ended:
      return {};
  }
  return {};
}
}  // namespace

std::string screen_message(const Session& session, std::chrono::seconds seconds_left, bool simulated_coins) {
  const json::object message{{"screen", name_of(session.screen())},
                             {"language", session.language()},
                             {"languages", {"ja", "en"}},
                             {"session", session.chain().session().hex()},
                             {"service", static_cast<int>(session.service())},
                             {"seconds_left", seconds_left.count()},
                             {"can_go_back", session.can_go_back()},
                             {"view", view_of_screen(session, simulated_coins)}};
  return json::serialize(message);
}

std::string out_of_service_message(const Refusal& why, const std::string& telephone,
                                   const std::vector<std::string>& open_cases, const std::string& language) {
  json::array cases;
  for (const auto& open : open_cases) cases.push_back(json::string(open));
  const json::object view{{"sentence", sentence_of(why.reason, language)},
                          {"code", code_of(why.reason)},
                          {"telephone", telephone},
                          {"open_cases", cases}};
  return json::serialize(json::object{{"screen", "out_of_service"},
                                      {"language", language},
                                      {"languages", {"ja", "en"}},
                                      {"session", ""},
                                      {"service", 0},
                                      {"seconds_left", 0},
                                      {"can_go_back", false},
                                      {"view", view}});
}

std::optional<Pressed> parse_pressed(std::string_view text) {
  if (text.size() > largest_message) return std::nullopt;
  boost::system::error_code error;
  const auto value = json::parse(json::string_view(text.data(), text.size()), error, {}, {.max_depth = 2});
  if (error || !value.is_object()) return std::nullopt;
  Pressed pressed;
  std::size_t values = 0;
  for (const auto& [name, member] : value.get_object()) {
    if (name == "action" && member.is_string())
      pressed.action = std::string_view(member.get_string());
    else if (member.is_string() && ++values == 1)
      pressed.text = std::string_view(member.get_string());
    else if (member.is_int64() && ++values == 1)
      pressed.number = member.get_int64();
    else
      return std::nullopt;
  }
  if (pressed.action.empty() || !std::ranges::all_of(pressed.action, is_letter_of_action)) return std::nullopt;
  return pressed;
}

}  // namespace mado::kiosk
