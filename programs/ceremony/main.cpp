// madoguchi-ceremony: makes every key, certificate and roster that an installation needs. Run offline.
#include "commands.hpp"
#include "operation/program.hpp"

int main(int argc, char** argv) {
  using namespace mado;
  const std::vector<operation::Command> commands{
      {"line", "A closed line's authority and its members", ceremony::make_line},
      {"kiosk-authority", "The authority for kiosks", ceremony::make_kiosk_authority},
      {"kiosk", "A kiosk's device key", ceremony::make_kiosk},
      {"city", "A city's statement and receiving keys", ceremony::make_city},
      {"center", "A center's statement key", ceremony::make_center},
      {"roster-keys", "The three keys of the roster", ceremony::make_roster_keys},
      {"roster", "A roster, signed by two of the three keys", ceremony::make_roster},
  };
  return operation::run_commands(argc, argv, "madoguchi-ceremony", "Makes the keys and the roster of an installation",
                                 commands);
}
