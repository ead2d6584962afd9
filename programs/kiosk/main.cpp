#include "kiosk/edge/kiosk_place.hpp"

int main(int argc, char** argv) {
  using namespace mado;
  return operation::run_program(argc, argv,
                                {"madoguchi-kiosk", "The kiosk in a store (キオスク端末).", kiosk::start_kiosk},
                                {kiosk::cases_command(), kiosk::close_case_command(), kiosk::reconcile_command()});
}
