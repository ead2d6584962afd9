#include "center/edge/kiosk_register.hpp"

#include "operation/settings.hpp"

namespace mado::center {

Outcome<std::map<std::string, RegisteredKiosk>> read_kiosk_register(const std::filesystem::path& file) {
  MADO_TRY(settings, operation::Settings::load(file));
  std::map<std::string, RegisteredKiosk> kiosks;
  for (std::size_t i = 0; i < settings.count("kiosk"); ++i) {
    const auto at = "kiosk[" + std::to_string(i) + "]";
    const auto name = settings.text(at + ".name");
    settings.text(at + ".store");
    if (settings.texts(at + ".maintenance").empty())
      settings.complain(at + ".maintenance", "must name at least one person");
    if (!application::is_kiosk_name(name)) settings.complain(at + ".name", "must be 1 to 32 of A-Z, 0-9 and -");
    RegisteredKiosk kiosk{settings.text(at + ".operator"), settings.text(at + ".responsible"),
                          settings.flag(at + ".blocked", false)};
    if (!kiosks.emplace(name, std::move(kiosk)).second) settings.complain(at + ".name", "stands here twice");
  }
  MADO_CHECK(settings.finish());
  return kiosks;
}

}  // namespace mado::center
