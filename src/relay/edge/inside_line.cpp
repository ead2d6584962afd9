#include "relay/edge/inside_line.hpp"

#include "operation/log.hpp"
#include "wire/message.hpp"

namespace mado::relay {

Outcome<Bytes> InsideLine::forward(const wire::Call& call, ByteView request) {
  const auto correlation = crypto_.random_id();
  v1::StreamFrame frame;
  frame.set_correlation(string_of(correlation.view()));
  frame.set_method(call.method);
  frame.set_body(string_of(request));

  std::unique_lock lock(mutex_);
  MADO_TRY(connection, board_.place(call.city, correlation));
  waiting_[correlation];
  const auto sent = peers_.at(connection)->send(wire::serialise(frame));
  if (sent) answered_.wait_until(lock, call.deadline, [&] { return waiting_[correlation].answer.has_value(); });
  auto answer = std::move(waiting_[correlation].answer);
  waiting_.erase(correlation);
  board_.forget(correlation);
  if (!sent) return std::unexpected(sent.error());
  // A timeout ends the whole call. Whatever comes later finds no call and is dropped.
  if (!answer) return refuse(Reason::answer_late, "the city did not answer in time");
  return std::move(*answer);
}

bool InsideLine::has_city() const {
  const std::lock_guard lock(mutex_);
  return !board_.cities().empty();
}

ConnectionNumber InsideLine::number_of(const std::shared_ptr<wire::StreamPeer>& peer) const {
  for (const auto& [number, known] : peers_) {
    if (known == peer) return number;
  }
  return 0;
}

void InsideLine::opened(const std::shared_ptr<wire::StreamPeer>& peer) {
  const std::lock_guard lock(mutex_);
  const auto number = next_connection_++;
  if (const auto connected = board_.connect(number, peer->name()); !connected) {
    operation::log_warning("issuer refused", {{"peer", peer->name()}, {"cause", connected.error().cause}});
    return;
  }
  peers_[number] = peer;
  operation::log_info("issuer connected", {{"peer", peer->name()}});
}

void InsideLine::received(const std::shared_ptr<wire::StreamPeer>& peer, Bytes message) {
  auto frame = wire::parse<v1::StreamFrame>(message, "frame");
  if (!frame || frame->correlation().empty()) return;  // an issuer's greeting, or nothing of ours
  const auto correlation = Id::from(view_of(frame->correlation()));
  const std::lock_guard lock(mutex_);
  if (!correlation || !board_.settle(number_of(peer), *correlation)) {
    metrics_.count("madoguchi_transfer_dropped_total", "Answers that no call waited for.");
    operation::log_warning("answer dropped", {{"peer", peer->name()}});
    return;
  }
  const auto waiting = waiting_.find(*correlation);
  if (waiting == waiting_.end()) return;
  if (frame->refusal().empty()) {
    waiting->second.answer = bytes_of(frame->body());
  } else {
    waiting->second.answer = refuse(reason_of(frame->refusal()).value_or(Reason::internal), "refused by the city");
  }
  answered_.notify_all();
}

void InsideLine::closed(const std::shared_ptr<wire::StreamPeer>& peer) {
  const std::lock_guard lock(mutex_);
  const auto number = number_of(peer);
  for (const auto& lost : board_.disconnect(number)) {
    if (const auto waiting = waiting_.find(lost); waiting != waiting_.end()) {
      waiting->second.answer = refuse(Reason::city_unreachable, "the issuer's connection ended");
    }
  }
  peers_.erase(number);
  answered_.notify_all();
  operation::log_info("issuer disconnected", {{"peer", peer->name()}});
}

}  // namespace mado::relay
