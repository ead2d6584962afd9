#include "center/edge/center_place.hpp"

int main(int argc, char** argv) {
  return mado::operation::run_program(
      argc, argv,
      {"madoguchi-center", "The center (証明書交付センター): checks the card, asks the city, stays blind.",
       mado::center::start_center});
}
