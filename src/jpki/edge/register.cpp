#include "jpki/edge/register.hpp"

#include "store/database.hpp"

namespace mado::jpki {

namespace {
constexpr std::string_view schema = R"sql(
CREATE TABLE IF NOT EXISTS counter (only INTEGER PRIMARY KEY CHECK (only = 1), next INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS certificate (
  issuer_key BLOB NOT NULL,
  serial BLOB NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  not_after INTEGER NOT NULL,
  reason INTEGER,
  revoked_at INTEGER,
  PRIMARY KEY (issuer_key, serial)
) WITHOUT ROWID;
)sql";

Bytes copy(ByteView view) { return {view.begin(), view.end()}; }

// JPKI numbers all its certificates from one counter of four bytes.
Bytes magnitude(std::int64_t number) {
  Bytes bytes;
  for (; number > 0; number >>= 8) bytes.insert(bytes.begin(), static_cast<std::uint8_t>(number & 0xff));
  return bytes;
}

OcspStanding standing_of(const store::Row& row) {
  OcspStanding standing{true, std::nullopt};
  if (!row.is_null(0))
    standing.revocation = Revocation{static_cast<RevocationReason>(row.integer(0)), Instant{row.integer(1)}};
  return standing;
}
}  // namespace

struct CertificateRegister::Inside {
  std::unique_ptr<store::Database> database;

  Outcome<OcspStanding> standing(ByteView issuer_key, ByteView serial) {
    OcspStanding found;
    MADO_CHECK(database->query("SELECT reason, revoked_at FROM certificate WHERE issuer_key = ? AND serial = ?",
                               {copy(issuer_key), copy(serial)},
                               [&](const store::Row& row) { found = standing_of(row); }));
    return found;
  }

  Outcome<Bytes> next_serial(store::Database::Writer& writer) {
    std::int64_t number = 0;
    MADO_CHECK(writer.run("UPDATE counter SET next = next + 1"));
    MADO_CHECK(
        database->query("SELECT next - 1 FROM counter", {}, [&](const store::Row& row) { number = row.integer(0); }));
    if (number <= 0) return refuse(Reason::storage_failed, "the register has no counter");
    return magnitude(number);
  }
};

CertificateRegister::CertificateRegister(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
CertificateRegister::~CertificateRegister() = default;

Outcome<std::unique_ptr<CertificateRegister>> CertificateRegister::open(const std::filesystem::path& file,
                                                                        std::uint32_t first_serial) {
  MADO_TRY(database, store::Database::open("certificates_opened"_point, file, schema));
  MADO_CHECK(database->write("serials_begun"_point, "INSERT OR IGNORE INTO counter (only, next) VALUES (1, ?)",
                             {static_cast<std::int64_t>(first_serial)}));
  return std::unique_ptr<CertificateRegister>(
      new CertificateRegister(std::make_unique<Inside>(Inside{std::move(database)})));
}

Outcome<void> CertificateRegister::issue(CrashPoint point, const Make& make, Instant at) {
  const std::lock_guard lock(inside_->database->mutex());
  return inside_->database->transaction(point, [&](store::Database::Writer& writer) -> Outcome<void> {
    MADO_TRY(serial, inside_->next_serial(writer));
    MADO_TRY(made, make(serial));
    return writer.run(
        "INSERT INTO certificate (issuer_key, serial, kind, issued_at, not_after) VALUES (?, ?, ?, ?, ?)",
        {made.issuer_key, made.serial, std::string(text_of(made.kind)), at.milliseconds, made.not_after.milliseconds});
  });
}

Outcome<OcspStanding> CertificateRegister::standing(ByteView issuer_key, ByteView serial) {
  const std::lock_guard lock(inside_->database->mutex());
  return inside_->standing(issuer_key, serial);
}

Outcome<Revocation> CertificateRegister::revoke(ByteView issuer_key, ByteView serial, RevocationReason reason,
                                                Instant at) {
  const std::lock_guard lock(inside_->database->mutex());
  Revocation stands;
  MADO_CHECK(inside_->database->transaction(
      "certificate_revoked"_point, [&](store::Database::Writer& writer) -> Outcome<void> {
        MADO_TRY(current, inside_->standing(issuer_key, serial));
        if (!current.known) return refuse(Reason::input_invalid, "no certificate has this serial");
        MADO_TRY(decided, jpki::revoke(current.revocation, reason, at));
        stands = decided;
        return writer.run(
            "UPDATE certificate SET reason = ?, revoked_at = ? WHERE issuer_key = ? AND serial = ?",
            {static_cast<std::int64_t>(decided.reason), decided.at.milliseconds, copy(issuer_key), copy(serial)});
      }));
  return stands;
}

Outcome<Bytes> CertificateRegister::issuer_of(ByteView serial) {
  const std::lock_guard lock(inside_->database->mutex());
  Bytes issuer;
  MADO_CHECK(inside_->database->query("SELECT issuer_key FROM certificate WHERE serial = ?", {copy(serial)},
                                      [&](const store::Row& row) { issuer = row.blob(0); }));
  if (issuer.empty()) return refuse(Reason::input_invalid, "no certificate has this serial");
  return issuer;
}

}  // namespace mado::jpki
