#include "issuer/core/member_order.hpp"

#include <algorithm>
#include <compare>
#include <map>
#include <string_view>
#include <tuple>

#include "issuer/core/relation.hpp"

namespace mado::issuer {

namespace {
struct Member {
  const v1::Resident* resident = nullptr;
  Relation relation;

  bool chain_starts_with(Kin kin) const { return !relation.chain.empty() && relation.chain.front() == kin; }
  bool is_child() const { return relation.chain.size() == 1 && chain_starts_with(Kin::child); }
  // 子の妻, 子の子, 子の子の子 …
  bool is_of_a_child() const { return relation.chain.size() > 1 && chain_starts_with(Kin::child); }
};

// Birth, then 宛名番号; a birth that is no known day stands last.
using Seniority = std::tuple<bool, std::string_view, std::string_view>;

Seniority seniority(const v1::Resident& resident) {
  return {resident.born().day().empty(), resident.born().day(), resident.number()};
}

// Ranks of 5.2, with room for what belongs to a child's family.
enum class Rank { head, spouse, child, child_family, parent, sibling, grandparent, kin, distant, lodger };

struct Key {
  Rank rank = Rank::kin;
  Seniority family;   // of the one by whom a family is placed
  int kin_class = 0;  // among other kin: parents, siblings, grandparents, the rest
  std::size_t generation = 0;
  int place = 0;  // within a family: 子, 配偶者, 子の子; among parents: 筆頭者 first
  Seniority own;

  friend auto operator<=>(const Key&, const Key&) = default;
};

bool same_register(const v1::Resident& a, const v1::Resident& b) {
  return !a.family_register().empty() && a.family_register() == b.family_register() &&
         a.register_head() == b.register_head();
}

bool may_be_married(const Member& child, const Member& spouse) {
  const auto wanted = spouse.relation.chain[1] == Kin::wife ? v1::SEX_MALE : v1::SEX_FEMALE;
  return child.resident->sex() == wanted || child.resident->sex() == v1::SEX_UNSPECIFIED;
}

// The 子 whose family `member` is put to, or none if no 子 lives here.
const Member* child_of(const Member& member, const std::vector<Member>& members) {
  const bool spouse = member.relation.chain.size() == 2 && is_spouse(member.relation.chain[1]);
  const Member* best = nullptr;
  std::tuple<bool, bool, Seniority> best_key;
  for (const auto& child : members) {
    if (!child.is_child()) continue;
    const std::tuple key{spouse && !may_be_married(child, member), !same_register(*child.resident, *member.resident),
                         seniority(*child.resident)};
    if (best == nullptr || key < best_key) {
      best = &child;
      best_key = key;
    }
  }
  return best;
}

Rank rank_of_chain(const Relation& relation) {
  const auto& chain = relation.chain;
  if (chain.size() == 1) {
    if (is_spouse(chain[0])) return Rank::spouse;
    if (is_parent(chain[0])) return Rank::parent;
    if (is_sibling(chain[0])) return Rank::sibling;
    return Rank::child;
  }
  if (chain[0] == Kin::child) return Rank::child_family;
  if (chain.size() == 2 && is_parent(chain[0]) && is_parent(chain[1])) return Rank::grandparent;
  return Rank::kin;
}

Rank rank_of(const Relation& relation) {
  switch (relation.sort) {
    case Relation::Sort::head:
      return Rank::head;
    case Relation::Sort::distant:
      return Rank::distant;
    case Relation::Sort::lodger:
      return Rank::lodger;
    case Relation::Sort::chain:
      break;
  }
  return rank_of_chain(relation);
}

// Whose family another kin belongs to: 妻の弟の子 and 妻の弟 to 妻の弟, 弟の妻 to 弟.
std::vector<Kin> family_of(const Relation& relation) {
  const auto& chain = relation.chain;
  const std::size_t length = is_spouse(chain[0]) ? 2 : 1;
  return {chain.begin(), chain.begin() + static_cast<std::ptrdiff_t>(std::min(length, chain.size()))};
}

int class_of(const std::vector<Kin>& family) {
  const auto kin = family.back();
  if (is_parent(kin)) return 0;
  if (is_sibling(kin)) return 1;
  return 2;
}

using KinFamilies = std::map<std::vector<Kin>, Seniority>;

KinFamilies eldest_of_kin_families(const std::vector<Member>& members) {
  KinFamilies eldest;
  for (const auto& member : members) {
    if (rank_of(member.relation) != Rank::kin) continue;
    const auto own = seniority(*member.resident);
    const auto [found, added] = eldest.emplace(family_of(member.relation), own);
    if (!added) found->second = std::min(found->second, own);
  }
  return eldest;
}

Key child_family_key(const Member& member, const std::vector<Member>& members, Key key) {
  const auto* child = child_of(member, members);
  key.family = child == nullptr ? Seniority{true, "", ""} : seniority(*child->resident);
  key.generation = member.relation.chain.size();
  key.place = is_spouse(member.relation.chain.back()) ? 0 : 1;
  return key;
}

bool has_family(const Member& child, const std::vector<Member>& members) {
  return std::ranges::any_of(
      members, [&](const Member& other) { return other.is_of_a_child() && child_of(other, members) == &child; });
}

Key key_of(const Member& member, const std::vector<Member>& members, const KinFamilies& kin_families) {
  Key key;
  key.rank = rank_of(member.relation);
  key.own = seniority(*member.resident);
  switch (key.rank) {
    case Rank::child:
      if (has_family(member, members)) {
        key.rank = Rank::child_family;
        key.family = key.own;
      }
      break;
    case Rank::child_family:
      return child_family_key(member, members, key);
    case Rank::parent:
      key.place = member.resident->name() == member.resident->register_head() ? 0 : 1;
      break;
    case Rank::kin: {
      const auto family = family_of(member.relation);
      key.kin_class = class_of(family);
      key.family = kin_families.at(family);
      key.generation = member.relation.chain.size();
      break;
    }
    default:
      break;
  }
  return key;
}

// Whoever has a saved order first, in it.
std::pair<bool, std::uint32_t> saved_order(const Member& member) {
  return {member.resident->order() == 0, member.resident->order()};
}
}  // namespace

Outcome<std::vector<const v1::Resident*>> order_members(std::span<const v1::Resident* const> residents) {
  std::vector<Member> members;
  for (const auto* resident : residents) {
    auto relation = parse_relation(resident->relation());
    if (!relation) return refuse(Reason::record_incomplete, "a member's relation is not of the closed vocabulary");
    members.push_back({resident, *std::move(relation)});
  }
  const auto kin_families = eldest_of_kin_families(members);
  // The place that a member has now is the last of the keys: who is equal stays in it.
  std::vector<std::tuple<std::pair<bool, std::uint32_t>, Key, std::size_t>> keyed;
  for (const auto& member : members)
    keyed.emplace_back(saved_order(member), key_of(member, members, kin_families), keyed.size());
  std::ranges::sort(keyed);
  std::vector<const v1::Resident*> ordered;
  for (const auto& entry : keyed) ordered.push_back(residents[std::get<std::size_t>(entry)]);
  return ordered;
}

}  // namespace mado::issuer
