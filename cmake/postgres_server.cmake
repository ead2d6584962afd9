# madoguchi_postgres_test(NAME store_postgres SOURCES ... USES ...): a test program over a PostgreSQL server that it starts itself.
# One entry of CTest, so that its cases share one server.
file(GLOB postgres_folders LIST_DIRECTORIES true /usr/lib/postgresql/*/bin)
find_program(MADOGUCHI_POSTGRES postgres HINTS ${postgres_folders} REQUIRED)

function(madoguchi_postgres_test)
  find_package(PostgreSQL REQUIRED)
  get_filename_component(programs ${MADOGUCHI_POSTGRES} DIRECTORY)
  cmake_parse_arguments(TEST "" "NAME" "SOURCES;USES;LINKS" ${ARGN})
  set(target "test_${TEST_NAME}")
  add_executable(${target} ${TEST_SOURCES} ${CMAKE_SOURCE_DIR}/tests/store/postgres_server.cpp
                 ${CMAKE_SOURCE_DIR}/tests/store/on_postgres.cpp)
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/tests)
  list(TRANSFORM TEST_USES PREPEND madoguchi_)
  target_link_libraries(${target} PRIVATE ${TEST_USES} madoguchi_warnings gtest gmock gtest_main Threads::Threads
                        PostgreSQL::PostgreSQL ${TEST_LINKS})
  target_compile_definitions(${target} PRIVATE MADOGUCHI_POSTGRES_PROGRAMS="${programs}"
                             MADOGUCHI_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_test(NAME ${TEST_NAME} COMMAND ${target})
  set_tests_properties(${TEST_NAME} PROPERTIES LABELS unit TIMEOUT 300)
endfunction()
