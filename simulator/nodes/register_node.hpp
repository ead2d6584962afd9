// A city's 住民記録 as a process: the production core over rows on its disk, which clerks change while it serves.
#pragma once

#include "simulator/disk/register.hpp"
#include "simulator/nodes/process.hpp"

namespace mado::simulator {

class RegisterNode final : public Process {
 public:
  RegisterNode(Surroundings& around, const std::string& city);

  static std::string name_of(const std::string& city) { return "register-" + city; }

 private:
  void started() override;
  void stopped() override {}
  void serve(ByteView request, const Reply& reply);

  // What clerks do about the people of a card while an application runs, each at a moment of its own. It is true once
  // the register has acknowledged it.
  void clerks_at_work(const Bytes& serial);
  void suppress_somebody(const Card& card);
  void somebody_moves_out(const Card& card);
  void hand_to_another(Card& card);
  template <typename Work>
  void later(milliseconds most, Work work);

  const std::string city_;
  RegisterContent content_;
  RegisterStandIn rows_;
  Life clerks_;  // commands of their own, which do not end with the process
};

}  // namespace mado::simulator
