#include "simulator/nodes/issuer_node.hpp"

namespace mado::simulator {

namespace {
constexpr std::size_t most_waiting = 256;
constexpr milliseconds deadline{30'000};
}  // namespace

TransferNode::TransferNode(Surroundings& around, std::string city)
    : Process(around, "transfer-" + city), city_(std::move(city)) {}

void TransferNode::started() {
  board_ = std::make_unique<relay::Switchboard>(most_waiting);
  for (const auto& issuer : dialling_) dialled(issuer);
  around_.network.attach(name(), [this](const std::string& method, Bytes request, Reply reply) {
    serve(method, std::move(request), std::move(reply));
  });
}

void TransferNode::stopped() {
  board_.reset();
  connections_.clear();
  waiting_.clear();
}

void TransferNode::dialled(const std::string& issuer) {
  dialling_.insert(issuer);
  if (!running()) return;
  if (board_->connect(next_connection_, issuer)) connections_[issuer] = next_connection_++;
}

void TransferNode::hung_up(const std::string& issuer) {
  dialling_.erase(issuer);
  const auto connection = connections_.find(issuer);
  if (connection == connections_.end()) return;
  for (const auto& lost : board_->disconnect(connection->second)) {
    if (auto waiting = waiting_.extract(lost))
      waiting.mapped()(refuse(Reason::city_unreachable, "the issuer's connection ended"));
  }
  connections_.erase(connection);
}

void TransferNode::serve(const std::string& method, Bytes request, Reply reply) {
  may_crash(Fault::crash_relay);
  const auto correlation = around_.keys.crypto().random_id();
  const auto placed = board_->place(city_, correlation);
  if (!placed) return reply(std::unexpected(placed.error()));
  const auto connection = *placed;
  const auto issuer = std::ranges::find(connections_, connection, [](const auto& entry) { return entry.second; });
  waiting_[correlation] = std::move(reply);
  around_.network.call(name(), issuer->first, method, std::move(request), deadline, life(),
                       [this, connection, correlation](Outcome<Bytes> answer) {
                         if (!answer && answer.error().reason == Reason::answer_late) {
                           board_->forget(correlation);
                         } else if (!board_->settle(connection, correlation)) {
                           return;  // late: its call was given up when the connection ended
                         }
                         if (auto waiting = waiting_.extract(correlation)) waiting.mapped()(std::move(answer));
                       });
}

}  // namespace mado::simulator
