#include "kiosk/edge/registration_view.hpp"

#include "application/prefecture.hpp"

namespace mado::kiosk {

namespace json = boost::json;

std::string city_of(const Session& session) {
  const auto city = session.roster().city(session.chain().city());
  if (!city) return "";
  if (session.language() == "ja" || (*city)->name_en().empty()) return (*city)->prefecture() + (*city)->name();
  return (*city)->name_en() + ", " + std::string(application::prefecture_in_english((*city)->city()));
}

namespace {
json::object kana_view(const TypedKana& kana) {
  return {{"text", kana.text()},
          {"characters", kana.characters()},
          {"most", TypedKana::most_characters},
          {"complete", kana.complete()}};
}

json::object born_view(const Session& session) {
  const auto& born = session.registration().born;
  json::array eras;
  for (std::size_t i = 0; i < born.eras().size(); ++i)
    eras.push_back(json::object{{"era", i + 1}, {"name", born.eras()[i].name}});
  eras.push_back(json::object{{"era", TypedDate::western}, {"name", "西暦"}});
  return {{"eras", eras},
          {"era", born.era()},
          {"year_digits", born.year_digits()},
          {"digits", born.digits()},
          {"complete", born.full()},
          {"wrong", session.born_was_wrong()}};
}

json::object telephone_view(const Session& session) {
  const auto& telephone = session.registration().telephone;
  return {{"digits", telephone.text()}, {"most", telephone.most()}, {"complete", is_telephone(telephone.text())}};
}

// The day as it was typed: nobody has to know it in another calendar.
std::string born_text(const TypedDate& born) {
  if (!born.full()) return "";
  const auto number = [&](std::size_t at, std::size_t size) {
    return std::to_string(std::stoi(born.digits().substr(at, size)));
  };
  const auto years = born.year_digits();
  const auto era = born.era() == TypedDate::western ? "" : born.eras().at(born.era() - 1).name;
  return era + number(0, years) + "年" + number(years, 2) + "月" + number(years + 2, 2) + "日";
}

json::object summary_view(const Session& session) {
  const auto& registration = session.registration();
  return {{"city", city_of(session)},
          {"applicant", registration.applicant.text()},
          {"head", registration.head.text()},
          {"born", born_text(registration.born)},
          {"telephone", registration.telephone.text()}};
}

json::object accepted_view(const Session& session) {
  const auto& acceptance = session.acceptance();
  return {{"city", city_of(session)},
          {"number", acceptance.number},
          {"telephone", acceptance.telephone.empty() ? session.telephone() : acceptance.telephone}};
}
}  // namespace

json::object registration_view(const Session& session) {
  switch (session.screen()) {
    case Screen::applicant:
      return kana_view(session.registration().applicant);
    case Screen::head:
      return kana_view(session.registration().head);
    case Screen::born:
      return born_view(session);
    case Screen::telephone:
      return telephone_view(session);
    case Screen::registration_summary:
      return summary_view(session);
    case Screen::accepted:
      return accepted_view(session);
    default:
      return {};
  }
}

}  // namespace mado::kiosk
