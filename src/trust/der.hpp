// A strict reader of DER (ITU-T X.690): definite lengths in their shortest form, nothing left over. Used to check the
// shape of a message before OpenSSL parses it; OpenSSL is more generous than the chain may be (chain rule 1).
#pragma once

#include <initializer_list>
#include <optional>

#include "base/bytes.hpp"
#include "trust/der_tag.hpp"

namespace mado::trust {

// A cursor over one constructed value's content. After the first thing that does not fit, `ok()` is false for good and
// everything read is empty, so that a caller may read in a row and ask once.
class DerReader {
 public:
  explicit DerReader(ByteView content) : rest_(content) {}

  // The content of the next element, which must have `tag`.
  ByteView take(std::uint8_t tag);
  DerReader enter(std::uint8_t tag);
  // The next element with its tag and length.
  ByteView take_whole(std::uint8_t tag);
  // True if the next element has `tag`.
  bool next_is(std::uint8_t tag) const { return ok_ && !rest_.empty() && rest_[0] == tag; }
  void expect(std::uint8_t tag, ByteView content);
  void expect_end();
  void fail() {
    ok_ = false;
    rest_ = {};
  }

  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  ByteView rest_;
  bool ok_ = true;
};

}  // namespace mado::trust
