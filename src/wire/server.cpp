#include <grpcpp/generic/async_generic_service.h>

#include <algorithm>

#include "base/sensitive.hpp"
#include "operation/log.hpp"
#include "wire/grpc_shared.hpp"
#include "wire/order.hpp"
#include "wire/rate.hpp"
#include "wire/workers.hpp"

namespace mado::wire {

namespace {
using Clock = std::chrono::steady_clock;

std::string peer_name(const grpc::GenericCallbackServerContext& context) {
  const auto names = context.auth_context()->FindPropertyValues(GRPC_PEER_DNS_PROPERTY_NAME);
  return names.empty() ? std::string() : std::string(names[0].data(), names[0].size());
}

std::string metadata(const grpc::GenericCallbackServerContext& context, const char* name) {
  const auto& all = context.client_metadata();
  const auto found = all.find(name);
  return found == all.end() ? std::string() : std::string(found->second.data(), found->second.size());
}

// The earlier of the caller's deadline and our own limit.
Clock::time_point deadline_of(const grpc::GenericCallbackServerContext& context, std::chrono::milliseconds limit) {
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(context.deadline() - std::chrono::system_clock::now());
  return Clock::now() + std::clamp(left, std::chrono::milliseconds{0}, limit);
}

struct Shared {
  std::vector<Admission> admissions;
  Limits limits;
  Service service;
  operation::Metrics& metrics;
  std::mutex rates_mutex;
  std::map<std::string, Rate> rates;  // by first method
  Workers workers;

  Shared(std::vector<Admission> admitted, const Limits& bounds, Service served, operation::Metrics& counted)
      : admissions(std::move(admitted)),
        limits(bounds),
        service(std::move(served)),
        metrics(counted),
        workers(bounds.concurrent_calls, bounds.waiting_calls) {}

  // False if something new begins with this method, and too fast.
  bool may_begin(const std::string& method) {
    const std::lock_guard lock(rates_mutex);
    return rates.try_emplace(method, limits.first_per_second, Clock::now()).first->second.take(Clock::now());
  }

  void counted(const std::string& method, std::string_view outcome) {
    metrics.count("madoguchi_line_calls_total", "Calls served on this line.",
                  {{"method", method}, {"outcome", std::string(outcome)}});
  }
};

// A call that is refused before anything is read.
class RefusedCall final : public grpc::ServerGenericBidiReactor {
 public:
  explicit RefusedCall(const Refusal& refusal) {
    handed_to_grpc(this);
    Finish(status_of(refusal));
  }
  void OnDone() override {
    back_from_grpc(this);
    delete this;
  }
};

// One unary call: read one message, hand it to a worker, write one message.
class UnaryCall final : public grpc::ServerGenericBidiReactor {
 public:
  UnaryCall(Shared& shared, Call call, const Handler& handler)
      : shared_(shared),
        call_(std::move(call)),
        handler_(handler),
        first_(begins(shared.admissions, call_.peer, call_.method)) {
    handed_to_grpc(this);
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    back_from_grpc(this);
    if (!ok) return end(Refusal{Reason::message_malformed, "no message"});
    if (first_ && !shared_.may_begin(call_.method)) return end(Refusal{Reason::busy, "too many begin"});
    const auto room = first_ ? shared_.limits.first_waiting : shared_.limits.waiting_calls;
    if (!shared_.workers.offer([this] { handle(); }, room)) end(Refusal{Reason::busy, "the queue is full"});
  }
  void OnDone() override {
    back_from_grpc(this);
    delete this;
  }

 private:
  void handle() {
    const auto begun = Clock::now();
    if (begun >= call_.deadline) return end(Refusal{Reason::answer_late, "waited past the deadline"});
    Outcome<Bytes> answer = refuse(Reason::internal, "");
    try {
      auto request = take_bytes(request_);
      answer = handler_(call_, request);
      wipe(request);
    } catch (const std::exception& problem) {
      operation::log_error("handler failed", {{"method", call_.method}, {"cause", problem.what()}});
    }
    shared_.metrics.observe_seconds("madoguchi_line_call_seconds", "Time from a worker's start to its answer.",
                                    {{"method", call_.method}},
                                    std::chrono::duration<double>(Clock::now() - begun).count());
    if (!answer) return end(answer.error());
    shared_.counted(call_.method, "answered");
    response_ = buffer_of(*answer);
    handed_to_grpc(this);
    StartWriteAndFinish(&response_, grpc::WriteOptions(), grpc::Status::OK);
  }

  void end(const Refusal& refusal) {
    shared_.counted(call_.method, code_of(refusal.reason));
    operation::log_info("refused", {{"method", call_.method},
                                    {"peer", call_.peer},
                                    {"reason", std::string(code_of(refusal.reason))},
                                    {"cause", refusal.cause}});
    handed_to_grpc(this);
    Finish(status_of(refusal));
  }

  Shared& shared_;
  Call call_;
  const Handler& handler_;
  const bool first_;  // something new begins with it
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

// One long-lived stream. The reactor lives until gRPC is done with it; StreamEnd is what others hold.
class StreamCall;
class StreamEnd final : public StreamPeer {
 public:
  StreamEnd(std::string name, std::size_t most_waiting) : name_(std::move(name)), most_waiting_(most_waiting) {}
  const std::string& name() const override { return name_; }
  Outcome<void> send(Bytes message) override;
  void close() override;

 private:
  friend class StreamCall;
  std::string name_;
  std::size_t most_waiting_;
  std::mutex mutex_;
  std::deque<grpc::ByteBuffer> waiting_;
  StreamCall* call_ = nullptr;
  bool writing_ = false;
};

class StreamCall final : public grpc::ServerGenericBidiReactor {
 public:
  StreamCall(Shared& shared, const std::string& peer)
      : shared_(shared), end_(std::make_shared<StreamEnd>(peer, shared.limits.waiting_calls)) {
    end_->call_ = this;
    shared_.service.streams->opened(end_);
    read();
  }

  void OnReadDone(bool ok) override {
    back_from_grpc(this);
    if (!ok) return finish();
    shared_.service.streams->received(end_, take_bytes(incoming_));
    read();
  }
  void OnWriteDone(bool ok) override {
    back_from_grpc(this);
    {
      const std::lock_guard lock(end_->mutex_);
      end_->waiting_.pop_front();
      end_->writing_ = false;
      if (ok) write_next();
    }
    if (!ok) finish();
  }
  void OnCancel() override {
    back_from_grpc(this);
    finish();
    handed_to_grpc(this);
  }
  void OnDone() override {
    back_from_grpc(this);
    finish();
    delete this;
  }

  void finish() { end_->close(); }
  // By whoever detached this call from its end: exactly once, so that the call still lives.
  void finish_detached() {
    shared_.service.streams->closed(end_);
    handed_to_grpc(this);
    Finish(grpc::Status::OK);
  }
  // With the end's mutex held.
  void write_next() {
    if (end_->writing_ || end_->waiting_.empty()) return;
    end_->writing_ = true;
    handed_to_grpc(this);
    StartWrite(&end_->waiting_.front());
  }

 private:
  void read() {
    handed_to_grpc(this);
    StartRead(&incoming_);
  }

  Shared& shared_;
  std::shared_ptr<StreamEnd> end_;
  grpc::ByteBuffer incoming_;
};

Outcome<void> StreamEnd::send(Bytes message) {
  const std::lock_guard lock(mutex_);
  if (call_ == nullptr) return refuse(Reason::line_down, "the stream has ended");
  if (waiting_.size() >= most_waiting_) return refuse(Reason::busy, "the stream's queue is full");
  waiting_.push_back(buffer_of(message));
  call_->write_next();
  return {};
}

void StreamEnd::close() {
  StreamCall* call = nullptr;
  {
    const std::lock_guard lock(mutex_);
    call = std::exchange(call_, nullptr);
  }
  if (call != nullptr) call->finish_detached();
}

class LineServer final : public Server, private grpc::CallbackGenericService {
 public:
  explicit LineServer(std::unique_ptr<Shared> shared) : shared_(std::move(shared)) {}
  ~LineServer() override {
    if (server_) server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(2));
  }

  Outcome<void> listen(const std::string& address, const PemCredentials& pem) {
    grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    options.pem_root_certs = pem.authority;
    options.pem_key_cert_pairs.push_back({pem.key, pem.certificate});
    grpc::ServerBuilder builder;
    builder.AddListeningPort(address, grpc::SslServerCredentials(options), &port_);
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.SetMaxReceiveMessageSize(static_cast<int>(shared_->limits.largest_message));
    builder.SetMaxSendMessageSize(static_cast<int>(shared_->limits.largest_message));
    builder.RegisterCallbackGenericService(this);
    server_ = builder.BuildAndStart();
    if (!server_ || port_ == 0) return refuse(Reason::configuration_invalid, "cannot listen on " + address);
    return {};
  }
  int port() const override { return port_; }

 private:
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    const auto peer = peer_name(*context);
    const auto& method = context->method();
    if (!admits(shared_->admissions, peer, method)) {
      shared_->counted("any", code_of(Reason::peer_not_allowed));
      operation::log_warning("not admitted", {{"peer", peer}, {"method", method}});
      return new RefusedCall({Reason::peer_not_allowed, "not on the allow-list"});
    }
    const auto& service = shared_->service;
    if (service.streams != nullptr && method == service.stream_method) return new StreamCall(*shared_, peer);
    const auto found = service.handlers.find(method);
    const wire::Handler* handler = found != service.handlers.end() ? &found->second
                                   : service.otherwise             ? &service.otherwise
                                                                   : nullptr;
    if (handler == nullptr) return new RefusedCall({Reason::method_not_allowed, "no such method"});
    Call call{peer, method, metadata(*context, city_metadata), deadline_of(*context, shared_->limits.deadline)};
    return new UnaryCall(*shared_, std::move(call), *handler);
  }

  std::unique_ptr<Shared> shared_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};
}  // namespace

Outcome<std::unique_ptr<Server>> Server::start(const std::string& address, const LineCredentials& credentials,
                                               std::vector<Admission> admissions, const Limits& limits, Service service,
                                               operation::Metrics& metrics) {
  insist_on_tls13();
  MADO_TRY(pem, read_pem(credentials));
  auto server = std::make_unique<LineServer>(
      std::make_unique<Shared>(std::move(admissions), limits, std::move(service), metrics));
  MADO_CHECK(server->listen(address, pem));
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace mado::wire
