#include <grpcpp/generic/generic_stub.h>

#include <deque>
#include <future>
#include <mutex>

#include "base/wipe_stack.hpp"
#include "wire/grpc_shared.hpp"
#include "wire/order.hpp"

namespace mado::wire {

namespace {
class LineChannel final : public Channel {
 public:
  LineChannel(std::shared_ptr<grpc::Channel> channel, std::chrono::milliseconds deadline)
      : channel_(std::move(channel)), stub_(channel_), deadline_(deadline) {}

  bool ready() override { return channel_->GetState(/*try_to_connect=*/true) == GRPC_CHANNEL_READY; }

  Outcome<Bytes> call(const std::string& method, ByteView request, const CallOptions& options) override {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::min(deadline_, options.deadline.value_or(deadline_)));
    context.set_wait_for_ready(false);
    if (!options.city.empty()) context.AddMetadata(city_metadata, options.city);
    const auto outgoing = buffer_of(request);
    grpc::ByteBuffer incoming;
    std::promise<grpc::Status> done;
    handed_to_grpc(&done);
    stub_.UnaryCall(&context, method, grpc::StubOptions(), &outgoing, &incoming, [&done](grpc::Status status) {
      back_from_grpc(&done);
      wipe_stack();  // gRPC has copied pieces of fewer than 24 bytes of the answer there
      done.set_value(std::move(status));
    });
    const auto status = done.get_future().get();
    if (!status.ok()) return std::unexpected(refusal_of(status, method));
    return take_bytes(incoming);
  }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  grpc::GenericStub stub_;
  std::chrono::milliseconds deadline_;
};

class DialledStream final : public Stream, private grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  DialledStream(std::shared_ptr<grpc::Channel> channel, std::size_t most_waiting, Events events)
      : stub_(std::move(channel)), most_waiting_(most_waiting), events_(std::move(events)) {}

  ~DialledStream() override {
    context_.TryCancel();
    done_.get_future().wait();
  }

  void start(const std::string& method, Bytes first, std::chrono::milliseconds lifetime) {
    context_.set_deadline(std::chrono::system_clock::now() + lifetime);
    stub_.PrepareBidiStreamingCall(&context_, method, grpc::StubOptions(), this);
    AddHold();  // writes come from other threads than gRPC's
    StartRead(&incoming_);
    (void)send(std::move(first));
    handed_to_grpc(this);
    StartCall();
  }

  Outcome<void> send(Bytes message) override {
    const std::lock_guard lock(mutex_);
    if (over_) return refuse(Reason::line_down, "the stream has ended");
    if (waiting_.size() >= most_waiting_) return refuse(Reason::busy, "the stream's queue is full");
    waiting_.push_back(buffer_of(message));
    write_next();
    return {};
  }

 private:
  void write_next() {
    if (writing_ || waiting_.empty()) return;
    writing_ = true;
    handed_to_grpc(this);
    StartWrite(&waiting_.front());
  }
  void OnWriteDone(bool ok) override {
    back_from_grpc(this);
    const std::lock_guard lock(mutex_);
    waiting_.pop_front();
    writing_ = false;
    if (ok && !over_) write_next();
  }
  void OnReadDone(bool ok) override {
    back_from_grpc(this);
    if (!ok) return stop();
    events_.received(take_bytes(incoming_));
    handed_to_grpc(this);
    StartRead(&incoming_);
  }
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      if (over_) return;
      over_ = true;
    }
    context_.TryCancel();
    handed_to_grpc(this);
    RemoveHold();
  }
  void OnDone(const grpc::Status& status) override {
    back_from_grpc(this);
    events_.ended(status.ok() ? Refusal{Reason::line_down, "the stream was closed"} : refusal_of(status, "stream"));
    done_.set_value();
  }

  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  std::size_t most_waiting_;
  Events events_;
  std::mutex mutex_;
  std::deque<grpc::ByteBuffer> waiting_;
  bool writing_ = false;
  bool over_ = false;
  grpc::ByteBuffer incoming_;
  std::promise<void> done_;
};
}  // namespace

Outcome<std::unique_ptr<Channel>> Channel::open(const std::string& target, const std::string& peer,
                                                const LineCredentials& credentials, const Limits& limits) {
  MADO_TRY(pem, read_pem(credentials));
  return std::make_unique<LineChannel>(make_channel(target, peer, pem, limits), limits.deadline);
}

Outcome<std::unique_ptr<Stream>> Stream::dial(const std::string& target, const std::string& peer,
                                              const LineCredentials& credentials, const Limits& limits,
                                              const std::string& method, Bytes first,
                                              std::chrono::milliseconds lifetime, Events events) {
  MADO_TRY(pem, read_pem(credentials));
  auto stream =
      std::make_unique<DialledStream>(make_channel(target, peer, pem, limits), limits.waiting_calls, std::move(events));
  stream->start(method, std::move(first), lifetime);
  return std::unique_ptr<Stream>(std::move(stream));
}

}  // namespace mado::wire
