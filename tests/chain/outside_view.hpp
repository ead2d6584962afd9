// What the places outside the city see of a session: every message that passes, as far as it is not sealed, the lines
// of their logs and their counters. Ids, times and whatever a signature's own length changes are taken out, so that two
// sessions can be compared.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/chain/installation.hpp"

namespace mado::chain_tests {

class OutsideView {
 public:
  // Has relay, center and transfer server write down what passes through them; restarts them for it.
  explicit OutsideView(Installation& installation);

  // What they have seen since this was asked last, a line for each thing, in its order.
  std::vector<std::string> since_last();

 private:
  struct Place {
    std::string name;
    int status;  // offset of its status page
    std::size_t captured = 0;
    std::size_t logged = 0;
    std::map<std::string, double> counters = {};
  };
  void add_messages(Place& place, std::vector<std::string>& view);
  void add_log(Place& place, std::vector<std::string>& view);
  void add_counters(Place& place, std::vector<std::string>& view);

  Installation& installation_;
  std::vector<Place> places_{{"relay", 13}, {"center", 11}, {"transfer", 8}};
};

}  // namespace mado::chain_tests
