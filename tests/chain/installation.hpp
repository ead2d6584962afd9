// A whole installation on this machine, every place its own process: one synthetic city, its lines and keys, one card.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "card/reader.hpp"
#include "ledger/issuance_ledger.hpp"
#include "madoguchi/v1/statements.pb.h"
#include "tests/outside/process.hpp"
#include "wire/message.hpp"

namespace mado::chain_tests {

inline constexpr const char* city_code = "131016";
// 渡邉󠄂 健一, 世帯主 and 筆頭者, who has records in every register (registry/core/synthesis.hpp).
inline constexpr const char* known_everywhere = "渡邉\U000E0102　健一";
inline constexpr const char* living_elsewhere = "-";  // somebody whom no register of the city knows

// By whose hours a kind goes in this city (cities/chiyoda.toml): the ledger keeps the family, and not the kind.
std::string_view family_of(v1::Kind kind);

class Installation {
 public:
  // Makes it with script/make_installation, with the card of `holder`, and starts registry, jpki, transfer, issuer,
  // center, relay and card; throws with the program's output if one does not come up in time. Everything ends and is
  // removed with it.
  explicit Installation(const std::string& holder = known_everywhere);
  ~Installation();
  Installation(const Installation&) = delete;
  Installation& operator=(const Installation&) = delete;

  std::filesystem::path at(const std::string& name) const { return directory_.path() / name; }
  std::string address(int offset) const;                     // "127.0.0.1:PORT" of make_installation's numbering
  const std::string& resident() const { return resident_; }  // 宛名番号 of the card's holder

  // What its citizens apply for: these kinds, in turn. Waits for the yearly tax link if one of them needs it.
  void citizens_apply_for(std::vector<v1::Kind> kinds);
  v1::Kind next_kind();

  // The reader on which the one card lies.
  card::Reader& reader() { return *reader_; }

  void start(const std::string& place);
  void stop(const std::string& place);
  // Another program, by its path, for the place, from its next start on.
  void replace_program(const std::string& place, const std::string& program) { replaced_[place] = program; }
  // What a place has said since it was started: its log.
  const std::string& output(const std::string& place);
  // Until it says so; throws with its output if it does not in time.
  void wait_for_words(const std::string& place, const std::string& words);
  // Until the transfer server has said once more that an issuer dialled in.
  void wait_for_issuer();
  // A further issuer of the city over the same ledger.
  void start_second_issuer();
  // Replaces the one place where `from` stands in PLACE.toml; takes effect when the place is started again.
  void change_settings(const std::string& place, const std::string& from, const std::string& to);
  // Starts a place that is to refuse to run: what it said before it ended.
  std::string refusal_to_start(const std::string& place);
  // Runs one of the installation's commands in its directory, e.g. {"madoguchi-registry", "suppress", …}.
  std::string command(const outside::Words& words);

  // Places that were started, not stopped, and run no more.
  std::vector<std::string> ended_by_themselves();

  // The issuer's ledger, as its program left it.
  std::vector<ledger::IssuanceRow> ledger_rows();
  std::size_t released();  // how many of them were confirmed

 private:
  outside::Words words_for(const std::string& place, const std::string& settings) const;
  void make(const std::string& holder);

  outside::TemporaryDirectory directory_;
  int reserved_ = -1;  // a socket on the base port: nobody else takes this block of ports
  int port_ = 0;
  int issuers_seen_ = 0;
  std::map<std::string, std::string> replaced_;
  std::string resident_;
  std::vector<v1::Kind> kinds_{v1::KIND_RESIDENCE_CERTIFICATE};
  std::size_t applied_for_ = 0;
  std::map<std::string, std::unique_ptr<outside::Process>> places_;
  std::unique_ptr<card::Reader> reader_;
};

}  // namespace mado::chain_tests
