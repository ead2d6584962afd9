#include "simulator/city/page.hpp"

#include <algorithm>
#include <charconv>

#include "paper/jbig2_segments.hpp"

namespace mado::simulator {

namespace {
constexpr std::size_t persons_on_a_page = 4;
// The marker behind whatever the arithmetic coder wrote; no UTF-8 has it.
constexpr std::string_view end_of_coding = "\xff\xac";
// What a line of the text says, by its first character.
constexpr char of_kind = 'k';
constexpr char of_option = 'o';
constexpr char of_record = 'r';
constexpr char of_person = 'p';

int number_in(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

void read_line(std::string_view line, Page& page) {
  if (line.size() < 2) return;
  const auto said = line.substr(2);
  if (line.front() == of_kind) page.kind = static_cast<v1::Kind>(number_in(said));
  if (line.front() == of_option) page.options.push_back(static_cast<v1::Option>(number_in(said)));
  if (line.front() == of_person) page.persons.emplace_back(said);
  if (line.front() == of_record)
    if (auto record = RecordEdition::read(said)) page.records.push_back(std::move(*record));
}

Page read(std::string_view text) {
  Page page;
  auto end = text.find('\n');
  page.number = text.substr(Page::heading.size(), end - Page::heading.size());
  while (end != std::string_view::npos) {
    const auto begin = end + 1;
    end = text.find('\n', begin);
    read_line(text.substr(begin, end - begin), page);
  }
  return page;
}

struct Drawn {
  std::vector<std::string> numbers;  // as they were asked for
  std::vector<std::string> names;
  std::vector<std::string> records;

  void add(const std::string& number, const std::string& name) {
    numbers.push_back(number);
    names.push_back(name);
  }
};

// Whom a page shows is taken from the rows, as the true composer does.
template <typename Rows, typename Name>
void draw_persons(const Rows& rows, const std::vector<std::string>& asked, Name name, Drawn& drawn) {
  for (const auto& row : rows)
    if (std::ranges::find(asked, row.number()) != asked.end()) drawn.add(row.number(), name(row));
}

void draw_members(const issuer::CopyOrder& order, Drawn& drawn) {
  std::vector<const v1::Resident*> members;
  for (const auto& member : order.snapshot.household().members()) members.push_back(&member);
  std::ranges::sort(members, {}, [](const auto* member) { return member->number(); });
  for (const auto* member : members)
    if (std::ranges::find(order.persons, member->number()) != order.persons.end())
      drawn.add(member->number(), member->name());
  drawn.records.push_back(order.snapshot.household().address());
}

void draw_tax(const issuer::CopyOrder& order, Drawn& drawn) {
  if (order.tax == nullptr) return;
  drawn.add(order.tax->resident(), order.tax->resident());
  drawn.records.push_back(order.tax->name());
}

Drawn draw(const issuer::CopyOrder& order) {
  Drawn drawn;
  const auto& snapshot = order.snapshot;
  switch (order.kind) {
    case v1::KIND_SEAL_CERTIFICATE:
      draw_members(order, drawn);
      drawn.records.push_back(snapshot.seal().image());
      break;
    case v1::KIND_FAMILY_REGISTER_WHOLE:
    case v1::KIND_FAMILY_REGISTER_PERSONS:
      draw_persons(
          snapshot.family_register().persons(), order.persons, [](const auto& row) { return row.given_name(); }, drawn);
      drawn.records.push_back(snapshot.family_register().domicile());
      break;
    case v1::KIND_FAMILY_REGISTER_SUPPLEMENT:
      draw_persons(snapshot.supplement().persons(), order.persons, [](const auto& row) { return row.name(); }, drawn);
      drawn.records.push_back(snapshot.supplement().domicile());
      break;
    case v1::KIND_INCOME:
    case v1::KIND_TAXATION:
    case v1::KIND_NO_TAXATION:
    case v1::KIND_INCOME_AND_TAXATION:
      draw_tax(order, drawn);
      break;
    default:
      draw_members(order, drawn);
  }
  return drawn;
}

std::string line_of(char what, const std::string& said) { return std::string("\n") + what + " " + said; }
}  // namespace

Bytes Page::drawn() const {
  std::string text = std::string(heading) + number + line_of(of_kind, std::to_string(kind));
  for (const auto option : options) text += line_of(of_option, std::to_string(option));
  for (const auto& record : records) text += line_of(of_record, record.text());
  for (const auto& person : persons) text += line_of(of_person, person);
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
  const auto drawn = draw(order);
  Page page;
  page.kind = order.kind;
  page.options.assign(order.options.begin(), order.options.end());
  for (const auto& said : drawn.records) {
    auto record = RecordEdition::read(said);
    if (!record) return refuse(Reason::record_incomplete, "a record does not say which it is");
    page.records.push_back(std::move(*record));
  }
  issuer::DrawnCopy copy;
  copy.drawn_residents = drawn.numbers;
  for (std::size_t at = 0; at < drawn.names.size(); at += persons_on_a_page) {
    const auto begin = drawn.names.begin() + static_cast<std::ptrdiff_t>(at);
    const auto count = std::min(persons_on_a_page, drawn.names.size() - at);
    page.number = order.issuance_number + " " + std::to_string(at / persons_on_a_page + 1);
    page.persons.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
    copy.fronts.push_back(page.drawn());
  }
  return copy;
}

}  // namespace mado::simulator
