# QPDF 11's JSON.hh defines, within the class JSON, the destructor of a struct that holds a std::vector<JSON>. Since C++20 a
# vector's destructor is constexpr, and clang then looks at it at once, while JSON is not complete; g++ waits. clang is given
# a copy of the header that only declares that destructor: nothing of ours calls it, and libqpdf has its own.
function(madoguchi_qpdf_for_clang target)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    return()
  endif()
  find_path(QPDF_HEADERS qpdf/JSON.hh REQUIRED)
  file(READ ${QPDF_HEADERS}/qpdf/JSON.hh header)
  string(REPLACE "virtual ~JSON_array() = default;" "virtual ~JSON_array();" header "${header}")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/for_clang/qpdf/JSON.hh CONTENT "${header}" @ONLY)
  target_include_directories(${target} SYSTEM BEFORE PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/for_clang)
endfunction()
