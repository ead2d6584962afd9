// madoguchi-card: a My Number Card in software, on a reader of its own (仮想カード).
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "card/virtual_card/serving.hpp"
#include "card/virtual_card/state_file.hpp"
#include "control.hpp"
#include "keeping.hpp"
#include "operation/program.hpp"

namespace mado::card {

namespace {
struct CardSettings {
  std::filesystem::path state;
  std::filesystem::path faults;
  std::string control;
  ServingSettings serving;
};

Outcome<CardSettings> read_settings(operation::Settings& settings) {
  CardSettings read;
  read.state = settings.existing_file("card.state");
  read.serving.placed = settings.flag("card.placed", false);
  if (settings.has("card.faults")) read.faults = settings.existing_file("card.faults");
  read.serving.listen = settings.text("direct.listen", "");
  read.serving.connect = settings.text("vpcd.connect", "");
  read.control = settings.text("control.listen");
  if (read.serving.listen.empty() && read.serving.connect.empty()) {
    settings.complain("direct.listen", "or \"vpcd.connect\" must be set: a card needs a reader");
  }
  MADO_CHECK(settings.finish());
  return read;
}

Outcome<Faults> load_faults(const std::filesystem::path& file) {
  if (file.empty()) return Faults{};
  std::ifstream stream(file);
  std::stringstream script;
  script << stream.rdbuf();
  if (!stream) return refuse(Reason::configuration_invalid, fmt::format("{} cannot be read", file.string()));
  return Faults::parse(script.str());
}

class ServedCard : public operation::Running {
 public:
  static Outcome<std::unique_ptr<operation::Running>> start(operation::Settings& settings, operation::Surroundings) {
    MADO_TRY(read, read_settings(settings));
    auto served = std::make_unique<ServedCard>();
    MADO_TRY(faults, load_faults(read.faults));
    read.serving.faults = std::move(faults);
    MADO_TRY(state, StateFile::claim(read.state));
    served->state_ = std::move(state);
    MADO_TRY(memory, served->state_->read());
    MADO_TRY(card, VirtualCard::open(std::move(memory), *served->state_));
    MADO_TRY(serving, Serving::start(std::move(card), std::move(read.serving)));
    served->serving_ = std::move(serving);
    MADO_TRY(control,
             operation::StatusServer::start(
                 read.control, [&serving = *served->serving_](const auto& method, const auto& path, const auto& body) {
                   return answer_control(serving, method, path, body);
                 }));
    served->control_ = std::move(control);
    return served;
  }

 private:
  std::unique_ptr<StateFile> state_;
  std::unique_ptr<Serving> serving_;
  std::unique_ptr<operation::StatusServer> control_;
};
}  // namespace
}  // namespace mado::card

int main(int argc, char** argv) {
  return mado::operation::run_program(
      argc, argv,
      {"madoguchi-card", "A My Number Card in software, on a reader of its own", mado::card::ServedCard::start},
      {{"make", "makes a card: keys and PINs", mado::card::run_make},
       {"install", "puts certificates on a card", mado::card::run_install}});
}
