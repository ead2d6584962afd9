#include "tests/outside/process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace mado::outside {

namespace {
using Clock = std::chrono::steady_clock;

std::vector<char*> pointers_to(const Words& words) {
  std::vector<char*> pointers;
  for (const auto& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

int times_in(const std::string& whole, const std::string& text) {
  int times = 0;
  for (auto found = whole.find(text); found != std::string::npos; found = whole.find(text, found + text.size()))
    ++times;
  return times;
}

Words with_own_environment(const Words& added) {
  Words all;
  for (char** entry = environ; *entry != nullptr; ++entry) all.emplace_back(*entry);
  all.insert(all.end(), added.begin(), added.end());
  return all;
}

bool binds(int socket, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  return ::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}
}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  auto pattern = (std::filesystem::temp_directory_path() / "madoguchi-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Process::Process(const Words& words, const Words& environment) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const auto all = with_own_environment(environment);
  const auto arguments = pointers_to(words);
  const auto variables = pointers_to(all);
  id_ = ::fork();
  if (id_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(ends[1], 1);
    ::dup2(ends[1], 2);
    ::execvpe(arguments[0], arguments.data(), variables.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  pipe_ = ends[0];
}

Process::~Process() {
  if (!ended_) {
    ::kill(id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  ::close(pipe_);
}

bool Process::gather(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
  pollfd waiting{pipe_, POLLIN, 0};
  if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) return false;
  return read_part();
}

bool Process::read_part() {
  std::array<char, 4096> part{};
  const auto got = ::read(pipe_, part.data(), part.size());
  if (got <= 0) return false;
  output_.append(part.data(), static_cast<std::size_t>(got));
  return true;
}

bool Process::waits_for_output(const std::string& text, std::chrono::seconds limit, int times) {
  const auto deadline = Clock::now() + limit;
  while (times_in(output_, text) < times) {
    if (!gather(deadline)) return false;
  }
  return true;
}

const std::string& Process::catch_up() {
  pollfd waiting{pipe_, POLLIN, 0};
  while (::poll(&waiting, 1, 0) > 0 && read_part()) {
  }
  return output_;
}

void Process::signal(int number) {
  if (!ended_) ::kill(id_, number);
}

int Process::wait(std::chrono::seconds limit) {
  if (ended_) return code_;
  const auto deadline = Clock::now() + limit;
  while (gather(deadline)) {
  }
  if (Clock::now() >= deadline) return -1;
  int status = 0;
  ::waitpid(id_, &status, 0);
  ended_ = true;
  code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return code_;
}

Result run(const Words& words, std::chrono::seconds limit, const Words& environment) {
  Process process(words, environment);
  const int code = process.wait(limit);
  return {code, process.output()};
}

std::uint16_t free_port() {
  for (int attempt = 0; attempt < 100; ++attempt) {
    const int first = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int second = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    socklen_t size = sizeof address;
    bool found = binds(first, 0) && ::getsockname(first, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    const auto port = ntohs(address.sin_port);
    found = found && port < 65535 && binds(second, static_cast<std::uint16_t>(port + 1));
    ::close(first);
    ::close(second);
    if (found) return port;
  }
  throw std::runtime_error("no free port");
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream content;
  content << stream.rdbuf();
  return content.str();
}

void write_file(const std::filesystem::path& file, const std::string& content) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
}

}  // namespace mado::outside
