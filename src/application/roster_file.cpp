#include "application/roster_file.hpp"

#include "trust/file.hpp"
#include "trust/openssl_cryptography.hpp"

namespace mado::application {

namespace {
constexpr std::size_t largest_roster = 4 * 1024 * 1024;
}

Outcome<PinnedRoster> load_roster(const RosterFiles& files, std::string_view setting, trust::Cryptography& crypto,
                                  Instant now) {
  PinnedRoster pinned;
  for (const auto& file : files.authorities) {
    MADO_TRY(authority, trust::load_certificate(file));
    pinned.authorities.push_back(std::move(authority));
  }
  MADO_TRY(signed_roster, trust::read_file(files.roster, largest_roster));
  pinned.signed_roster = std::move(signed_roster);
  auto book = RosterBook::read(crypto, pinned.signed_roster, pinned.authorities, files.lowest_version, now);
  if (!book)
    return refuse(book.error().reason, "setting \"" + std::string(setting) + "\": " + std::move(book.error().cause));
  pinned.book = std::make_shared<const RosterBook>(std::move(*book));
  return pinned;
}

}  // namespace mado::application
