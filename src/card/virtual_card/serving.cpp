#include "card/virtual_card/serving.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <functional>
#include <future>
#include <optional>
#include <thread>
#include <utility>

#include "card/frame_connection.hpp"

namespace mado::card {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Error = boost::system::error_code;

namespace {
constexpr std::chrono::milliseconds before_next_try{500};

tcp::endpoint endpoint_of(const SocketAddress& address) { return {asio::ip::make_address(address.host), address.port}; }

Bytes frame_of(ByteView payload) {
  const auto head = frame_head(payload.size());
  Bytes frame(head.begin(), head.end());
  frame.insert(frame.end(), payload.begin(), payload.end());
  return frame;
}

// What answers the frames of a connection: bytes, nothing (a control), or the end of the connection.
struct Reaction {
  std::optional<Bytes> answer;
  bool close = false;
};

// One reader's connection. Lives as long as a read or a write is under way.
class Contact : public std::enable_shared_from_this<Contact> {
 public:
  using React = std::function<Reaction(ByteView)>;
  using Ended = std::function<void(const Contact*)>;
  Contact(tcp::socket socket, React react, Ended ended)
      : socket_(std::move(socket)), react_(std::move(react)), ended_(std::move(ended)) {}
  ~Contact() { wipe(payload_); }

  void start() {
    Error ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    read_head();
  }

  // Whether the reader has gone, though this thread has not been told yet.
  bool abandoned() {
    Error error;
    std::uint8_t byte = 0;
    socket_.non_blocking(true, error);
    const auto got = socket_.receive(asio::buffer(&byte, 1), asio::socket_base::message_peek, error);
    return got == 0 && error != asio::error::would_block;
  }

  void close() {
    Error ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

 private:
  void read_head() {
    asio::async_read(socket_, asio::buffer(head_), [self = shared_from_this()](Error error, std::size_t) {
      if (error) return self->end();
      self->read_payload(payload_size(self->head_));
    });
  }

  void read_payload(std::size_t size) {
    wipe(payload_);
    payload_.resize(size);
    asio::async_read(socket_, asio::buffer(payload_), [self = shared_from_this()](Error error, std::size_t) {
      if (error) return self->end();
      auto reaction = self->react_(self->payload_);
      if (reaction.close) return self->end();
      if (!reaction.answer) return self->read_head();
      self->write(frame_of(*reaction.answer));
    });
  }

  void write(Bytes frame) {
    frame_ = std::move(frame);
    asio::async_write(socket_, asio::buffer(frame_), [self = shared_from_this()](Error error, std::size_t) {
      if (error) return self->end();
      self->read_head();
    });
  }

  void end() {
    close();
    if (auto ended = std::exchange(ended_, nullptr)) ended(this);
  }

  tcp::socket socket_;
  React react_;
  Ended ended_;
  FrameHead head_{};
  Bytes payload_;
  Bytes frame_;
};
}  // namespace

class Serving::Inside {
 public:
  Inside(VirtualCard card, ServingSettings settings)
      : card_(std::move(card)), faults_(std::move(settings.faults)), placed_(settings.placed) {}

  Outcome<void> open(const ServingSettings& settings) {
    if (!settings.listen.empty()) MADO_CHECK(listen(settings.listen));
    if (!settings.connect.empty()) {
      MADO_TRY(address, SocketAddress::parse(settings.connect));
      if (!address.loopback)
        return refuse(Reason::configuration_invalid, "\"" + settings.connect + "\" is not loopback");
      driver_ = endpoint_of(address);
      asio::post(io_, [this] { call_driver(); });
    }
    thread_ = std::thread([this] { io_.run(); });
    return {};
  }

  ~Inside() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
  }

  // Runs `act` on the card's thread and waits for it.
  template <typename Act>
  auto on_thread(Act act) {
    std::packaged_task<std::invoke_result_t<Act>()> task(std::move(act));
    auto done = task.get_future();
    asio::post(io_, [&task] { task(); });
    return done.get();
  }

  void place() {
    placed_ = true;
    call_driver();
  }

  void remove() {
    placed_ = false;
    card_.reset();
    if (auto contact = std::exchange(direct_, nullptr)) contact->close();
    if (auto contact = std::exchange(with_driver_, nullptr)) contact->close();
  }

  void load(Faults faults) { faults_ = std::move(faults); }
  State state() const { return {placed_, card_.authentication_tries(), card_.signature_tries()}; }
  std::uint16_t port() const { return port_; }

 private:
  Outcome<void> listen(const std::string& text) {
    MADO_TRY(address, SocketAddress::parse(text));
    if (!address.loopback) return refuse(Reason::configuration_invalid, "\"" + text + "\" is not a loopback address");
    const auto endpoint = endpoint_of(address);
    Error error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(16, error);
    if (error)
      return refuse(Reason::configuration_invalid, fmt::format("cannot listen on {}: {}", text, error.message()));
    port_ = acceptor_.local_endpoint().port();
    accept();
    return {};
  }

  void accept() {
    acceptor_.async_accept([this](Error error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      // A card lies on one reader: while it is off, or in another's hands, the connection ends here.
      if (direct_ && direct_->abandoned()) std::exchange(direct_, nullptr)->close();
      if (!error && placed_ && !direct_) direct_ = meet(std::move(socket), direct_);
      accept();
    });
  }

  // Calls vpcd, unless the card is off the reader or the call is already under way.
  void call_driver() {
    if (!driver_ || !placed_ || with_driver_ || calling_) return;
    calling_ = true;
    auto socket = std::make_shared<tcp::socket>(io_);
    socket->async_connect(*driver_, [this, socket](Error error) {
      calling_ = false;
      if (error) return call_driver_later();
      if (placed_) with_driver_ = meet(std::move(*socket), with_driver_);
    });
  }

  void call_driver_later() {
    next_try_.expires_after(before_next_try);
    next_try_.async_wait([this](Error error) {
      if (!error) call_driver();
    });
  }

  std::shared_ptr<Contact> meet(tcp::socket socket, std::shared_ptr<Contact>& place) {
    auto contact = std::make_shared<Contact>(
        std::move(socket), [this](ByteView payload) { return react(payload); },
        [this, &place](const Contact* gone) {
          if (place.get() != gone) return;
          place.reset();
          card_.reset();
          if (driver_) call_driver_later();
        });
    contact->start();
    return contact;
  }

  Reaction react(ByteView payload) {
    if (payload.size() != 1) return react_to_command(payload);
    if (payload.front() == static_cast<std::uint8_t>(Control::ask_atr)) return {VirtualCard::atr()};
    card_.reset();
    return {};
  }

  Reaction react_to_command(ByteView command) {
    const auto fault = faults_.next(command);
    if (!fault) return {card_.answer(command)};
    switch (fault->kind) {
      case Fault::Kind::answer:
        return {fault->bytes};
      case Fault::Kind::silence:
        return {};
      case Fault::Kind::pull_out_after:
        (void)card_.answer(command);
        [[fallthrough]];
      case Fault::Kind::pull_out:
        remove();
        return {std::nullopt, true};
    }
    return {std::nullopt, true};
  }

  VirtualCard card_;
  Faults faults_;
  bool placed_;
  std::uint16_t port_ = 0;

  asio::io_context io_{1};
  tcp::acceptor acceptor_{io_};
  std::optional<tcp::endpoint> driver_;
  asio::steady_timer next_try_{io_};
  bool calling_ = false;
  std::shared_ptr<Contact> direct_;
  std::shared_ptr<Contact> with_driver_;
  std::thread thread_;
};

Outcome<std::unique_ptr<Serving>> Serving::start(VirtualCard card, ServingSettings settings) {
  auto inside = std::make_unique<Inside>(std::move(card), settings);
  MADO_CHECK(inside->open(settings));
  return std::unique_ptr<Serving>(new Serving(std::move(inside)));
}

Serving::Serving(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Serving::~Serving() = default;

void Serving::place() {
  inside_->on_thread([this] { inside_->place(); });
}
void Serving::remove() {
  inside_->on_thread([this] { inside_->remove(); });
}
void Serving::load(Faults faults) {
  inside_->on_thread([this, &faults] { inside_->load(std::move(faults)); });
}
Serving::State Serving::state() {
  return inside_->on_thread([this] { return inside_->state(); });
}
std::uint16_t Serving::port() const { return inside_->port(); }

}  // namespace mado::card
