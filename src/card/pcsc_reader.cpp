#include "card/pcsc_reader.hpp"

#include <fmt/format.h>
#include <winscard.h>

#include <chrono>
#include <cstring>
#include <optional>

namespace mado::card {

namespace {
constexpr std::size_t largest_answer = 65538;  // bytes: 65,536 and the status
constexpr std::chrono::milliseconds longest_between_looks{2000};

std::string text_of(LONG code) {
  return fmt::format("{} ({:#010x})", pcsc_stringify_error(code), static_cast<std::uint32_t>(code));
}

// The card left the reader, or lost its power and with it every verified PIN.
bool is_removal(LONG code) {
  return code == SCARD_W_REMOVED_CARD || code == SCARD_E_NO_SMARTCARD || code == SCARD_W_RESET_CARD ||
         code == SCARD_W_UNPOWERED_CARD || code == SCARD_E_INVALID_HANDLE;
}

bool is_service_gone(LONG code) {
  return code == SCARD_E_NO_SERVICE || code == SCARD_E_SERVICE_STOPPED || code == SCARD_F_COMM_ERROR;
}
}  // namespace

struct PcscReader::Inside {
  PcscSettings settings;
  std::optional<SCARDCONTEXT> context;
  std::optional<SCARDHANDLE> card;
  DWORD protocol = 0;

  ~Inside() {
    disconnect();
    release();
  }

  void disconnect() {
    if (card) SCardDisconnect(*card, SCARD_RESET_CARD);
    card.reset();
  }

  void release() {
    if (context) SCardReleaseContext(*context);
    context.reset();
  }

  Refusal fail(std::string_view call, LONG code) {
    if (is_service_gone(code)) {
      card.reset();
      release();
    }
    return {is_removal(code) ? Reason::card_removed_early : Reason::card_no_answer,
            fmt::format("{}: {}", call, text_of(code))};
  }

  Outcome<void> establish() {
    if (context && SCardIsValidContext(*context) == SCARD_S_SUCCESS) return {};
    release();
    SCARDCONTEXT fresh = 0;
    const LONG code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &fresh);
    if (code != SCARD_S_SUCCESS) return std::unexpected(fail("SCardEstablishContext", code));
    context = fresh;
    return {};
  }

  // The chosen reader's name, if it is there now.
  Outcome<std::string> reader_name() {
    MADO_CHECK(establish());
    std::string names;
    DWORD size = 0;
    LONG code = SCardListReaders(*context, nullptr, nullptr, &size);
    if (code == SCARD_S_SUCCESS) {
      names.resize(size);
      code = SCardListReaders(*context, nullptr, names.data(), &size);
    }
    if (code != SCARD_S_SUCCESS) return std::unexpected(fail("SCardListReaders", code));
    // One name after another, each with a zero, and an empty one at the end.
    for (const char* name = names.c_str(); *name != '\0'; name += std::strlen(name) + 1) {
      if (settings.reader.empty() || settings.reader == name) return std::string(name);
    }
    return refuse(Reason::card_no_answer, "no reader is called \"" + settings.reader + "\"");
  }

  Outcome<bool> is_present() { return waits_until(true, std::chrono::milliseconds{0}); }

  // Whether the card lies there, or does not, as `wanted`, now or before `limit` has passed.
  Outcome<bool> waits_until(bool wanted, std::chrono::milliseconds limit) {
    MADO_TRY(name, reader_name());
    SCARD_READERSTATE state{};
    state.szReader = name.c_str();
    state.dwCurrentState = SCARD_STATE_UNAWARE;
    const auto deadline = std::chrono::steady_clock::now() + limit;
    auto left = std::chrono::milliseconds{0};  // the first look does not wait
    for (;;) {
      const LONG code = SCardGetStatusChange(*context, static_cast<DWORD>(left.count()), &state, 1);
      if (code != SCARD_S_SUCCESS && code != SCARD_E_TIMEOUT)
        return std::unexpected(fail("SCardGetStatusChange", code));
      if (((state.dwEventState & SCARD_STATE_PRESENT) != 0) == wanted) return true;
      left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
      if (left.count() <= 0) return false;
      state.dwCurrentState = state.dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
    }
  }

  Outcome<Bytes> connect() {
    disconnect();
    MADO_TRY(name, reader_name());
    SCARDHANDLE handle = 0;
    const DWORD mode = settings.exclusive ? SCARD_SHARE_EXCLUSIVE : SCARD_SHARE_SHARED;
    const LONG code =
        SCardConnect(*context, name.c_str(), mode, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &handle, &protocol);
    if (code != SCARD_S_SUCCESS) return std::unexpected(fail("SCardConnect", code));
    card = handle;
    return atr();
  }

  Outcome<Bytes> atr() {
    Bytes bytes(MAX_ATR_SIZE);
    DWORD size = bytes.size();
    const LONG code = SCardStatus(*card, nullptr, nullptr, nullptr, nullptr, bytes.data(), &size);
    if (code != SCARD_S_SUCCESS) return std::unexpected(fail("SCardStatus", code));
    bytes.resize(size);
    return bytes;
  }

  Outcome<Bytes> exchange(ByteView command) {
    const auto* header = protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
    Bytes answer(largest_answer);
    DWORD size = answer.size();
    const LONG code = SCardTransmit(*card, header, command.data(), command.size(), nullptr, answer.data(), &size);
    if (code != SCARD_S_SUCCESS) return std::unexpected(after_failed_transmit(code));
    answer.resize(size);
    if (size < 2) return refuse(Reason::card_answer_unreadable, "an answer without status bytes");
    return answer;
  }

  // pcscd notices that a card was lifted only at its next look, after the command has failed: wait for that look.
  Refusal after_failed_transmit(LONG code) {
    auto refusal = fail("SCardTransmit", code);
    if (refusal.reason == Reason::card_no_answer && waits_until(false, longest_between_looks).value_or(false)) {
      refusal.reason = Reason::card_removed_early;
    }
    return refusal;
  }
};

PcscReader::PcscReader(PcscSettings settings) : inside_(std::make_unique<Inside>()) {
  inside_->settings = std::move(settings);
}
PcscReader::~PcscReader() = default;

Outcome<bool> PcscReader::card_present() { return inside_->is_present(); }

Outcome<bool> PcscReader::wait_until(bool present, std::chrono::milliseconds limit) {
  return inside_->waits_until(present, limit);
}

Outcome<Bytes> PcscReader::power_on() { return inside_->connect(); }

Outcome<Bytes> PcscReader::transmit(ByteView command) {
  if (!inside_->card) return refuse(Reason::card_removed_early, "the card is not powered");
  return inside_->exchange(command);
}

void PcscReader::power_off() { inside_->disconnect(); }

}  // namespace mado::card
