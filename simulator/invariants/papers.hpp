// The invariants that hold a paper against the people, the records and the rules that it comes from.
#pragma once

#include <memory>

#include "simulator/invariants/book.hpp"

namespace mado::simulator {

// I1: whose paper it is, of which kind, and where it comes out.
std::unique_ptr<Invariant> a_paper_belongs_to_its_application();
// "record": no record on it had been replaced when it was released.
std::unique_ptr<Invariant> a_paper_shows_what_is_recorded();
// "rules": kind, items, copies and fee are those of the rules with which the session began; hours and stops are kept.
std::unique_ptr<Invariant> an_application_ends_as_it_began();

}  // namespace mado::simulator
