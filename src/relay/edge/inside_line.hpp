// The transfer server's side towards the office segment: issuers dial in and serve calls over their streams.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>

#include "madoguchi/v1/center.pb.h"
#include "operation/metrics.hpp"
#include "relay/core/switchboard.hpp"
#include "trust/cryptography.hpp"
#include "wire/line.hpp"

namespace mado::relay {

class InsideLine final : public wire::StreamService {
 public:
  InsideLine(trust::Cryptography& crypto, std::size_t most_waiting, operation::Metrics& metrics)
      : crypto_(crypto), metrics_(metrics), board_(most_waiting) {}

  // Sends the call to an issuer of its city and waits for the answer until the call's deadline.
  Outcome<Bytes> forward(const wire::Call& call, ByteView request);
  bool has_city() const;

  void opened(const std::shared_ptr<wire::StreamPeer>& peer) override;
  void received(const std::shared_ptr<wire::StreamPeer>& peer, Bytes message) override;
  void closed(const std::shared_ptr<wire::StreamPeer>& peer) override;

 private:
  struct Waiting {
    std::optional<Outcome<Bytes>> answer;
  };
  ConnectionNumber number_of(const std::shared_ptr<wire::StreamPeer>& peer) const;

  trust::Cryptography& crypto_;
  operation::Metrics& metrics_;
  mutable std::mutex mutex_;
  std::condition_variable answered_;
  Switchboard board_;
  ConnectionNumber next_connection_ = 1;
  std::map<ConnectionNumber, std::shared_ptr<wire::StreamPeer>> peers_;
  std::map<Id, Waiting> waiting_;
};

}  // namespace mado::relay
