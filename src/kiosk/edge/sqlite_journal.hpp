// The kiosk's journal in one SQLite file: what is recorded is on the disk when the call returns.
#pragma once

#include <filesystem>
#include <memory>

#include "kiosk/core/journal.hpp"

namespace mado::kiosk {

// Thread-safe. Refusal: journal_unwritable.
Outcome<std::unique_ptr<Journal>> open_journal(const std::filesystem::path& file);

// Staff have dealt with a refund case. Refusal: input_invalid if there is no open case of this issuance.
Outcome<void> close_case(const std::filesystem::path& file, const Id& issuance);

}  // namespace mado::kiosk
