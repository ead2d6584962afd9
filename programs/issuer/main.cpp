#include "issuer/edge/issuer_place.hpp"

int main(int argc, char** argv) {
  using namespace mado;
  return operation::run_program(
      argc, argv,
      {"madoguchi-issuer", "A city's issuing server (証明発行サーバ): composes certificates, keeps none.",
       issuer::start_issuer},
      {issuer::new_epoch_command(), issuer::cases_command(), issuer::load_rules_command(), issuer::list_rules_command(),
       issuer::tax_year_command()});
}
