# What the sanitizers are told at run time. CTest reads CTestCustom.cmake when it starts, and hands its environment to every
# test, and so to every program that a test starts. Some of those are started with a library of the test's own before all
# others (a clock set back, a full disk): hence no check of the order.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/CTestCustom.cmake CONTENT [[
set(ENV{TSAN_OPTIONS} "suppressions=@CMAKE_SOURCE_DIR@/cmake/tsan.suppressions:halt_on_error=1:second_deadlock_stack=1:ignore_noninstrumented_modules=1:$ENV{TSAN_OPTIONS}")
set(ENV{ASAN_OPTIONS} "verify_asan_link_order=0:detect_stack_use_after_return=1:strict_string_checks=1:$ENV{ASAN_OPTIONS}")
set(ENV{UBSAN_OPTIONS} "print_stacktrace=1:$ENV{UBSAN_OPTIONS}")
]] @ONLY)
