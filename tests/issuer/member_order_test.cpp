#include "tests/issuer/households.hpp"
