#include "tests/chain/installation.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <stdexcept>

#include "card/direct_reader.hpp"

namespace mado::chain_tests {

namespace {
const std::string source_directory = MADOGUCHI_SOURCE_DIR;
const std::string programs = std::string(MADOGUCHI_BINARY_DIR) + "/bin/";
constexpr int ports_of_an_installation = 40;
constexpr int first_port = 12'000;  // below what the machine gives to outgoing connections
constexpr int last_port = 32'000;

constexpr std::string_view of_tax = "tax";

// A socket that keeps `port` for us; −1 if somebody has it.
int reserve(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && ::listen(socket, 1) == 0)
    return socket;
  ::close(socket);
  return -1;
}

bool whole_block_is_free(int base) {
  for (int port = base + 1; port < base + ports_of_an_installation; ++port) {
    const int socket = reserve(port);
    if (socket < 0) return false;
    ::close(socket);
  }
  return true;
}
}  // namespace

std::string_view family_of(v1::Kind kind) {
  switch (kind) {
    case v1::KIND_FAMILY_REGISTER_WHOLE:
    case v1::KIND_FAMILY_REGISTER_PERSONS:
    case v1::KIND_FAMILY_REGISTER_SUPPLEMENT:
      return "family_register";
    case v1::KIND_INCOME:
    case v1::KIND_TAXATION:
    case v1::KIND_NO_TAXATION:
    case v1::KIND_INCOME_AND_TAXATION:
      return of_tax;
    default:
      return "residence";
  }
}

Installation::Installation(const std::string& holder) {
  const int blocks = (last_port - first_port) / ports_of_an_installation;
  for (int i = 0; i < blocks && reserved_ < 0; ++i) {
    port_ = first_port + ports_of_an_installation * ((static_cast<int>(::getpid()) + i) % blocks);
    reserved_ = reserve(port_);
    if (reserved_ >= 0 && !whole_block_is_free(port_)) {
      ::close(reserved_);
      reserved_ = -1;
    }
  }
  if (reserved_ < 0) throw std::runtime_error("no free block of ports");
  make(holder);
  for (const auto* place : {"card", "registry", "jpki", "transfer", "issuer", "center", "relay"}) start(place);
  auto reader = card::DirectReader::make(address(20), std::chrono::seconds{10});
  if (!reader) throw std::runtime_error(reader.error().cause);
  reader_ = std::move(*reader);
}

Installation::~Installation() {
  places_.clear();
  ::close(reserved_);
}

void Installation::make(const std::string& holder) {
  const auto made = outside::run(
      {source_directory + "/script/make_installation", "--out", directory_.path().string(), "--bin", programs,
       "--residents", "50", "--kiosks", "2", "--port", std::to_string(port_), "--holder", holder},
      std::chrono::seconds{120});
  if (made.code != 0) throw std::runtime_error("make_installation: " + made.output);
  change_settings("card", "placed = false", "placed = true");
  const auto facts = outside::content_of(at("installation"));
  const auto begin = facts.find("resident=") + 9;
  resident_ = facts.substr(begin, facts.find('\n', begin) - begin);
}

void Installation::citizens_apply_for(std::vector<v1::Kind> kinds) {
  kinds_ = std::move(kinds);
  const bool needs_tax = std::ranges::find(kinds_, of_tax, family_of) != kinds_.end();
  if (needs_tax) wait_for_words("issuer", "\"tax_link\"");
}

v1::Kind Installation::next_kind() { return kinds_[applied_for_++ % kinds_.size()]; }

std::string Installation::address(int offset) const { return "127.0.0.1:" + std::to_string(port_ + offset); }

outside::Words Installation::words_for(const std::string& place, const std::string& settings) const {
  const auto replaced = replaced_.find(place);
  const auto program = programs + "madoguchi-" + (place == "transfer" ? "relay" : place);
  return {replaced != replaced_.end() ? replaced->second : program, "--config", at(settings).string()};
}

void Installation::start(const std::string& place) {
  auto& process = places_[place];
  process = std::make_unique<outside::Process>(words_for(place, place + ".toml"));
  if (!process->waits_for_output("\"started\""))
    throw std::runtime_error(place + " does not start: " + process->output());
  if (place == "transfer") issuers_seen_ = 0;
  if (place == "issuer") wait_for_issuer();
}

void Installation::stop(const std::string& place) {
  auto& process = *places_.at(place);
  process.signal(SIGTERM);
  if (process.wait() != 0) throw std::runtime_error(place + " does not stop: " + process.output());
  places_.erase(place);
}

void Installation::start_second_issuer() {
  const auto settings = outside::content_of(at("issuer.toml"));
  outside::write_file(at("second-issuer.toml"), settings);
  change_settings("second-issuer", address(9), address(16));
  auto& process = places_["second-issuer"];
  process = std::make_unique<outside::Process>(words_for("issuer", "second-issuer.toml"));
  if (!process->waits_for_output("\"started\""))
    throw std::runtime_error("the second issuer does not start: " + process->output());
  wait_for_issuer();
}

const std::string& Installation::output(const std::string& place) { return places_.at(place)->catch_up(); }

void Installation::wait_for_words(const std::string& place, const std::string& words) {
  if (!places_.at(place)->waits_for_output(words))
    throw std::runtime_error(place + " does not say " + words + ": " + output(place));
}

void Installation::wait_for_issuer() {
  auto& transfer = *places_.at("transfer");
  if (!transfer.waits_for_output("\"issuer connected\"", std::chrono::seconds{20}, ++issuers_seen_)) {
    throw std::runtime_error("no issuer reaches the transfer server: " + transfer.output());
  }
}

void Installation::change_settings(const std::string& place, const std::string& from, const std::string& to) {
  auto settings = outside::content_of(at(place + ".toml"));
  const auto found = settings.find(from);
  if (found == std::string::npos || settings.find(from, found + 1) != std::string::npos) {
    throw std::runtime_error(place + ".toml does not hold exactly one \"" + from + "\"");
  }
  outside::write_file(at(place + ".toml"), settings.replace(found, from.size(), to));
}

std::string Installation::refusal_to_start(const std::string& place) {
  const auto ended = outside::run(words_for(place, place + ".toml"));
  if (ended.code == 0 || ended.code == -1) throw std::runtime_error(place + " started after all");
  return ended.output;
}

std::string Installation::command(const outside::Words& words) {
  auto with_path = words;
  with_path.front() = programs + words.front();
  const auto ended = outside::run(with_path);
  if (ended.code != 0) throw std::runtime_error(words.front() + ": " + ended.output);
  return ended.output;
}

std::vector<std::string> Installation::ended_by_themselves() {
  std::vector<std::string> ended;
  for (auto& [name, process] : places_) {
    siginfo_t state{};
    const auto looked = ::waitid(P_PID, static_cast<id_t>(process->id()), &state, WEXITED | WNOHANG | WNOWAIT);
    if (looked != 0 || state.si_pid != 0) ended.push_back(name + ": " + output(name));
  }
  return ended;
}

std::vector<ledger::IssuanceRow> Installation::ledger_rows() {
  auto opened = ledger::open_issuance_ledger(at("run/issuer.db"), Id{});
  if (!opened) throw std::runtime_error(opened.error().cause);
  auto rows = (*opened)->rows(1000);
  if (!rows) throw std::runtime_error(rows.error().cause);
  return *rows;
}

std::size_t Installation::released() {
  const auto rows = ledger_rows();
  return static_cast<std::size_t>(
      std::ranges::count_if(rows, [](const auto& row) { return row.state >= ledger::IssuanceState::confirmed; }));
}

}  // namespace mado::chain_tests
