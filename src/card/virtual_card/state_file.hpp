// A virtual card's memory as a file: readable by its owner only (0600), replaced whole, synced before a write returns.
// It holds PINs and private keys in the clear, as a card's chip does: it is a card, and is kept like one.
#pragma once

#include <filesystem>
#include <memory>

#include "card/virtual_card/memory.hpp"

namespace mado::card {

class StateFile : public MemoryPort {
 public:
  // Takes the file for this process alone, until destroyed (a lock on FILE.lock), whether it exists or not.
  // Refusal: storage_failed if another process has it or the directory cannot be written.
  static Outcome<std::unique_ptr<StateFile>> claim(const std::filesystem::path& file);
  ~StateFile() override;

  bool exists() const;
  // Refusals: storage_failed if it cannot be read; input_invalid if it is no card's memory or > 64 KiB.
  Outcome<CardMemory> read() const;
  // After a crash at any point the file holds the memory before or after, never a mixture.
  Outcome<void> write(CrashPoint point, const CardMemory& memory) override;

 private:
  StateFile(std::filesystem::path file, int lock);
  std::filesystem::path file_;
  int lock_;
};

// The text form: a version line, then one "name value" a line, bytes in hexadecimal.
Sensitive<std::string> text_of(const CardMemory& memory);
Outcome<CardMemory> memory_from(const Sensitive<std::string>& text);

}  // namespace mado::card
