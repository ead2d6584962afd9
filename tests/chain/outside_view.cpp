#include "tests/chain/outside_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <stdexcept>

#include "madoguchi/v1/center.pb.h"
#include "tests/chain/parties.hpp"

namespace mado::chain_tests {

namespace {
// Fields whose bytes the city makes: their size is compared to the byte. What others sign has a signature whose length
// changes by itself.
const std::set<std::string> sealed_fields{"sealed"};

std::size_t take_length(const std::string& bytes, std::size_t& at) {
  std::size_t length = 0;
  for (int i = 0; i < 4; ++i) length = length << 8 | static_cast<std::uint8_t>(bytes.at(at++));
  return length;
}

std::string take_text(const std::string& bytes, std::size_t& at) {
  const auto length = take_length(bytes, at);
  at += length;
  return bytes.substr(at - length, length);
}

// "request /madoguchi.v1.Center/Open" and the message that the method carries in that direction.
std::unique_ptr<google::protobuf::Message> message_of(const std::string& label) {
  const auto method = label.substr(label.rfind('/') + 1);
  const bool request = label.starts_with("request") || label.starts_with("from kiosk") || label.starts_with("to city");
  if (label.find("/madoguchi.v1.City/") != std::string::npos && method != "Challenge") {
    if (request) return std::make_unique<v1::CityQuery>();
    return std::make_unique<v1::CityAnswer>();
  }
  if (method == "Open") {
    if (request) return std::make_unique<v1::OpenQuery>();
    return std::make_unique<v1::OpenAnswer>();
  }
  return nullptr;
}

// Which fields a message has, and the size of those that the city seals.
std::string shape_of(const std::string& label, const std::string& bytes) {
  const auto message = message_of(label);
  if (!message) return fmt::format("{}: not the city's decision", label);
  if (!message->ParseFromString(bytes)) return fmt::format("{}: {} bytes", label, bytes.size());
  const auto& reflection = *message->GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(*message, &fields);
  std::string shape = label + ":";
  for (const auto* field : fields) {
    shape += " " + field->name();
    if (sealed_fields.contains(field->name()))
      shape += fmt::format("[{}]", reflection.GetString(*message, field).size());
  }
  return shape;
}

std::map<std::string, double> counters_of(const std::string& exposition) {
  std::map<std::string, double> counters;
  std::istringstream lines(exposition);
  for (std::string line; std::getline(lines, line);) {
    const auto space = line.rfind(' ');
    const bool is_time =
        line.find("seconds_bucket") != std::string::npos || line.find("seconds_sum") != std::string::npos;
    if (line.starts_with("madoguchi_") && space != std::string::npos && !is_time)
      counters[line.substr(0, space)] = std::stod(line.substr(space + 1));
  }
  return counters;
}
// Ids (8 hexadecimal digits or more) and numbers differ from run to run: each becomes a "#".
std::string without_ids_and_times(std::string_view line) {
  constexpr std::string_view decimal = "0123456789";
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  const auto run_of = [&](std::string_view digits) { return std::min(line.find_first_not_of(digits), line.size()); };
  std::string told;
  while (!line.empty()) {
    const auto length = run_of(hexadecimal) >= 8 ? run_of(hexadecimal) : run_of(decimal);
    told += length > 0 ? '#' : line.front();
    line.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return told;
}

}  // namespace

OutsideView::OutsideView(Installation& installation) : installation_(installation) {
  for (const auto& place : places_) {
    installation_.stop(place.name);
    installation_.change_settings(place.name, "[status]\n",
                                  fmt::format("[capture]\nfile = \"run/{}.capture\"\n[status]\n", place.name));
  }
  for (const auto* name : {"transfer", "center", "relay"}) installation_.start(name);
  installation_.wait_for_issuer();
  since_last();
}

std::vector<std::string> OutsideView::since_last() {
  std::vector<std::string> view;
  for (auto& place : places_) {
    add_messages(place, view);
    add_log(place, view);
    add_counters(place, view);
  }
  return view;
}

void OutsideView::add_messages(Place& place, std::vector<std::string>& view) {
  const auto bytes = outside::content_of(installation_.at("run/" + place.name + ".capture"));
  while (place.captured < bytes.size()) {
    const auto label = take_text(bytes, place.captured);
    view.push_back(place.name + " " + shape_of(label, take_text(bytes, place.captured)));
  }
}

void OutsideView::add_log(Place& place, std::vector<std::string>& view) {
  const auto log = installation_.output(place.name);
  std::istringstream lines(log.substr(place.logged));
  for (std::string line; std::getline(lines, line);)
    view.push_back(place.name + " logs " + without_ids_and_times(line));
  place.logged = log.size();
}

void OutsideView::add_counters(Place& place, std::vector<std::string>& view) {
  const auto page = outside::run({"python3", "-c",
                                  "import sys, urllib.request\n"
                                  "print(urllib.request.urlopen(sys.argv[1], timeout=10).read().decode())",
                                  "http://" + installation_.address(place.status) + "/metrics"});
  if (page.code != 0) throw std::runtime_error(place.name + " shows no metrics: " + page.output);
  auto counters = counters_of(page.output);
  for (const auto& [name, value] : counters) {
    if (const auto by = value - place.counters[name]; by != 0)
      view.push_back(fmt::format("{} counts {} by {}", place.name, name, by));
  }
  place.counters = std::move(counters);
}

}  // namespace mado::chain_tests
