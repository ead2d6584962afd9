#include "relay/edge/relay_place.hpp"

int main(int argc, char** argv) {
  return mado::operation::run_program(
      argc, argv,
      {"madoguchi-relay", "The store operator's relay (ECセンター), or a city's transfer server (転送サーバ).",
       mado::relay::start_relay});
}
