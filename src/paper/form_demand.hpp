// What a kind of certificate needs of a form: fields, rows and texts, by their names. A form that lacks one is refused
// when it is loaded, not when somebody waits for a certificate (lesson 岡山 2023-07).
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "base/refusal.hpp"
#include "paper/form.hpp"

namespace mado::paper {

struct AreaDemand {
  std::vector<std::string_view> shown = {};     // fields that must be there and be `mandatory`
  std::vector<std::string_view> fields = {};    // fields that must be there
  std::vector<std::string_view> possible = {};  // fields that may be there
  std::vector<std::string_view> images = {};    // images that must be there and be `mandatory`
};

struct FormDemand {
  AreaDemand page;
  std::map<std::string_view, AreaDemand> rows;  // each must be there
  AreaDemand footer;
  std::vector<std::string_view> texts = {};
};

// Refusal: configuration_invalid, "file:line: key: reason" for the first that is missing, that must be mandatory, or
// into which nothing is ever drawn.
Outcome<void> check_demand(const Form& form, const FormDemand& demand);

}  // namespace mado::paper
