#include "paper/form_demand.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mado::paper {

namespace {
bool holds(const std::vector<std::string_view>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

class Checking {
 public:
  Checking(const Form& form, std::string key, const Area& area) : form_(form), key_(std::move(key)), area_(area) {}

  Outcome<void> run(const AreaDemand& demand) const {
    for (const auto* names : {&demand.shown, &demand.fields}) {
      for (const auto name : *names) {
        if (area_.field(name) == nullptr) return refused(area_.line, "field", fmt::format("lacks \"{}\"", name));
      }
    }
    for (const auto& field : area_.fields) {
      if (holds(demand.shown, field.name) && !field.mandatory) {
        return refused(field.line, "field", fmt::format("\"{}\" must be mandatory", field.name));
      }
      if (!holds(demand.shown, field.name) && !holds(demand.fields, field.name) && !holds(demand.possible, field.name))
        return refused(field.line, "field", fmt::format("nothing is drawn into \"{}\"", field.name));
    }
    return check_images(demand.images);
  }

 private:
  Outcome<void> check_images(const std::vector<std::string_view>& images) const {
    for (const auto name : images) {
      const auto* image = area_.image(name);
      if (image == nullptr) return refused(area_.line, "image", fmt::format("lacks \"{}\"", name));
      if (!image->mandatory) return refused(image->line, "image", fmt::format("\"{}\" must be mandatory", name));
    }
    for (const auto& image : area_.images) {
      if (!holds(images, image.name))
        return refused(image.line, "image", fmt::format("nothing is drawn into \"{}\"", image.name));
    }
    return {};
  }

  std::unexpected<Refusal> refused(int line, std::string_view key, std::string_view why) const {
    return refuse(Reason::configuration_invalid, fmt::format("{}:{}: {}.{}: {}", form_.file, line, key_, key, why));
  }

  const Form& form_;
  std::string key_;
  const Area& area_;
};

std::unexpected<Refusal> refused(const Form& form, int line, std::string_view key, std::string_view why) {
  return refuse(Reason::configuration_invalid, fmt::format("{}:{}: {}: {}", form.file, line, key, why));
}
}  // namespace

Outcome<void> check_demand(const Form& form, const FormDemand& demand) {
  for (const auto key : demand.texts) {
    if (form.text(key).empty()) return refused(form, form.texts_line, "texts", fmt::format("lacks \"{}\"", key));
  }
  MADO_CHECK(Checking(form, "page", form.page).run(demand.page));
  for (const auto& [name, row] : demand.rows) {
    if (form.row(name) == nullptr) return refused(form, 1, "row", fmt::format("lacks \"{}\"", name));
    MADO_CHECK(Checking(form, fmt::format("row.{}", name), form.row(name)->area).run(row));
  }
  for (const auto& [name, row] : form.rows) {
    if (!demand.rows.contains(name))
      return refused(form, row.area.line, "row", fmt::format("\"{}\" is never drawn", name));
  }
  return Checking(form, "footer", form.footer).run(demand.footer);
}

}  // namespace mado::paper
