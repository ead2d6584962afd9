#include "issuer/core/relation.hpp"

#include <algorithm>
#include <array>

namespace mado::issuer {

namespace {
struct Atom {
  std::string_view text;
  Kin kin;
};

// A longer atom stands before the one that it begins with.
constexpr std::array atoms{
    Atom{"夫（未届）", Kin::husband}, Atom{"夫", Kin::husband},
    Atom{"妻（未届）", Kin::wife},    Atom{"妻", Kin::wife},
    Atom{"子（子の夫）", Kin::child}, Atom{"子（子の妻）", Kin::child},
    Atom{"子", Kin::child},           Atom{"父", Kin::father},
    Atom{"母", Kin::mother},          Atom{"兄", Kin::elder_brother},
    Atom{"姉", Kin::elder_sister},    Atom{"弟", Kin::younger_brother},
    Atom{"妹", Kin::younger_sister},
};

std::optional<Kin> take_atom(std::string_view& text) {
  const auto found = std::ranges::find_if(atoms, [&](const Atom& atom) { return text.starts_with(atom.text); });
  if (found == atoms.end()) return std::nullopt;
  text.remove_prefix(found->text.size());
  return found->kin;
}
}  // namespace

std::optional<Relation> parse_relation(std::string_view text) {
  constexpr std::string_view of = "の";
  if (text == "世帯主") return Relation{Relation::Sort::head, {}};
  if (text == "縁故者") return Relation{Relation::Sort::distant, {}};
  if (text == "同居人") return Relation{Relation::Sort::lodger, {}};
  Relation relation;
  while (relation.chain.size() < most_generations) {
    const auto kin = take_atom(text);
    if (!kin) return std::nullopt;
    relation.chain.push_back(*kin);
    if (text.empty()) return relation;
    if (!text.starts_with(of)) return std::nullopt;
    text.remove_prefix(of.size());
  }
  return std::nullopt;
}

bool is_spouse(Kin kin) { return kin == Kin::husband || kin == Kin::wife; }
bool is_parent(Kin kin) { return kin == Kin::father || kin == Kin::mother; }
bool is_sibling(Kin kin) {
  return kin == Kin::elder_brother || kin == Kin::elder_sister || kin == Kin::younger_brother ||
         kin == Kin::younger_sister;
}

}  // namespace mado::issuer
