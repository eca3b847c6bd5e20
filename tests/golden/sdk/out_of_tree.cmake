# An indicator written, built and tested out of tree, with what `make install` gives and nothing else.
#   cmake -DBUILD=... -DWORK=... -DCC=... -P out_of_tree.cmake
cmake_minimum_required(VERSION 3.20)
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
set(prefix ${WORK}/prefix)
set(program ${prefix}/bin/bassin)

# Runs a command, under the umask of a cautious user or (loose) of a trusting one; its exit code must
# be that one. What it said is in `said`.
function(run code umask folder)
  execute_process(COMMAND sh -c "umask ${umask} && exec \"$@\"" -- ${ARGN} WORKING_DIRECTORY ${folder}
    OUTPUT_VARIABLE out ERROR_VARIABLE out RESULT_VARIABLE result)
  if(NOT result EQUAL ${code})
    message(FATAL_ERROR "exit code ${result}, not ${code}: ${ARGN}\n${out}")
  endif()
  set(said "${out}" PARENT_SCOPE)
endfunction()

function(must_say text)
  string(FIND "${said}" "${text}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "not said: ${text}\n${said}")
  endif()
endfunction()

# --- installed, also into a staging folder ---
run(0 022 ${WORK} ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
foreach(wanted include/bassin/plugin.h lib/cmake/bassin/bassinConfig.cmake
        lib/cmake/bassin/bassinConfigVersion.cmake lib/pkgconfig/bassin.pc share/bassin/template/c/indicator.c
        share/doc/bassin/write-an-indicator.md)
  if(NOT EXISTS ${prefix}/${wanted})
    message(FATAL_ERROR "${wanted} is not installed")
  endif()
endforeach()
run(0 022 ${WORK} ${CMAKE_COMMAND} -E env DESTDIR=${WORK}/staged ${CMAKE_COMMAND} --install ${BUILD} --prefix /opt/bassin)
if(NOT EXISTS ${WORK}/staged/opt/bassin/lib/pkgconfig/bassin.pc)
  message(FATAL_ERROR "DESTDIR is not followed")
endif()
file(REMOVE_RECURSE ${WORK}/staged)

# --- written ---
foreach(id fr Fr.lab.x fr..x fr.lab. .fr.lab fr.lab.é fr.lab/x ../x.y fr.1lab.x)
  run(64 022 ${WORK} ${program} plugin new ${id})
endforeach()
run(0 002 ${WORK} ${program} plugin new fr.lab.my-indicator --lang fr)
must_say("my_indicator est écrit")
set(mine ${WORK}/my_indicator)
file(READ ${mine}/my_indicator.c code)
if(code MATCHES "@" OR NOT code MATCHES "\"fr.lab.my-indicator\"")
  message(FATAL_ERROR "marks are left in my_indicator.c")
endif()
file(WRITE ${mine}/my_indicator.c "/* changed */\n${code}")
run(1 022 ${WORK} ${program} plugin new fr.lab.my-indicator --lang en)
must_say("exists already")
file(READ ${mine}/my_indicator.c kept)
if(NOT kept MATCHES "changed")
  message(FATAL_ERROR "an existing folder was written to")
endif()

# --- built and tested: through the CMake package, under a umask that lets a group write ---
run(0 002 ${mine} ${CMAKE_COMMAND} -B build -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_C_COMPILER=${CC}
  -DCMAKE_C_FLAGS=-Werror\ -Wpedantic)
run(0 002 ${mine} ${CMAKE_COMMAND} --build build)
run(0 002 ${mine} ${CMAKE_CTEST_COMMAND} --test-dir build --output-on-failure)
must_say("100% tests passed")

# --- through pkg-config ---
set(ENV{PKG_CONFIG_PATH} ${prefix}/lib/pkgconfig)
run(0 022 ${mine} ${CMAKE_COMMAND} -B build-pc -DCMAKE_DISABLE_FIND_PACKAGE_bassin=ON -DCMAKE_C_COMPILER=${CC})
run(0 022 ${mine} ${CMAKE_COMMAND} --build build-pc)
run(0 022 ${mine} ${CMAKE_CTEST_COMMAND} --test-dir build-pc --output-on-failure)

# --- a compiler and pkg-config alone ---
run(0 022 ${mine} pkg-config --cflags bassin)
string(STRIP "${said}" flags)
run(0 022 ${mine} pkg-config --variable=program bassin)
string(STRIP "${said}" found)
file(MAKE_DIRECTORY ${mine}/alone)
set(alone alone/fr.lab.my-indicator.so)
run(0 022 ${mine} ${CC} -std=c17 -Wall -Wextra -Werror -O2 -fPIC -shared -fvisibility=hidden ${flags}
  -o ${alone} my_indicator.c -lm)
run(0 022 ${mine} ${found} plugin check ${alone} --case case --lang en)
must_say("fr.lab.my-indicator: it conforms")

# --- the same indicator as a program: the same case, the same figures ---
find_program(python3 python3)
if(python3)
  run(0 002 ${WORK} ${program} plugin new fr.lab.my-indicator -o in_python --pipe python --lang en)
  must_say("bassin plugin check in_python/fr.lab.my-indicator.yaml --case in_python/case")
  run(0 022 ${WORK} ${program} plugin check in_python/fr.lab.my-indicator.yaml --case in_python/case --lang en)
  must_say("good     the worked case")
  must_say("5 checks not tried: a program sees whole tables, once")
  must_say("fr.lab.my-indicator: it conforms")
else()
  message(STATUS "no python3: the program is not tried")
endif()
run(64 022 ${WORK} ${program} plugin new fr.lab.x --pipe cobol --lang en)
must_say("--pipe wants python")

# --- a test that can fail: another value is expected ---
file(READ ${mine}/case/expected/places.csv expected)
string(REPLACE "77002,4" "77002,5" expected "${expected}")
file(WRITE ${mine}/case/expected/places.csv "${expected}")
run(1 022 ${mine} ${found} plugin check ${alone} --case case --lang fr --json)
must_say("\"id\":\"case\",\"verdict\":\"bad\"")
must_say("case/expected/places.csv")
run(8 022 ${mine} ${CMAKE_CTEST_COMMAND} --test-dir build)

file(REMOVE_RECURSE ${WORK})
