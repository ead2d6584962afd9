# How a folder of src/ and its tests are declared. One way, so that the declarations can be read at a glance.
#
#   madoguchi_part(NAME trust SOURCES a.cpp b.cpp USES base operation LINKS OpenSSL::Crypto)
#     a static library `madoguchi_trust` from src/trust; USES names other parts (public), LINKS names outside libraries
#     (private: their headers stay inside the part's own files).
#
#   madoguchi_test(NAME trust SOURCES a_test.cpp USES trust [LABELS end-to-end] [LINKS ...] [TIMEOUT seconds])
#     a GoogleTest program whose cases are registered one by one with CTest.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)

function(madoguchi_part)
  cmake_parse_arguments(PART "" "NAME" "SOURCES;USES;LINKS" ${ARGN})
  string(REPLACE "/" "_" target "madoguchi_${PART_NAME}")
  add_library(${target} STATIC ${PART_SOURCES})
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  foreach(used IN LISTS PART_USES)
    string(REPLACE "/" "_" used_target "madoguchi_${used}")
    target_link_libraries(${target} PUBLIC ${used_target})
  endforeach()
  target_link_libraries(${target} PRIVATE madoguchi_warnings ${PART_LINKS})
endfunction()

include(GoogleTest)
function(madoguchi_test)
  cmake_parse_arguments(TEST "" "NAME;TIMEOUT" "SOURCES;USES;LINKS;LABELS" ${ARGN})
  string(REPLACE "/" "_" target "test_${TEST_NAME}")
  add_executable(${target} ${TEST_SOURCES})
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
  foreach(used IN LISTS TEST_USES)
    string(REPLACE "/" "_" used_target "madoguchi_${used}")
    target_link_libraries(${target} PRIVATE ${used_target})
  endforeach()
  target_link_libraries(${target} PRIVATE madoguchi_warnings gtest gmock gtest_main Threads::Threads ${TEST_LINKS})
  target_compile_definitions(${target} PRIVATE MADOGUCHI_SOURCE_DIR="${CMAKE_SOURCE_DIR}" MADOGUCHI_BINARY_DIR="${CMAKE_BINARY_DIR}")
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 120)
  endif()
  if(NOT TEST_LABELS)
    set(TEST_LABELS unit)
  endif()
  gtest_discover_tests(${target} TEST_PREFIX "${TEST_NAME}." DISCOVERY_MODE PRE_TEST
                       PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABELS}")
endfunction()

#   madoguchi_program(NAME center USES center/edge)
#     the program `madoguchi-center` from main.cpp, in the build's bin folder. It wipes what it frees (operation/wiping_free.hpp).
function(madoguchi_program)
  cmake_parse_arguments(PROGRAM "" "NAME" "SOURCES;USES;LINKS" ${ARGN})
  set(target "madoguchi-${PROGRAM_NAME}")
  add_executable(${target} main.cpp ${PROGRAM_SOURCES} $<TARGET_OBJECTS:madoguchi_wiping_free>)
  foreach(used IN LISTS PROGRAM_USES)
    string(REPLACE "/" "_" used_target "madoguchi_${used}")
    target_link_libraries(${target} PRIVATE ${used_target})
  endforeach()
  target_link_libraries(${target} PRIVATE madoguchi_warnings Threads::Threads ${PROGRAM_LINKS})
endfunction()
