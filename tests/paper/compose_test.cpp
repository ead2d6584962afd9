#include "tests/paper/specimen.hpp"
