// Cards for many residents at once, as madoguchi-card and madoguchi-jpki make one: a 利用者証明用 key and certificate
// of its own for each. The 署名用 key, which no kiosk asks for, is the same on all, and has no certificate.
//   bench_cards --jpki DIR --city CODE --residents FILE --out DIR
// FILE: a person a line, number and day of birth, then 1 for whoever is known here by the 戸籍 alone, separated by
// tabs. DIR/NUMBER.state, DIR/NUMBER.der, DIR/cards.csv for madoguchi-registry load.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "card/virtual_card/rsa_key.hpp"
#include "card/virtual_card/state_file.hpp"
#include "jpki/edge/authority.hpp"
#include "operation/arguments.hpp"
#include "operation/program.hpp"
#include "trust/file.hpp"

namespace mado::bench {
namespace {

namespace files = std::filesystem;
constexpr std::string_view pin = "1234";
constexpr std::string_view signature_pin = "ABC123";

struct Holder {
  std::string number;
  Day born;
  std::string register_only;  // "1", or empty
};

Outcome<std::vector<Holder>> read_holders(const files::path& file) {
  std::ifstream lines(file);
  std::vector<Holder> holders;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string born;
    Holder holder;
    words >> holder.number >> born >> holder.register_only;
    const auto day = parse_day(born);
    if (!day) return refuse(Reason::input_invalid, fmt::format("{}: \"{}\" is no day", file.string(), born));
    holder.born = *day;
    holders.push_back(std::move(holder));
  }
  if (holders.empty()) return refuse(Reason::input_invalid, file.string() + " names nobody");
  return holders;
}

Outcome<std::vector<card::RsaKey>> make_keys(std::size_t count) {
  std::vector<std::optional<card::RsaKey>> made(count);
  {
    std::vector<std::jthread> threads;
    const std::size_t workers = std::max(std::thread::hardware_concurrency(), 1U);
    for (std::size_t worker = 0; worker < workers; ++worker) {
      threads.emplace_back([&made, worker, workers] {
        for (std::size_t i = worker; i < made.size(); i += workers) {
          if (auto key = card::RsaKey::generate(2048)) made[i].emplace(std::move(*key));
        }
      });
    }
  }
  std::vector<card::RsaKey> keys;
  for (auto& key : made) {
    if (!key) return refuse(Reason::internal, "a key could not be made");
    keys.push_back(std::move(*key));
  }
  return keys;
}

card::SlotMemory slot_of(const card::RsaKey& key, std::string_view secret, std::uint8_t tries) {
  card::SlotMemory slot;
  slot.pin = Sensitive{std::string(secret)};
  slot.tries = tries;
  slot.key = key.private_der();
  return slot;
}

struct Making {
  std::string jpki;
  std::string city;
  std::string residents;
  std::string out;
};

Outcome<void> make(const Making& asked) {
  MADO_TRY(holders, read_holders(asked.residents));
  MADO_TRY(keys, make_keys(holders.size() + 1));
  const auto& signature_key = keys.back();
  MADO_TRY(authority, jpki::CertificateAuthority::open(asked.jpki));
  const auto authority_file = jpki::generation_files(asked.jpki, jpki::Kind::authentication, 1).certificate;
  MADO_TRY(authority_certificate, trust::X509Certificate::load_either(authority_file));
  const files::path out{asked.out};
  std::error_code error;
  files::create_directories(out, error);
  std::ofstream list(out / "cards.csv", std::ios::binary);
  list << "発行者鍵,シリアル番号,公開鍵ダイジェスト,対象者番号,戸籍のみ\r\n";
  for (std::size_t i = 0; i < holders.size(); ++i) {
    jpki::Municipality municipality;
    municipality.code = asked.city;
    MADO_TRY(certificate, authority->issue(jpki::AuthenticationRequest{keys[i].public_der(), municipality,
                                                                       holders[i].born, *parse_day("2099-12-31")},
                                           operation::now()));
    card::CardMemory memory{slot_of(keys[i], pin, card::jpki::authentication.tries),
                            slot_of(signature_key, signature_pin, card::jpki::signature.tries)};
    memory.authentication.certificate = certificate.der();
    memory.authentication.authority = authority_certificate.der();
    MADO_TRY(state, card::StateFile::claim(out / (holders[i].number + ".state")));
    MADO_CHECK(state->write("bench"_point, memory));
    MADO_CHECK(trust::write_new_file("bench"_point, out / (holders[i].number + ".der"), certificate.der(),
                                     trust::Secrecy::open));
    const auto& facts = certificate.facts();
    list << fmt::format("{},{},{},{},{}\r\n", to_hex(facts.authority_key_id), to_hex(facts.serial),
                        to_hex(facts.public_key_digest), holders[i].number, holders[i].register_only);
  }
  list.close();
  if (!list) return refuse(Reason::storage_failed, "cards.csv cannot be written");
  return {};
}

}  // namespace
}  // namespace mado::bench

int main(int argc, char** argv) {
  mado::bench::Making asked;
  mado::operation::Arguments arguments("bench_cards", "Makes a card for each of many residents.");
  arguments.required("--jpki", asked.jpki, "The card authority's directory");
  arguments.required("--city", asked.city, "団体コード");
  arguments.required("--residents", asked.residents, "Whose: number and day of birth, a line each");
  arguments.required("--out", asked.out, "Where they are laid");
  if (const auto code = arguments.parse({argv + 1, argv + argc})) return *code;
  return mado::operation::exit_code("bench_cards", mado::bench::make(asked));
}
