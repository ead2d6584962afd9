#include "paper/flow.hpp"

#include <optional>

namespace mado::paper {

namespace {
constexpr double rounding = 0.001;

using Rows = std::vector<FlowingRow>;

class Breaking {
 public:
  Breaking(const Flow& flow, const Rows& rows) : flow_(flow), rows_(rows) {}

  Outcome<std::vector<Rows>> run() {
    for (std::size_t first = 0; first < rows_.size();) {
      const auto next = end_of_page(first, flow_.box.height);
      if (!next) return too_high();
      starts_.push_back(first);
      first = *next;
    }
    MADO_CHECK(fit_last());
    std::vector<Rows> pages;
    for (std::size_t i = 0; i < starts_.size(); ++i) {
      const auto end = i + 1 < starts_.size() ? starts_[i + 1] : rows_.size();
      auto page = heads_above(starts_[i]);
      page.insert(page.end(), at(starts_[i]), at(end));
      pages.push_back(std::move(page));
    }
    return pages;
  }

 private:
  Rows::const_iterator at(std::size_t index) const { return rows_.begin() + static_cast<std::ptrdiff_t>(index); }
  static std::unexpected<Refusal> too_high() {
    return refuse(Reason::text_too_long, "rows that stay together are higher than a page");
  }

  // What is drawn again above the row that begins a page.
  Rows heads_above(std::size_t first) const {
    Rows heads;
    if (first == 0 || rows_[first].row->starts_page) return heads;
    for (const auto& name : rows_[first].row->heads) {
      for (auto before = first; before-- > 0;) {
        if (rows_[before].filled->row != name) continue;
        heads.push_back(rows_[before]);
        heads.back().again = true;
        break;
      }
    }
    return heads;
  }

  // A page may begin with this row.
  bool may_break_before(std::size_t index) const { return index == rows_.size() || !rows_[index - 1].row->with_next; }

  // The row after the page that begins with `first`; nothing if not even what stays together fits.
  std::optional<std::size_t> end_of_page(std::size_t first, double room) const {
    double used = 0;
    for (const auto& head : heads_above(first)) used += head.height;
    std::optional<std::size_t> end;
    for (auto index = first; index < rows_.size(); ++index) {
      if (index > first && rows_[index].row->starts_page) return index;
      used += rows_[index].height;
      if (used > room + rounding) break;
      if (may_break_before(index + 1)) end = index + 1;
    }
    return end;
  }

  // If the last page is too full for the footer, what stands last on it moves to one more page.
  Outcome<void> fit_last() {
    if (starts_.empty() || fits_last(starts_.back())) return {};
    for (auto first = rows_.size() - 1; first > starts_.back(); --first) {
      if (!may_break_before(first)) continue;
      if (!fits_last(first)) break;
      starts_.push_back(first);
      return {};
    }
    return too_high();
  }
  bool fits_last(std::size_t first) const { return end_of_page(first, flow_.last_height) == rows_.size(); }

  const Flow& flow_;
  const Rows& rows_;
  std::vector<std::size_t> starts_;  // of each page
};
}  // namespace

Outcome<std::vector<std::vector<FlowingRow>>> break_into_pages(const Form& form, const std::vector<FlowingRow>& rows) {
  return Breaking(*form.flow, rows).run();
}

}  // namespace mado::paper
