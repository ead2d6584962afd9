# The build id that every program reports: version and the commit it was built from (`-dirty` if the tree had changes).
find_package(Git QUIET)
set(build_commit "unknown")
if(GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} -C ${CMAKE_SOURCE_DIR} describe --always --dirty --abbrev=12 --exclude=*
                  OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(build_commit "${described}")
  endif()
endif()
set(MADOGUCHI_BUILD_ID "${PROJECT_VERSION}+${build_commit}")
