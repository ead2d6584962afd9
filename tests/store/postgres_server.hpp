// A PostgreSQL server of the test program's own: made in a temporary directory, reached over a unix socket, gone with
// the program.
#pragma once

#include <string>

namespace mado::store_tests {

// The address of a fresh, empty database. The server is started by the first call and ends with the program.
std::string fresh_database();

// Ends the server with every connection to it, and starts it again over the same files.
void restart_server();

}  // namespace mado::store_tests
