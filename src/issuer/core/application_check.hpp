// An application against its opening and the city's rules, before any record is read. Pure.
#pragma once

#include "application/chain.hpp"
#include "application/rule_book.hpp"

namespace mado::issuer {

// Refusals: application_invalid if it is not of this opening, its options are out of order or contradict each other, or
// the opening is for 利用登録 alone; opening_used_up; kind_not_offered, by the rules or by the service;
// option_not_offered for a scope or option; copies_out_of_range; fee_changed.
Outcome<void> check_application(const v1::Application& application, const application::OpenedSession& session,
                                const application::Offer& offer);

}  // namespace mado::issuer
