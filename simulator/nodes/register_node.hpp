// A city's registers as a process: the production core over rows on its disk, which clerks change while it serves.
#pragma once

#include "simulator/nodes/clerks.hpp"
#include "simulator/nodes/process.hpp"

namespace mado::simulator {

class RegisterNode final : public Process {
 public:
  // `tax`: the tax records of the city's issuer, which clerks change as well.
  RegisterNode(Surroundings& around, const std::string& city, TaxContent& tax);

  static std::string name_of(const std::string& city) { return "register-" + city; }

 private:
  void started() override;
  void stopped() override {}
  void serve(ByteView request, const Reply& reply);

  RegisterContent content_;
  RegisterStandIn rows_;
  Clerks clerks_;
};

}  // namespace mado::simulator
