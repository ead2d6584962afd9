// The bytes that stand in for X.509, CMS and OCSP: fixed fields, one after the other, and a code over them at the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/instant.hpp"

namespace mado::simulator::stand_in {

enum class Form : std::uint8_t { certificate = 'C', statement = 'S', envelope = 'E', question = 'Q', answer = 'A' };
enum class Usage : std::uint8_t { authority = 1, pinned = 2, device = 3, card = 4, session = 5 };

inline constexpr std::size_t code_size = 16;

class Writer {
 public:
  explicit Writer(Form form) { bytes_.push_back(static_cast<std::uint8_t>(form)); }
  Writer& octet(std::uint8_t value);
  Writer& number(std::uint64_t value);
  Writer& block(ByteView bytes);  // with its length
  Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

// Reads in the same order; `good` once everything was there and nothing is left.
class Reader {
 public:
  Reader(ByteView bytes, Form form);
  std::uint8_t octet();
  std::uint64_t number();
  ByteView block();
  ByteView code();  // the last code_size bytes
  bool good() const { return good_ && rest_.empty(); }

 private:
  ByteView take(std::size_t size);
  ByteView rest_;
  bool good_;
};

// Begins as a DER certificate of its length does (30 82 hi lo), which is how a card's reader knows where it ends.
struct Certificate {
  Usage usage{};
  std::uint64_t key = 0;
  std::uint64_t issuer = 0;
  Instant not_before;
  Instant not_after;
  std::string common_name;
  std::string subject_serial;
  ByteView code;  // into the bytes that were read

  static std::optional<Certificate> read(ByteView bytes);
  // Everything but the code.
  Bytes written() const;
};

}  // namespace mado::simulator::stand_in
