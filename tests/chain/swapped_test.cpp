// The tampering table: what belongs to one session is given to another.
#include "tests/chain/tampering_row.hpp"

namespace mado::chain_tests {
namespace {

using trust::StatementType;

struct Swapped : TwoSessions {};

TEST_F(Swapped, YokohamaTransferCrossesTwoAnswers) {
  must(first.fetch_challenge());
  must(second.fetch_challenge());
  const auto first_menu = must(first.send("Open", must(first.open_with_card())));
  const auto second_menu = must(second.send("Open", must(second.open_with_card())));
  refused(first.client.accept_menu(second_menu, now()));
  refused(second.client.accept_menu(first_menu, now()));

  must(first.client.accept_menu(first_menu, now()));
  must(second.client.accept_menu(second_menu, now()));
  const auto first_pages = must(first.send("Apply", first.apply()));
  const auto second_pages = must(second.send("Apply", second.apply()));
  refused(first.client.accept_certificate(second_pages, now()));
  refused(second.client.accept_certificate(first_pages, now()));
}

TEST_F(Swapped, AnotherSessionsReleaseOpensNothing) {
  const auto first_certificate = first.fetch_certificate();
  const auto second_certificate = second.fetch_certificate();
  must(second.confirm(second_certificate));
  const auto release = must(first.send("Confirm", must(first.confirm(first_certificate))));
  refused(second.client.accept_release(release, now()));
}

// Even a mix-up inside the city, past every envelope: the pages of one session in the answer to another.
TEST_F(Swapped, CenterSwapsPagesOfTwoSessions) {
  must(first.client.accept_certificate(must(first.send("Apply", (first.begin_session(), first.apply()))), now()));
  second.begin_session();
  const auto query = second.apply();
  auto answer = must(wire::parse<v1::ApplyAnswer>(must(second.send("Apply", query)), "apply answer"));
  must(second.client.accept_certificate(wire::serialise(answer), now()));

  const auto first_reply = must(wire::parse<v1::CityReply>(first.crypto.opened.back(), "reply"));
  const auto second_reply = must(wire::parse<v1::CityReply>(second.crypto.opened.back(), "reply"));
  InsideEnvelopes envelopes(installation);
  const auto sealed_to_second = [&](const v1::CityReply& reply) {
    answer.set_sealed(envelopes.seal_for_session(query, reply));
    return second.client.accept_certificate(wire::serialise(answer), now());
  };
  auto pages_of_the_first = second_reply;
  *pages_of_the_first.mutable_images() = first_reply.images();
  refused(sealed_to_second(pages_of_the_first));
  refused(sealed_to_second(first_reply));
  EXPECT_EQ(ending_of(sealed_to_second(second_reply)), "done") << "the same way, unchanged, is taken";
}

// The outside of one request around the inside of another: the center checks a card that the city does not see.
TEST_F(Swapped, RelaySwapsSealedRequests) {
  must(first.fetch_challenge());
  must(second.fetch_challenge());
  auto query = must(wire::parse<v1::OpenQuery>(must(first.open_with_card()), "open query"));
  query.set_sealed(must(wire::parse<v1::OpenQuery>(must(second.open_with_card()), "open query")).sealed());
  const auto answer = must(first.send("Open", wire::serialise(query)));
  refused(first.client.accept_menu(answer, now()));
  refused(second.client.accept_menu(answer, now()));
}

TEST_F(Swapped, TokenOfAnotherSession) {
  first.begin_session();
  second.begin_session();
  auto query = must(wire::parse<v1::ApplyQuery>(second.apply(), "apply query"));
  query.set_token(must(wire::parse<v1::ApplyQuery>(first.apply(), "apply query")).token());
  refused(second.client.accept_certificate(must(second.send("Apply", wire::serialise(query))), now()));
}

TEST_F(Swapped, TokenThatNoCenterMade) {
  first.begin_session();
  const auto untouched = must(wire::parse<v1::ApplyQuery>(first.apply(), "apply query"));
  const auto offer = [&](const std::function<void(v1::CenterToken&)>& change) {
    auto token = must(wire::parse<v1::CenterToken>(view_of(untouched.token()), "token"));
    change(token);
    auto query = untouched;
    query.set_token(string_of(wire::serialise(token)));
    refused(first.send("Apply", wire::serialise(query)));
  };
  offer([](auto& token) { token.mutable_wrapped()->back() ^= 0x01; });
  offer([](auto& token) { token.mutable_header()->set_kiosk("K000002"); });
  offer([](auto& token) { token.mutable_header()->set_node("center-2"); });
  offer([](auto& token) { token.mutable_header()->set_expires_at(token.header().expires_at() - 1); });
}

TEST_F(Swapped, AGrantOfAnotherApplication) {
  first.begin_session();
  second.begin_session();
  const auto first_answer =
      must(wire::parse<v1::ApplyAnswer>(must(first.send("Apply", first.apply())), "apply answer"));
  auto second_answer = must(wire::parse<v1::ApplyAnswer>(must(second.send("Apply", second.apply())), "apply answer"));
  second_answer.set_grant(first_answer.grant());
  refused(second.client.accept_certificate(wire::serialise(second_answer), now()));
}

// --- inside the envelopes: somebody has the city's receiving key, and none of the sessions'

TEST_F(Swapped, MenuRequestOfAnotherSession) {
  must(first.fetch_challenge());
  must(second.fetch_challenge());
  InsideEnvelopes envelopes(installation);
  auto query = must(wire::parse<v1::OpenQuery>(must(first.open_with_card()), "open query"));
  auto bundle = envelopes.open<v1::MenuBundle>(query.sealed());
  bundle.set_request(
      envelopes
          .open<v1::MenuBundle>(must(wire::parse<v1::OpenQuery>(must(second.open_with_card()), "open query")).sealed())
          .request());
  query.set_sealed(envelopes.seal(bundle));
  refused(first.send("Open", wire::serialise(query)));
}

TEST_F(Swapped, ApplicationOfAnotherOpening) {
  first.begin_session();
  second.begin_session();
  InsideEnvelopes envelopes(installation);
  auto query = must(wire::parse<v1::ApplyQuery>(first.apply(), "apply query"));
  auto bundle = envelopes.open<v1::ApplicationBundle>(query.sealed());
  bundle.set_application(
      envelopes.open<v1::ApplicationBundle>(must(wire::parse<v1::ApplyQuery>(second.apply(), "apply query")).sealed())
          .application());
  query.set_sealed(envelopes.seal(bundle));
  refused(first.send("Apply", wire::serialise(query)));
}

TEST_F(Swapped, ConfirmationOfAnotherSessionsApplication) {
  const auto first_certificate = first.fetch_certificate();
  const auto second_certificate = second.fetch_certificate();
  InsideEnvelopes envelopes(installation);
  auto query = must(wire::parse<v1::ConfirmQuery>(must(first.confirm(first_certificate)), "confirm query"));
  const auto others = must(wire::parse<v1::ConfirmQuery>(must(second.confirm(second_certificate)), "confirm query"));
  auto bundle = envelopes.open<v1::ConfirmationBundle>(query.sealed());
  bundle.set_application(envelopes.open<v1::ConfirmationBundle>(others.sealed()).application());
  query.set_sealed(envelopes.seal(bundle));
  refused(first.send("Confirm", wire::serialise(query)));
}

// A handle is of one opening: what a kiosk learned in one session names nobody in another.
TEST_F(Swapped, HandleOfAnotherSession) {
  first.begin_session();
  second.begin_session();
  const auto handle = first.client.menu().persons(0).handle();
  lies_about<v1::Application>(second, StatementType::application,
                              [handle](auto& said) { said.set_handles(0, handle); });
  refused(second.client.accept_certificate(must(second.send("Apply", second.apply())), now()));
}

}  // namespace
}  // namespace mado::chain_tests
