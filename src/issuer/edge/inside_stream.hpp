// The issuer dials its transfer server from inside and serves calls over the stream; nothing connects into the office
// segment (mission.md S6). The connection lives an hour at most (chain rule 6), then it is dialled again.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "issuer/core/answer.hpp"
#include "issuer/edge/held_answers.hpp"
#include "wire/line.hpp"
#include "wire/workers.hpp"

namespace mado::issuer {

struct InsideStreamSettings {
  std::string target;
  std::string peer;
  wire::LineCredentials credentials;
  wire::Limits limits;
  std::chrono::milliseconds lifetime{3'600'000};
  std::chrono::milliseconds pause{500};  // between two attempts to dial
};

class InsideStream {
 public:
  using Serve = std::function<Answer(const std::string& method, ByteView request)>;
  InsideStream(InsideStreamSettings settings, Serve serve);
  ~InsideStream();
  bool connected() const;

 private:
  void keep_dialling();
  void received(std::uint64_t dial, Bytes message);
  void answer(std::uint64_t dial, const Bytes& message);
  void reply(std::uint64_t dial, const std::string& correlation, const Outcome<Bytes>& result);

  InsideStreamSettings settings_;
  Serve serve_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool ended_ = true;
  std::uint64_t dial_ = 0;  // an answer goes only over the connection that its call came by
  std::unique_ptr<wire::Stream> stream_;
  HeldAnswers held_;  // sends over stream_, so it ends before that
  wire::Workers workers_;
  std::thread dialler_;
};

}  // namespace mado::issuer
