#include "card/frame_connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <utility>

namespace mado::card {

namespace {
using Clock = std::chrono::steady_clock;
using Trouble = FrameConnection::Trouble;

// Waits until the socket can be read (POLLIN) or written (POLLOUT); false once the deadline has passed.
bool wait_for(int socket, short event, Clock::time_point deadline) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return false;
    pollfd waiting{socket, event, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(left.count()));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return true;  // the next call on the socket says what is wrong
  }
}

std::expected<void, Trouble> send_all(int socket, ByteView bytes, Clock::time_point deadline) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (!wait_for(socket, POLLOUT, deadline)) return std::unexpected(Trouble::silent);
    } else if (errno != EINTR) {
      return std::unexpected(Trouble::closed);
    }
  }
  return {};
}

std::expected<Bytes, Trouble> receive_exactly(int socket, std::size_t size, Clock::time_point deadline) {
  Bytes bytes(size);
  std::size_t have = 0;
  while (have < size) {
    const auto got = ::recv(socket, bytes.data() + have, size - have, MSG_DONTWAIT);
    if (got > 0) {
      have += static_cast<std::size_t>(got);
    } else if (got == 0) {
      return std::unexpected(Trouble::closed);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (!wait_for(socket, POLLIN, deadline)) return std::unexpected(Trouble::silent);
    } else if (errno != EINTR) {
      return std::unexpected(Trouble::closed);
    }
  }
  return bytes;
}

struct RawAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

std::optional<RawAddress> raw_address(const std::string& host, std::uint16_t port) {
  RawAddress raw;
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(port);
  if (inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1) {
    std::memcpy(&raw.storage, &v4, sizeof v4);
    raw.size = sizeof v4;
    return raw;
  }
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(port);
  if (inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr) == 1) {
    std::memcpy(&raw.storage, &v6, sizeof v6);
    raw.size = sizeof v6;
    return raw;
  }
  return std::nullopt;
}

bool finish_connecting(int socket, Clock::time_point deadline, int& error) {
  if (!wait_for(socket, POLLOUT, deadline)) return false;
  socklen_t size = sizeof error;
  ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
  return true;
}
}  // namespace

Outcome<SocketAddress> SocketAddress::parse(const std::string& text) {
  const auto wrong = [&] { return refuse(Reason::configuration_invalid, "\"" + text + "\" is not ADDRESS:PORT"); };
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return wrong();
  SocketAddress address;
  address.host = text.substr(0, colon);
  const bool bracketed = address.host.size() > 2 && address.host.front() == '[' && address.host.back() == ']';
  if (bracketed) address.host = address.host.substr(1, address.host.size() - 2);
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, address.port);
  if (error != std::errc{} || stop != end || !raw_address(address.host, 0)) return wrong();
  address.loopback = address.host == "::1" || address.host.starts_with("127.");
  return address;
}

std::expected<FrameConnection, Trouble> FrameConnection::connect(const SocketAddress& to, Limit limit) {
  const auto deadline = Clock::now() + limit;
  const auto raw = raw_address(to.host, to.port);
  if (!raw) return std::unexpected(Trouble::refused);
  FrameConnection connection{::socket(raw->storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
  if (connection.socket_ < 0) return std::unexpected(Trouble::refused);
  const int at_once = 1;
  ::setsockopt(connection.socket_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  if (::connect(connection.socket_, reinterpret_cast<const sockaddr*>(&raw->storage), raw->size) == 0)
    return connection;
  if (errno != EINPROGRESS) return std::unexpected(Trouble::refused);
  int error = 0;
  if (!finish_connecting(connection.socket_, deadline, error)) return std::unexpected(Trouble::silent);
  if (error != 0) return std::unexpected(Trouble::refused);
  return connection;
}

FrameConnection::FrameConnection(FrameConnection&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
FrameConnection& FrameConnection::operator=(FrameConnection&& other) noexcept {
  std::swap(socket_, other.socket_);
  return *this;
}
FrameConnection::~FrameConnection() {
  if (socket_ >= 0) ::close(socket_);
}

std::expected<void, Trouble> FrameConnection::send(ByteView payload, Limit limit) {
  const auto deadline = Clock::now() + limit;
  const auto head = frame_head(payload.size());
  if (auto sent = send_all(socket_, head, deadline); !sent) return sent;
  return send_all(socket_, payload, deadline);
}

std::expected<Bytes, Trouble> FrameConnection::receive(Limit limit) {
  const auto deadline = Clock::now() + limit;
  const auto head = receive_exactly(socket_, frame_head_size, deadline);
  if (!head) return std::unexpected(head.error());
  return receive_exactly(socket_, payload_size(std::span(*head).first<frame_head_size>()), deadline);
}

}  // namespace mado::card
