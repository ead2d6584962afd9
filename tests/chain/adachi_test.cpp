// The tampering table: inside the city, somebody else's household is read or drawn (lessons.md, 足立). A register or a
// composer that answers for another application than it was asked for.
#include "tests/chain/played_register.hpp"
#include "tests/chain/tampering_row.hpp"

namespace mado::chain_tests {
namespace {

struct Adachi : Row {
  PlayedRegister residents{installation};
  PlayedKiosk kiosk{installation};

  // The neighbour's household, in the answer for the citizen's own card.
  PlayedRegister::Change neighbours_for_this_card() {
    return [other = residents.neighbours()](v1::HouseholdSnapshot& snapshot) {
      const auto asked = snapshot.card();
      snapshot = other;
      *snapshot.mutable_card() = asked;
    };
  }
  Outcome<void> open() {
    must(kiosk.fetch_challenge());
    MADO_TRY(answer, kiosk.send("Open", must(kiosk.open_with_card())));
    return kiosk.client.accept_menu(answer, now());
  }
  Outcome<void> apply(v1::Scope scope) {
    kiosk::Choices choices{.kind = installation.next_kind(), .scope = scope, .persons = {}, .options = {}};
    for (int i = 0; i < kiosk.client.menu().persons_size(); ++i) {
      if (scope == v1::SCOPE_HOUSEHOLD || kiosk.client.menu().persons(i).holder())
        choices.persons.push_back(static_cast<std::size_t>(i));
    }
    MADO_TRY(answer, kiosk.send("Apply", kiosk.apply(choices)));
    MADO_CHECK(kiosk.client.accept_certificate(answer, now()));
    return {};
  }
};

TEST_F(Adachi, AdachiRegisterAnswersForAnotherCard) {
  residents.answers([other = residents.neighbours()](auto& snapshot) { snapshot = other; });
  refused(open());
}

TEST_F(Adachi, AdachiRegisterSwitchesHouseholdsAfterTheMenu) {
  must(open());
  residents.answers(neighbours_for_this_card());
  refused(apply(v1::SCOPE_SELF));
}

TEST_F(Adachi, AdachiRegisterSwitchesHouseholdsBeforeTheRelease) {
  must(open());
  const auto certificate = kiosk.fetch_certificate();
  residents.answers(neighbours_for_this_card());
  refused(kiosk.client.accept_release(must(kiosk.send("Confirm", must(kiosk.confirm(certificate)))), now()));
}

// The household is the citizen's own, and the 戸籍 somebody else's.
TEST_F(Adachi, AdachiRegisterSwitchesFamilyRegistersAfterTheMenu) {
  must(open());
  residents.answers([other = residents.neighbours({v1::RECORD_KIND_FAMILY_REGISTER})](auto& snapshot) {
    if (snapshot.has_family_register()) *snapshot.mutable_family_register() = other.family_register();
  });
  refused(kiosk.client.accept_certificate(must(kiosk.send("Apply", kiosk.apply())), now()));
}

// A seal says whose it is: the neighbour's does not become the citizen's by standing in the answer.
TEST_F(Adachi, AdachiRegisterSwitchesSealsAfterTheMenu) {
  must(open());
  residents.answers([neighbour = residents.neighbours().holder()](auto& snapshot) {
    if (snapshot.has_seal()) snapshot.mutable_seal()->set_resident(neighbour);
  });
  refused(kiosk.client.accept_certificate(must(kiosk.send("Apply", kiosk.apply())), now()));
}

TEST_F(Adachi, AdachiAStrangerAmongTheHousehold) {
  must(open());
  const auto stranger = residents.neighbours().household().members(0);
  residents.answers([stranger](auto& snapshot) {
    auto& member = *snapshot.mutable_household()->add_members();
    member = stranger;
    member.set_relation("同居人");
  });
  refused(apply(v1::SCOPE_HOUSEHOLD));
}

TEST_F(Adachi, AdachiAHouseholdWithoutTheCardsHolder) {
  residents.answers(
      [other = residents.neighbours()](auto& snapshot) { *snapshot.mutable_household() = other.household(); });
  refused(open());
}

// The issuing server itself, with a composer that draws again what it drew first (tests/chain/CMakeLists.txt says how
// it was made). Everything else about it is the product's.
TEST_F(Adachi, AdachiIssuerDrawsAnotherHousehold) {
  installation.stop("issuer");
  installation.replace_program("issuer", std::string(MADOGUCHI_BINARY_DIR) + "/tests/chain/madoguchi-issuer-adachi");
  installation.start("issuer");
  kiosk.fetch_certificate();  // of the citizen's own household, rightly

  residents.answers(neighbours_for_this_card());
  PlayedKiosk neighbour(
      installation,
      {.name = "K000002", .line = "k000002.kiosk.store.example", .device_key = "K000002", .roster = nullptr});
  neighbour.begin_session();
  refused(neighbour.client.accept_certificate(must(neighbour.send("Apply", neighbour.apply())), now()));
}

}  // namespace
}  // namespace mado::chain_tests
