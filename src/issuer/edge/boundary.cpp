#include "issuer/edge/boundary.hpp"

#include <algorithm>
#include <array>

namespace mado::issuer {

namespace {
constexpr std::array<std::string_view, 3> allowed_connections{"transfer", "residents", "taxation"};

struct Forbidden {
  std::string_view name;  // as a table of the settings, or the first label of a peer's name
  std::string_view system;
};
constexpr std::array forbidden{
    Forbidden{"information-network", "情報提供ネットワークシステム"},
    Forbidden{"office-link", "庁内連携システム"},
    Forbidden{"juki-net", "住民基本台帳ネットワークシステム"},
    Forbidden{"addressee", "宛名システム等"},
    Forbidden{"intermediate-server", "中間サーバー"},
};
}  // namespace

void check_boundary(operation::Settings& settings) {
  for (const auto& table : settings.keys("")) {
    const bool connects =
        settings.has(table + ".target") || settings.has(table + ".connect") || settings.has(table + ".peer");
    if (!connects || std::ranges::find(allowed_connections, table) != allowed_connections.end()) continue;
    settings.complain(
        table,
        "would connect the issuer to another system; it is connected to its transfer server, the residents' register "
        "and the tax register, and to nothing else (S20)");
  }
  for (const auto connection : allowed_connections) {
    const auto key = std::string(connection) + ".peer";
    const auto peer = settings.has(key) ? settings.text(key) : "";
    for (const auto& system : forbidden) {
      if (!peer.starts_with(std::string(system.name) + ".")) continue;
      settings.complain(key, "names " + std::string(system.system) + ", which the issuer must never reach (S20)");
    }
  }
}

}  // namespace mado::issuer
