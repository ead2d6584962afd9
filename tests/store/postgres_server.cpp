#include "store/postgres_server.hpp"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace mado::store_tests {

namespace {
[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "the test's PostgreSQL server: %s\n", why.c_str());
  std::exit(1);
}

// PostgreSQL refuses to run as root: its own account takes its place.
struct Account {
  uid_t user = getuid();
  gid_t group = getgid();
};
Account unprivileged() {
  if (getuid() != 0) return {};
  const auto* account = getpwnam("postgres");
  if (account == nullptr) give_up("there is no account postgres");
  return {account->pw_uid, account->pw_gid};
}

class Server {
 public:
  Server() : account_(unprivileged()) {
    char name[] = "/tmp/madoguchi-postgres-XXXXXX";  // short: a socket's name has 107 bytes
    if (mkdtemp(name) == nullptr) give_up("no directory");
    directory_ = name;
    if (chown(name, account_.user, account_.group) != 0) give_up("the directory cannot be given away");
    const auto made = spawn(
        {program("initdb"), "-D", data(), "-U", "register", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"});
    std::string said;
    while (const auto letters = read_some(made.said)) said += *letters;
    close(made.said);
    int status = 0;
    if (waitpid(made.process, &status, 0) != made.process || status != 0) fail("initdb failed: " + said);
    start();
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() {
    end();
    std::error_code error;
    std::filesystem::remove_all(directory_, error);
  }

  // In order: after a crash a server first syncs every file that it has, for a minute on a slow disk.
  void restart() {
    end(SIGINT);
    start();
  }

  std::string address(const std::string& database) const {
    return "host=" + directory_ + " user=register dbname=" + database;
  }

 private:
  struct Child {
    pid_t process;
    int said;  // what it writes on standard error
  };

  static std::optional<std::string> read_some(int from) {
    std::string letters(512, '\0');
    const auto count = read(from, letters.data(), letters.size());
    if (count <= 0) return std::nullopt;
    letters.resize(static_cast<std::size_t>(count));
    return letters;
  }
  [[noreturn]] void fail(const std::string& why) {
    std::error_code error;
    std::filesystem::remove_all(directory_, error);
    give_up(why);
  }

  static std::string program(const char* name) { return std::string(MADOGUCHI_POSTGRES_PROGRAMS) + "/" + name; }
  std::string data() const { return directory_ + "/data"; }

  Child spawn(std::vector<std::string> words) {
    int pipe_ends[2];
    if (pipe2(pipe_ends, O_CLOEXEC) != 0) give_up("no pipe");
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child != 0) {
      close(pipe_ends[1]);
      return {child, pipe_ends[0]};
    }
    const int nothing = open("/dev/null", O_WRONLY);
    dup2(nothing, STDOUT_FILENO);
    dup2(pipe_ends[1], STDERR_FILENO);
    if (getuid() == 0 && (setgroups(0, nullptr) != 0 || setgid(account_.group) != 0 || setuid(account_.user) != 0))
      _exit(1);
    prctl(PR_SET_PDEATHSIG, SIGQUIT);  // after setuid, which clears it
    if (getppid() != parent || chdir(directory_.c_str()) != 0) _exit(1);
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
  }

  void start() {
    server_ = spawn({program("postgres"), "-D", data(), "-c", "listen_addresses=", "-c",
                     "unix_socket_directories=" + directory_, "-c", "shared_buffers=32MB", "-c",
                     "logging_collector=off", "-c", "log_destination=stderr"});
    std::string said;
    while (said.find("ready to accept connections") == std::string::npos) {
      const auto letters = read_some(server_->said);
      if (!letters) fail("it ended: " + said);
      said += *letters;
    }
    // From now on nobody reads: the pipe is left to the server, which must not stop for it.
    fcntl(server_->said, F_SETPIPE_SZ, 1 << 20);
  }

  void end(int how = SIGQUIT) {
    if (!server_) return;
    kill(server_->process, how);
    waitpid(server_->process, nullptr, 0);
    close(server_->said);
    server_.reset();
  }

  Account account_;
  std::string directory_;
  std::optional<Child> server_;
};

Server& server() {
  static Server server;
  return server;
}
}  // namespace

std::string fresh_database() {
  static int number = 0;
  const auto name = "register_" + std::to_string(++number);
  PGconn* connection = PQconnectdb(server().address("postgres").c_str());
  PGresult* made = PQexec(connection, ("CREATE DATABASE " + name).c_str());
  const bool good = PQresultStatus(made) == PGRES_COMMAND_OK;
  const std::string why = PQerrorMessage(connection);
  PQclear(made);
  PQfinish(connection);
  if (!good) give_up(why);
  return server().address(name);
}

void restart_server() { server().restart(); }

}  // namespace mado::store_tests
