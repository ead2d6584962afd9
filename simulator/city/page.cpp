#include "simulator/city/page.hpp"

#include <algorithm>

#include "paper/jbig2_segments.hpp"

namespace mado::simulator {

namespace {
constexpr std::size_t persons_on_a_page = 4;
// The marker behind whatever the arithmetic coder wrote; no UTF-8 has it.
constexpr std::string_view end_of_coding = "\xff\xac";

Page read(std::string_view text) {
  Page page;
  auto end = text.find('\n');
  page.number = text.substr(Page::heading.size(), end - Page::heading.size());
  while (end != std::string_view::npos) {
    const auto begin = end + 1;
    end = text.find('\n', begin);
    page.residents.emplace_back(text.substr(begin, end - begin));
  }
  return page;
}
}  // namespace

Bytes Page::drawn() const {
  std::string text = std::string(heading) + number;
  for (const auto& resident : residents) text += '\n' + resident;
  return paper::page_of_pixels(bytes_of(text + std::string(end_of_coding)));
}

std::vector<Page> Page::all_in(ByteView document) {
  const auto text = string_of(document);
  std::vector<Page> pages;
  for (auto at = text.find(heading); at != std::string::npos; at = text.find(heading, at)) {
    const auto end = text.find(end_of_coding, at);
    if (end == std::string::npos) break;
    pages.push_back(read(std::string_view(text).substr(at, end - at)));
    at = end;
  }
  return pages;
}

Outcome<std::vector<std::string>> PageComposer::order(const v1::Household& household) {
  std::vector<std::string> numbers;
  for (const auto& member : household.members()) {
    if (member.state() == v1::RESIDENT_STATE_CURRENT) numbers.push_back(member.number());
  }
  std::ranges::sort(numbers);
  return numbers;
}

Outcome<issuer::DrawnCopy> PageComposer::compose(const issuer::CopyOrder& order) {
  issuer::DrawnCopy copy;
  // Whom a page shows is taken from the rows, as the true composer does.
  for (const auto& member : order.snapshot.household().members()) {
    if (std::ranges::find(order.persons, member.number()) != order.persons.end())
      copy.drawn_residents.push_back(member.number());
  }
  std::ranges::sort(copy.drawn_residents);
  for (std::size_t at = 0; at < copy.drawn_residents.size(); at += persons_on_a_page) {
    const auto begin = copy.drawn_residents.begin() + static_cast<std::ptrdiff_t>(at);
    const auto count = std::min(persons_on_a_page, copy.drawn_residents.size() - at);
    const Page page{order.issuance_number + " " + std::to_string(at / persons_on_a_page + 1),
                    {begin, begin + static_cast<std::ptrdiff_t>(count)}};
    copy.fronts.push_back(page.drawn());
  }
  return copy;
}

}  // namespace mado::simulator
