// 本籍地利用登録申請 at the kiosk, as a specification: what is typed before the card, what the city is sent, what it
// must answer, and that nothing of it stays.
#include <functional>

#include "tests/kiosk/a_session.hpp"

namespace mado::kiosk {
namespace {

struct ARegistration : ASession {
  void SetUp() override { now = Instant{1'800'000'060'000}; }

  void types(std::initializer_list<const char*> keys) {
    for (const auto* key : keys) press_text("kana", key);
  }
  void digits(std::string_view all) {
    for (const char digit : all) press_text("digit", std::string(1, digit));
  }
  void to_registration() { press("begin", v1::SERVICE_DOMICILE_REGISTRATION); }
  void to_registration_place() {
    to_registration();
    press("next");
  }
  void to_applicant() {
    to_registration_place();
    press_text("choose_city", SmallCity::code);
  }
  void to_head() {
    to_applicant();
    types({"マ", "ト"});
    press_text("mark_kana", "voiced");
    types({"　", "ハ", "ナ"});
    press("next");
  }
  void to_born() {
    to_head();
    types({"マ", "ト", "　", "タ"});
    press("next");
  }
  void to_telephone() {
    to_born();
    press("choose_era", 4);
    digits("020401");
    press("next");
  }
  void to_registration_summary() {
    to_telephone();
    digits("09012345678");
    press("next");
  }
  void to_registration_card_on() {
    to_registration_summary();
    press("agree");
    answer();
  }
  void to_registration_sent() {
    to_registration_card_on();
    happens(CardOnReader{true});
    happens(CardTries{3});
    enter_pin();
    happens(CardRead{city().card_certificate(), std::nullopt});
    happens(CardSigned{city().card_signature(to_sign)});
  }
  void to_accepted() {
    to_registration_sent();
    answer();
    happens(CardOnReader{false});
  }
};

TEST_F(ARegistration, GoesFromScreenToScreenAndShowsTheCitysNumber) {
  to_registration();
  EXPECT_EQ(name_of(session->screen()), "registration");
  press("next");
  EXPECT_EQ(name_of(session->screen()), "place");
  session = another_session();
  to_registration_summary();
  EXPECT_EQ(name_of(session->screen()), "registration_summary");
  EXPECT_TRUE(outside.empty()) << "nobody was asked anything before the citizen agreed";
  press("agree");
  EXPECT_EQ(session->working_step(), "challenge");
  answer();
  EXPECT_EQ(name_of(session->screen()), "card_on");
  happens(CardOnReader{true});
  happens(CardTries{3});
  enter_pin();
  happens(CardRead{city().card_certificate(), std::nullopt});
  happens(CardSigned{city().card_signature(to_sign)});
  EXPECT_EQ(session->working_step(), "register");
  answer();
  EXPECT_EQ(name_of(session->screen()), "card_off") << "the card still lies there";
  happens(CardOnReader{false});
  EXPECT_EQ(name_of(session->screen()), "accepted");
  EXPECT_EQ(session->acceptance().number, "2026-000123");
  EXPECT_EQ(session->acceptance().telephone, "03-1111-1111");
  press("finish");
  EXPECT_EQ(name_of(session->screen()), "ended");
  EXPECT_TRUE(session->erased());
  EXPECT_TRUE(session->acceptance().number.empty());
  EXPECT_TRUE(journal.empty()) << "no money, no paper";
}

TEST_F(ARegistration, TheCityIsSentWhatWasTypedUnderTheOpeningThatTheCardSigned) {
  to_accepted();
  EXPECT_EQ(city().opened_service(), v1::SERVICE_DOMICILE_REGISTRATION);
  const auto& sent = city().registered();
  EXPECT_EQ(sent.name(), "マド　ハナ");
  EXPECT_EQ(sent.head(), "マト　タ");
  EXPECT_EQ(sent.born(), "1990-04-01");
  EXPECT_EQ(sent.telephone(), "09012345678");
  EXPECT_EQ(sent.opening_digest().size(), 32U);
  EXPECT_EQ(sent.salt().size(), 32U);
}

TEST_F(ARegistration, GoingBackKeepsWhatWasTyped) {
  to_registration_summary();
  for (const auto* screen : {"telephone", "born", "head", "applicant", "place", "registration", "service"}) {
    press("back");
    EXPECT_EQ(name_of(session->screen()), screen);
  }
  to_applicant();
  EXPECT_EQ(session->registration().applicant.text(), "マド　ハナ");
  EXPECT_EQ(session->registration().telephone.text(), "09012345678");
}

TEST_F(ARegistration, GoesBackFromTheCardToWhatWasTyped) {
  to_registration_card_on();
  press("back");
  EXPECT_EQ(name_of(session->screen()), "registration_summary");
}

TEST_F(ARegistration, DoesNotGoOnWithoutANameADayOrANumber) {
  to_applicant();
  press("next");
  EXPECT_EQ(name_of(session->screen()), "applicant");
  types({"ア", "　"});
  press("next");
  EXPECT_EQ(name_of(session->screen()), "applicant") << "a space at the end";
  types({"イ"});
  press("next");
  press("next");
  EXPECT_EQ(name_of(session->screen()), "head");
  types({"ア"});
  press("next");
  digits("63023");
  press("next");
  EXPECT_EQ(name_of(session->screen()), "born");
  EXPECT_FALSE(session->born_was_wrong()) << "not all digits are there yet";
  digits("0");
  press("next");
  EXPECT_TRUE(session->born_was_wrong()) << "the thirtieth of February";
  press("erase_digit");
  EXPECT_FALSE(session->born_was_wrong());
  digits("1");
  press("erase_digit");
  press("erase_digit");
  digits("11");
  press("next");
  EXPECT_EQ(name_of(session->screen()), "telephone");
  digits("0312");
  press("next");
  EXPECT_EQ(name_of(session->screen()), "telephone");
}

TEST_F(ARegistration, IgnoresKeysOfOtherScreens) {
  to_applicant();
  press_text("digit", "1");
  press("agree");
  press("choose_kind", v1::KIND_RESIDENCE_CERTIFICATE);
  press_text("mark_kana", "loud");
  EXPECT_EQ(name_of(session->screen()), "applicant");
  EXPECT_TRUE(session->registration().applicant.text().empty());
  session = another_session();
  press("begin", 9);
  press("begin", -1);
  EXPECT_EQ(name_of(session->screen()), "service") << "no such service";
}

// --- what a city's answer must be

TEST_F(ARegistration, AnAcceptanceOfAnotherApplicationIsRefused) {
  to_registration_sent();
  city().change_acceptance([](auto& acceptance) { acceptance.set_request_digest(std::string(32, 'x')); });
  answer();
  ends_refused_with(Reason::certificate_not_ours);
}

TEST_F(ARegistration, AStatementOfAnotherTypeIsRefused) {
  to_registration_sent();
  city().accept_as(trust::StatementType::release);
  answer();
  EXPECT_EQ(name_of(session->screen()), "refused");
  EXPECT_TRUE(session->acceptance().number.empty());
}

TEST_F(ARegistration, AnAcceptanceOutsideItsBoundsIsRefused) {
  const std::vector<std::function<void(v1::DomicileAcceptance&)>> changes{
      [](auto& acceptance) { acceptance.clear_number(); },
      [](auto& acceptance) { acceptance.set_number(std::string(21, '1')); },
      [](auto& acceptance) { acceptance.set_number("1\n2"); },
      [](auto& acceptance) { acceptance.set_telephone(std::string(21, '0')); }};
  for (const auto& change : changes) {
    session = another_session();
    to_registration_sent();
    city().change_acceptance(change);
    answer();
    ends_refused_with(Reason::message_malformed);
  }
}

TEST_F(ARegistration, TheCitysRefusalIsShown) {
  to_registration_sent();
  city().refuse_next(Reason::domicile_registered_already);
  answer();
  ends_refused_with(Reason::domicile_registered_already);
  EXPECT_FALSE(session->telephone().empty());
}

// --- ends

TEST_F(ARegistration, CancelledItEndsErased) {
  const std::vector<std::function<void()>> ways{[&] { to_registration(); },
                                                [&] { to_applicant(); },
                                                [&] { to_born(); },
                                                [&] { to_registration_summary(); },
                                                [&] { to_registration_card_on(); },
                                                [&] { to_registration_sent(); }};
  for (const auto& way : ways) {
    session = another_session();
    way();
    press("cancel");
    EXPECT_EQ(name_of(session->screen()), "ended");
    EXPECT_TRUE(session->erased());
    EXPECT_TRUE(session->registration().applicant.text().empty());
  }
}

TEST_F(ARegistration, IdleScreensTimeOut) {
  const std::vector<std::function<void()>> ways{[&] { to_registration(); }, [&] { to_applicant(); },
                                                [&] { to_head(); },         [&] { to_born(); },
                                                [&] { to_telephone(); },    [&] { to_registration_summary(); }};
  for (const auto& way : ways) {
    session = another_session();
    way();
    EXPECT_EQ(session->time_for_screen(), std::chrono::seconds{60});
    happens(TimeIsUp{});
    ends_refused_with(Reason::timed_out);
  }
}

TEST_F(ARegistration, ANumberThatNobodyPutsAwayIsErased) {
  to_accepted();
  press("cancel");
  EXPECT_EQ(name_of(session->screen()), "accepted") << "what the city has accepted cannot be cancelled here";
  happens(TimeIsUp{});
  EXPECT_EQ(name_of(session->screen()), "ended");
  EXPECT_TRUE(session->acceptance().number.empty());
}

}  // namespace
}  // namespace mado::kiosk
