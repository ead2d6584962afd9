# Warnings are errors in our own code; generated code includes this file's settings without them.
add_library(madoguchi_warnings INTERFACE)
target_compile_options(madoguchi_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                       -Wnon-virtual-dtor -Woverloaded-virtual -Werror)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 at -O2 takes the growth of a vector for an overflow (its bugs 105329, 105651, 107852); the sanitizers look instead.
  target_compile_options(madoguchi_warnings INTERFACE -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread -Wno-restrict)
endif()

find_program(MOLD_LINKER mold)
if(MOLD_LINKER AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
elseif(MOLD_LINKER)
  add_link_options(--ld-path=${MOLD_LINKER})
endif()

# No path of the machine that built it in what is shipped. Elsewhere it would only keep ccache from sharing between trees.
option(MADOGUCHI_REPRODUCIBLE "Leave the source tree's path out of what is built" OFF)
if(MADOGUCHI_REPRODUCIBLE)
  add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
endif()
add_compile_options(-fstack-protector-strong)

option(MADOGUCHI_FAULT_POINTS "Let tests kill a program at a named effect; never in what is shipped" OFF)
option(MADOGUCHI_BENCH "Build the benchmarks" OFF)
option(MADOGUCHI_FUZZ "Build the fuzz targets (clang)" OFF)
option(MADOGUCHI_MUTANTS "Build the simulator with the product broken on purpose, once for each mutant" OFF)
