// Which of the center's nodes takes the next call: in turn, whatever session it is of (chain rule 7: any node serves
// any call), and only one whose line stands if there is one. A call that finds a line down is not repeated.
#pragma once

#include <cstddef>
#include <vector>

namespace mado::relay {

class Turns {
 public:
  // `stands`: for each node whether its line stands; not empty. If none does, the next in turn is tried.
  std::size_t next(const std::vector<bool>& stands);

 private:
  std::size_t turn_ = 0;
};

}  // namespace mado::relay
