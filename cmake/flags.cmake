# Warnings, hardening and sanitizers. Features are probed, never a distribution's name.
include(CheckCCompilerFlag)

option(BASSIN_SANITIZE "AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(BASSIN_TSAN "ThreadSanitizer" OFF)
option(BASSIN_COVERAGE "line and branch coverage" OFF)
option(BASSIN_WERROR "warnings are errors" OFF)
option(BASSIN_FUZZ "libFuzzer targets (clang)" OFF)

# Guards left out, so that tests can show that each is what saves a run from a hostile plugin:
#   SECCOMP       a worker that enters the sandbox may make any system call (also for valgrind, which knows no seccomp)
#   MEMORY_LIMIT  worker_limits.memory_bytes is not applied
#   TIME_LIMIT    no limit of worker_limits or of a question to a worker ends it
set(BASSIN_GUARDS SECCOMP MEMORY_LIMIT TIME_LIMIT)
set(BASSIN_WITHOUT "" CACHE STRING "guards to leave out, for tests alone: ${BASSIN_GUARDS}")

add_library(bassin_flags INTERFACE)
target_compile_definitions(bassin_flags INTERFACE _GNU_SOURCE)
foreach(guard ${BASSIN_WITHOUT})
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    message(FATAL_ERROR "BASSIN_WITHOUT=${BASSIN_WITHOUT}: a release keeps its guards; use another build type")
  endif()
  if(NOT guard IN_LIST BASSIN_GUARDS)
    message(FATAL_ERROR "BASSIN_WITHOUT: no guard '${guard}'; there are: ${BASSIN_GUARDS}")
  endif()
  target_compile_definitions(bassin_flags INTERFACE BASSIN_WITHOUT_${guard})
endforeach()
target_compile_options(bassin_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-qual -Wundef -Wvla
  -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes -ffp-contract=off -fno-math-errno
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
if(BASSIN_WERROR)
  target_compile_options(bassin_flags INTERFACE -Werror)
endif()
if(BASSIN_SANITIZE)
  target_compile_options(bassin_flags INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  target_link_options(bassin_flags INTERFACE -fsanitize=address,undefined)
endif()
if(BASSIN_TSAN)
  target_compile_options(bassin_flags INTERFACE -fsanitize=thread)
  target_link_options(bassin_flags INTERFACE -fsanitize=thread)
endif()
if(BASSIN_COVERAGE)
  target_compile_options(bassin_flags INTERFACE --coverage)
  target_link_options(bassin_flags INTERFACE --coverage)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(bassin_flags INTERFACE -U_FORTIFY_SOURCE)
  foreach(flag -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection
               -fcf-protection=full -ftrivial-auto-var-init=zero)
    string(MAKE_C_IDENTIFIER "HAS${flag}" has)
    check_c_compiler_flag(${flag} ${has})
    if(${has})
      target_compile_options(bassin_flags INTERFACE ${flag})
    endif()
  endforeach()
  target_link_options(bassin_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
