// Forms of paper (様式).
#include "paper/form.hpp"

#include "fuzz/examine.hpp"
#include "paper/form_check.hpp"

namespace mado::fuzz {

namespace {
void claim_on_page(const paper::Box& box) {
  constexpr double width = 210;
  constexpr double height = 297;
  constexpr double rounding = 1e-6;
  claim(box.width > 0 && box.height > 0, "a box has an area");
  claim(box.x >= 0 && box.y >= 0 && box.x + box.width <= width + rounding && box.y + box.height <= height + rounding,
        "a box is on the page");
}
}  // namespace

void examine(ByteView input) {
  const auto form = paper::parse_form(text_of(input), "form.toml");
  if (!form) {
    claim(form.error().reason == Reason::configuration_invalid, "one reason for every form that is not read");
    claim(form.error().cause.starts_with("form.toml"), "a refusal names the file");
    return;
  }
  claim(paper::check_places(*form).has_value(), "a form that is read has no overlaps");
  claim(form->flow.has_value() == !form->rows.empty(), "flow and rows go together");
  claim_on_page(form->seal);
  if (form->flow) claim_on_page(form->flow->box);
  for (const auto* area : {&form->page, &form->footer}) {
    for (const auto& field : area->fields) claim_on_page(field.box);
    for (const auto& label : area->labels) claim_on_page(label.box);
  }
}

}  // namespace mado::fuzz
