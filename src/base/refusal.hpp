// Why something was not done: a stable code for machines, a sentence for the citizen in each language, and the cause
// for staff. The table of reasons is base/reasons.def; README and the kiosk's help pages are made from the same table.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mado {

enum class Reason {
#define REASON(name, ja, en) name,
#include "base/reasons.def"
#undef REASON
};

struct Refusal {
  Reason reason;
  // For staff and logs: what was seen. Never personal data, never a secret.
  std::string cause;
};

template <typename T>
using Outcome = std::expected<T, Refusal>;

inline std::unexpected<Refusal> refuse(Reason reason, std::string cause) {
  return std::unexpected(Refusal{reason, std::move(cause)});
}

// "card_revoked"
std::string_view code_of(Reason reason);
std::optional<Reason> reason_of(std::string_view code);
// One or two plain sentences for the citizen. `language` is "ja" or "en"; any other gives English.
std::string_view sentence_of(Reason reason, std::string_view language);
// Every reason of the table, in its order.
const std::vector<Reason>& all_reasons();

}  // namespace mado

// MADO_TRY(name, expression): unwraps an Outcome into `name`, or returns its refusal from the enclosing function.
// MADO_CHECK(expression): the same for an Outcome<void> or when the value is not wanted.
// MADO_CO_TRY / MADO_CO_CHECK: the same inside a coroutine.
#define MADO_TRY(name, ...)                                                             \
  auto name##_or_refusal = (__VA_ARGS__);                                               \
  if (!name##_or_refusal) return std::unexpected(std::move(name##_or_refusal.error())); \
  auto name = std::move(*name##_or_refusal)
#define MADO_CHECK(...) \
  if (auto checked_ = (__VA_ARGS__); !checked_) return std::unexpected(std::move(checked_.error()))
#define MADO_CO_TRY(name, ...)                                                             \
  auto name##_or_refusal = (__VA_ARGS__);                                                  \
  if (!name##_or_refusal) co_return std::unexpected(std::move(name##_or_refusal.error())); \
  auto name = std::move(*name##_or_refusal)
#define MADO_CO_CHECK(...) \
  if (auto checked_ = (__VA_ARGS__); !checked_) co_return std::unexpected(std::move(checked_.error()))
