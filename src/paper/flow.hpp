// Which rows stand on which page, and how high each is.
#pragma once

#include <vector>

#include "base/refusal.hpp"
#include "paper/content.hpp"
#include "paper/form.hpp"

namespace mado::paper {

// A row of the content with its place. `row` and `filled` point into form and content.
struct FlowingRow {
  const Row* row = nullptr;
  const FilledRow* filled = nullptr;
  double height = 0;   // mm
  bool again = false;  // a head that is repeated
};

// Rows in their order, with `again` false. Breaks where the flow is full, before rows that start a page, never after
// one that stays with the next; the rows of the last page fit the flow's last height. Refusals: text_too_long if rows
// that stay together, or one row with its heads, do not fit a page.
Outcome<std::vector<std::vector<FlowingRow>>> break_into_pages(const Form& form, const std::vector<FlowingRow>& rows);

}  // namespace mado::paper
