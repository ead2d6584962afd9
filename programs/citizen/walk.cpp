#include "walk.hpp"

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json.hpp>
#include <cstdlib>

namespace mado::citizen {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace json = boost::json;
using tcp = asio::ip::tcp;
using std::chrono::steady_clock;

namespace {
struct Url {
  std::string host;
  std::string port;
  std::string target;
};

Outcome<Url> parse_url(const std::string& text) {
  constexpr std::string_view scheme = "http://";
  if (!text.starts_with(scheme)) return refuse(Reason::input_invalid, "\"" + text + "\" is no http address");
  const auto slash = text.find('/', scheme.size());
  const auto place = text.substr(scheme.size(), slash == std::string::npos ? std::string::npos : slash - scheme.size());
  const auto colon = place.rfind(':');
  if (colon == std::string::npos) return refuse(Reason::input_invalid, "\"" + text + "\" has no port");
  return Url{place.substr(0, colon), place.substr(colon + 1), slash == std::string::npos ? "/" : text.substr(slash)};
}

Outcome<void> post(const std::string& address) {
  MADO_TRY(url, parse_url(address));
  try {
    asio::io_context io;
    tcp::resolver resolver(io);
    beast::tcp_stream stream(io);
    stream.expires_after(std::chrono::seconds(10));
    stream.connect(resolver.resolve(url.host, url.port));
    http::request<http::empty_body> request(http::verb::post, url.target, 11);
    request.set(http::field::host, url.host);
    request.prepare_payload();
    http::write(stream, request);
    beast::flat_buffer buffer;
    http::response<http::string_body> response;
    http::read(stream, buffer, response);
    if (response.result_int() >= 300)
      return refuse(Reason::line_down, address + " answered " + std::to_string(response.result_int()));
    return {};
  } catch (const std::exception& error) {
    return refuse(Reason::line_down, address + ": " + error.what());
  }
}

// One walk: reads what the screen shows and answers it, until the session ends.
class Walker {
 public:
  Walker(Url kiosk, std::string card, Wish wish)
      : kiosk_(std::move(kiosk)), card_(std::move(card)), wish_(std::move(wish)), socket_(io_) {}

  Outcome<Walk> run(std::chrono::seconds limit) {
    const auto end = steady_clock::now() + limit;
    try {
      connect(limit);
      while (steady_clock::now() < end) {
        beast::flat_buffer buffer;
        socket_.read(buffer);
        const auto message = json::parse(beast::buffers_to_string(buffer.data())).as_object();
        if (auto done = answer(message); !done) return std::unexpected(done.error());
        if (!walk_.ended_on.empty()) return std::move(walk_);
      }
    } catch (const std::exception& error) {
      return refuse(Reason::line_down, std::string("the kiosk's screen: ") + error.what());
    }
    return refuse(Reason::timed_out, "the walk took too long");
  }

 private:
  void connect(std::chrono::seconds limit) {
    tcp::resolver resolver(io_);
    beast::get_lowest_layer(socket_).expires_after(limit);
    beast::get_lowest_layer(socket_).connect(resolver.resolve(kiosk_.host, kiosk_.port));
    const auto key = kiosk_.target.find("?key=");
    socket_.handshake(kiosk_.host + ":" + kiosk_.port,
                      "/screen" + (key == std::string::npos ? "" : kiosk_.target.substr(key)));
    socket_.text(true);
    begun_ = steady_clock::now();
  }

  void press(json::object action) { socket_.write(asio::buffer(json::serialize(action))); }

  void note(const std::string& name) {
    const auto now = steady_clock::now();
    if (!walk_.steps.empty())
      walk_.steps.back().lasted = std::chrono::duration_cast<std::chrono::milliseconds>(now - begun_);
    walk_.steps.push_back({name, std::chrono::milliseconds{0}});
    begun_ = now;
  }

  Outcome<void> answer(const json::object& message) {
    const std::string screen(message.at("screen").as_string());
    const auto& view = message.at("view").as_object();
    auto name = screen;
    if (screen == "working") name += ":" + std::string(view.at("step").as_string());
    const bool fresh = name != shown_;
    if (fresh) note(name);
    shown_ = name;
    if (fresh && !wish_.cancel_at.empty() && name.starts_with(wish_.cancel_at)) {
      press({{"action", "cancel"}});
      return {};
    }
    return answer(screen, view, fresh);
  }

  Outcome<void> answer(const std::string& screen, const json::object& view, bool fresh) {
    if (screen == "refused" || screen == "out_of_service") {
      walk_.ended_on = screen;
      walk_.code = view.at("code").as_string().c_str();
      if (screen == "refused") press({{"action", "close"}});
      return post(card_ + "/remove");
    }
    if (screen == "ended") {
      walk_.ended_on = without_kind_ ? "kind" : screen;
      press({{"action", "close"}});
      return {};
    }
    if (screen == "pay") return pay(view);
    if (screen == "pin") return type_pin(view);
    if (screen == "persons") return choose_persons(view, fresh);
    if (!fresh) return {};
    if (screen == "service") {
      if (wish_.language != "ja") press({{"action", "language"}, {"language", wish_.language}});
      press({{"action", "begin"}, {"service", wish_.service}});
    } else if (screen == "place") {
      press({{"action", "choose_city"}, {"city", wish_.city}});
    } else if (screen == "card_on") {
      return post(card_ + "/place");
    } else if (screen == "card_off") {
      return post(card_ + "/remove");
    } else if (screen == "kind") {
      choose_kind(view);
    } else if (screen == "items") {
      choose_options(view);
    } else if (screen == "copies") {
      press({{"action", "set_copies"}, {"copies", wish_.copies}});
      press({{"action", "next"}});
    } else if (screen == "summary") {
      walk_.kind = view.at("title").as_string().c_str();
      walk_.fee = static_cast<int>(view.at("fee").as_int64());
      press({{"action", "agree"}});
    } else if (screen == "printing") {
      walk_.sheets = static_cast<int>(view.at("sheets").as_int64());
    } else if (screen == "take") {
      walk_.number = view.at("receipt").at("number").as_string().c_str();
      press({{"action", "finish"}});
    }
    return {};
  }

  Outcome<void> type_pin(const json::object& view) {
    const auto digits = static_cast<std::size_t>(view.at("digits").as_int64());
    if (view.at("wrong").as_bool() && digits == 0 && typed_wrong_++ > 0 && wish_.pin.empty()) return {};
    if (digits < wish_.pin.size())
      press({{"action", "digit"}, {"digit", wish_.pin.substr(digits, 1)}});
    else
      press({{"action", "enter"}});
    return {};
  }

  void choose_kind(const json::object& view) {
    without_kind_ = true;
    for (const auto& each : view.at("kinds").as_array()) {
      const auto& kind = each.as_object();
      if (kind.at("kind").as_int64() != wish_.kind) continue;
      walk_.code = kind.at("code").as_string().c_str();
      without_kind_ = !kind.at("available").as_bool();
    }
    if (without_kind_)
      press({{"action", "cancel"}});
    else
      press({{"action", "choose_kind"}, {"kind", wish_.kind}});
  }

  void choose_options(const json::object& view) {
    for (const auto& each : view.at("options").as_array()) {
      const auto& option = each.as_object();
      const auto number = option.at("option").as_int64();
      const bool wished = std::ranges::find(wish_.options, number) != wish_.options.end();
      if (wished && !option.at("chosen").as_bool()) press({{"action", "toggle_option"}, {"option", number}});
    }
    press({{"action", "next"}});
  }

  // Of the scopes that are offered, the one nearest to the wish.
  std::int64_t scope_of(const json::object& view) const {
    std::int64_t nearest = 0;
    for (const auto& each : view.at("scopes").as_array()) {
      const auto scope = each.as_int64();
      if (nearest == 0 || std::abs(scope - wish_.scope) < std::abs(nearest - wish_.scope)) nearest = scope;
    }
    return nearest;
  }

  void choose_everybody(const json::object& view) {
    for (const auto& each : view.at("persons").as_array()) {
      const auto& person = each.as_object();
      if (!person.at("chosen").as_bool())
        press({{"action", "toggle_person"}, {"index", person.at("index").as_int64()}});
    }
  }

  Outcome<void> choose_persons(const json::object& view, bool fresh) {
    if (!fresh && !waiting_for_scope_) return {};
    const auto scope = scope_of(view);
    if (view.at("scope").as_int64() != scope && !waiting_for_scope_) {
      waiting_for_scope_ = true;
      press({{"action", "choose_scope"}, {"scope", scope}});
      return {};
    }
    waiting_for_scope_ = false;
    // Everybody was wished for, and the kind lets choose by hand only.
    if (scope == 2 && wish_.scope == 3) choose_everybody(view);
    press({{"action", "next"}});
    return {};
  }

  // One coin after another, as the screen says what is still due; too much once, so that there is change.
  Outcome<void> pay(const json::object& view) {
    const auto left = view.at("due").as_int64() - view.at("inserted").as_int64();
    if (left <= 0) return {};
    press({{"action", "insert_coin"}, {"yen", left >= 200 ? 500 : left >= 100 ? 100 : left >= 50 ? 50 : 10}});
    return {};
  }

  Url kiosk_;
  std::string card_;
  Wish wish_;
  asio::io_context io_;
  beast::websocket::stream<beast::tcp_stream> socket_;
  std::string shown_;
  bool waiting_for_scope_ = false;
  bool without_kind_ = false;
  int typed_wrong_ = 0;
  steady_clock::time_point begun_;
  Walk walk_;
};
}  // namespace

Outcome<Walk> walk(const std::string& address, const std::string& card_control, const Wish& wish,
                   std::chrono::seconds limit) {
  MADO_TRY(kiosk, parse_url(address));
  return Walker(std::move(kiosk), card_control, wish).run(limit);
}

}  // namespace mado::citizen
