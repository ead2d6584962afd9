// The kiosk's journal as a restart finds it: a file that a failing disk, or a hand, has changed.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "fuzz/examine.hpp"
#include "kiosk/edge/sqlite_journal.hpp"

namespace mado::fuzz {

namespace {
// In memory where the machine has a file system for it.
std::filesystem::path directory() {
  const std::filesystem::path shared = "/dev/shm";
  const auto under = std::filesystem::is_directory(shared) ? shared : std::filesystem::temp_directory_path();
  auto name = (under / "madoguchi-fuzz-XXXXXX").string();
  claim(mkdtemp(name.data()) != nullptr, "there is a temporary directory");
  return name;
}

struct Folder {
  std::filesystem::path path = directory();
  Folder() = default;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path); }
};

void claim_whole(const Outcome<std::vector<kiosk::JournalEntry>>& entries) {
  if (!entries) return claim_is_explained(entries.error());
  for (const auto& entry : *entries) {
    claim(!entry.issuance.empty(), "a line of the journal names its issuance");
    claim(entry.step >= kiosk::JournalStep::accepting && entry.step <= kiosk::JournalStep::settled, "a step is one");
    claim(entry.ending <= 4, "an ending is one of the contract's");
  }
}
}  // namespace

void examine(ByteView input) {
  static const Folder folder;
  const auto file = folder.path / "journal.db";
  for (const auto* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + suffix);
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(input.data()), static_cast<std::streamsize>(input.size()));
  auto journal = kiosk::open_journal(file);
  if (!journal) return claim_is_explained(journal.error());
  claim_whole((*journal)->unsettled());
  claim_whole((*journal)->unreported(16));
  claim_whole((*journal)->open_cases());
  if (const auto totals = (*journal)->totals(); !totals) claim_is_explained(totals.error());
}

}  // namespace mado::fuzz
