// What a city's clerks do about the people of a card while it asks, each at a moment of its own: what they change is
// true once its register has acknowledged it.
#pragma once

#include "simulator/disk/register.hpp"
#include "simulator/disk/tax.hpp"
#include "simulator/nodes/surroundings.hpp"

namespace mado::simulator {

class Clerks {
 public:
  Clerks(Surroundings& around, std::string city, RegisterStandIn& registers, TaxContent& tax);

  // Somebody's card was asked about.
  void hear_of(Card& card);

 private:
  using Change = RegisterStandIn::Change;

  // 住民記録 (clerks.cpp)
  void suppress(Resident& resident);
  void end_residence(Resident& resident);
  void write_address_anew(Household& household);
  void hand_to_another(Card& card);
  // 印鑑登録, 戸籍, 附票 and tax (clerks_of_records.cpp)
  void change_seal(Resident& holder);
  void register_seal(Resident& holder);
  void handle_notice(Family& family);
  void write_anew(Family& family);
  void keep_back(Family& family);
  void change_tax(Resident& holder);
  void change_tax_year();

  // Somebody of those who live with the holder.
  Resident& member(const Resident& holder);
  template <typename Work>
  void later(std::chrono::milliseconds most, Work work) {
    around_.scheduler.after(random_.between(std::chrono::milliseconds{0}, most), at_work_, std::move(work));
  }

  Surroundings& around_;
  const std::string city_;
  RegisterStandIn& registers_;
  TaxContent& tax_;
  Random random_;
  Life at_work_;  // commands of their own, which do not end with the register's process
};

}  // namespace mado::simulator
