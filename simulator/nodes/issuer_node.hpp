// One node of a city's issuing server: the production core over the city's ledger and 住民記録. And the city's transfer
// server, which its nodes dial from inside.
#pragma once

#include <memory>

#include "issuer/core/issuer.hpp"
#include "relay/core/switchboard.hpp"
#include "simulator/disk/ledger.hpp"
#include "simulator/disk/rules.hpp"
#include "simulator/disk/tax.hpp"
#include "simulator/nodes/installation.hpp"
#include "simulator/nodes/process.hpp"
#include "simulator/scheduler/later.hpp"

namespace mado::simulator {

class TransferNode;

// What a city's issuer keeps, shared by its nodes.
struct CityDisk {
  LedgerContent ledger;
  RulesContent rules;
  TaxContent tax;
};

class IssuerNode final : public Process {
 public:
  IssuerNode(Surroundings& around, const Installation& installation, const Installation::City& city, int number,
             CityDisk& disk, TransferNode& transfer, milliseconds skew);
  ~IssuerNode() override;

 private:
  void started() override;
  void stopped() override;
  void serve(const std::string& method, Bytes request, Reply reply);
  // Holds a refusal until it may leave (chain rule 9).
  Task<Outcome<Bytes>> answer_in_time(std::string method, Bytes request);

  struct Ports;
  const Installation& installation_;
  const Installation::City& city_;
  CityDisk& disk_;
  TransferNode& transfer_;
  NodeClock clock_;
  std::shared_ptr<const application::RosterBook> roster_;
  std::unique_ptr<Ports> ports_;
  std::unique_ptr<issuer::Issuer> core_;
  Answering<Outcome<Bytes>> answering_;
};

// 転送サーバ: which call waits for an answer over which connection is the production core's.
class TransferNode final : public Process {
 public:
  TransferNode(Surroundings& around, std::string city);

  // An issuer dials in, and its line ends.
  void dialled(const std::string& issuer);
  void hung_up(const std::string& issuer);

 private:
  void started() override;
  void stopped() override;
  void serve(const std::string& method, Bytes request, Reply reply);

  std::string city_;
  std::set<std::string> dialling_;
  std::map<std::string, relay::ConnectionNumber> connections_;
  relay::ConnectionNumber next_connection_ = 1;
  std::map<Id, Reply> waiting_;
  std::unique_ptr<relay::Switchboard> board_;
};

}  // namespace mado::simulator
