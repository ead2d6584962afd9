// Key material, certificates and rosters on disk: read whole within a bound; a key is written once and never over
// something, what is renewed is replaced whole.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/bytes.hpp"
#include "base/crash_point.hpp"
#include "base/refusal.hpp"

namespace mado::trust {

// The whole file. Refusal: configuration_invalid, naming the file, if it cannot be read or has more than `most` bytes.
Outcome<Bytes> read_file(const std::filesystem::path& file, std::size_t most);

enum class Secrecy { open, secret };  // mode 0644, 0600

// Makes the directory and those above it that are missing (0700); their names are synced. Refusal: storage_failed.
Outcome<void> make_directory(const std::filesystem::path& directory);

// Creates the file and its directory (0700), syncs both: it is there whole, or not at all. Refusal: storage_failed;
// also if the file exists already.
Outcome<void> write_new_file(CrashPoint point, const std::filesystem::path& file, ByteView bytes, Secrecy secrecy);

// Puts `bytes` in the file's place: who opens it sees the old content or the new one, also after a loss of power.
// Synced when it returns. Refusal: storage_failed; the old content is then still there.
Outcome<void> replace_file(CrashPoint point, const std::filesystem::path& file, ByteView bytes, Secrecy secrecy);

// Writes random bytes over the whole of a file, where it lies, and syncs them: before the name of a key is removed.
// What a file system or a disk keeps of the old content elsewhere is not reached. Refusal: storage_failed.
Outcome<void> overwrite_file(CrashPoint point, const std::filesystem::path& file);

// Removes the name, if it is there, and syncs the directory. Refusal: storage_failed.
Outcome<void> remove_file(CrashPoint point, const std::filesystem::path& file);

// Syncs what somebody else wrote, and the name under which it lies. Refusal: storage_failed.
Outcome<void> sync_file(const std::filesystem::path& file);

// Refuses, with configuration_invalid, a file that its group or others may read.
Outcome<void> check_private(const std::filesystem::path& file);

}  // namespace mado::trust
