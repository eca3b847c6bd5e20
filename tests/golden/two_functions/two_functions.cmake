# An indicator of somebody else's, out of tree, in C and as a program: built with what `make install`
# gives, tried on one case, run; then it is in every output. The results are left in WORK.
#   cmake -DBUILD=... -DSOURCE=... -DWORK=... -DCC=... -P two_functions.cmake
cmake_minimum_required(VERSION 3.20)
set(program ${WORK}/prefix/bin/bassin)
set(results ${WORK}/results)
file(REMOVE_RECURSE ${WORK})

# Runs a command in WORK; it must succeed. What it said on standard output is in `said`.
function(run)
  execute_process(COMMAND sh -c "umask 022 && exec \"$@\"" -- ${ARGN} WORKING_DIRECTORY ${WORK}
    OUTPUT_VARIABLE out ERROR_VARIABLE err RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "exit code ${result}: ${ARGN}\n${out}${err}")
  endif()
  set(said "${out}" PARENT_SCOPE)
endfunction()

# `file` holds `text` at least `times` times.
function(must_hold file text times)
  file(READ ${file} rest)
  foreach(i RANGE 1 ${times})
    string(FIND "${rest}" "${text}" at)
    if(at EQUAL -1)
      message(FATAL_ERROR "${file}: '${text}' is not there ${times} times")
    endif()
    math(EXPR at "${at} + 1")
    string(SUBSTRING "${rest}" ${at} -1 rest)
  endforeach()
endfunction()

# --- written elsewhere: no file of bassin's sources is near, nobody else may write these ---
set(private DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE)
foreach(part c python case)
  file(COPY ${SOURCE}/examples/plugins/two-functions/${part} DESTINATION ${WORK} ${private})
endforeach()

# --- built with the installed header alone ---
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
run(${CMAKE_COMMAND} -S c -B c/build -DCMAKE_PREFIX_PATH=${WORK}/prefix -DCMAKE_C_COMPILER=${CC}
  -DCMAKE_EXPORT_COMPILE_COMMANDS=ON)
run(${CMAKE_COMMAND} --build c/build)
must_hold(${WORK}/c/build/compile_commands.json "${WORK}/prefix/include" 1)
file(READ ${WORK}/c/build/compile_commands.json commands)
string(FIND "${commands}" "${SOURCE}/core" at)
if(NOT at EQUAL -1)
  message(FATAL_ERROR "built with bassin's sources: ${commands}")
endif()

# --- both conform, and make what was worked out by hand ---
foreach(plugin c/build/fr.lab.two_functions.so python/fr.lab.two_functions_py.yaml)
  run(${program} plugin check ${plugin} --case case --lang en)
  if(NOT said MATCHES "good     the worked case\n" OR NOT said MATCHES ": it conforms\n")
    message(FATAL_ERROR "${plugin}:\n${said}")
  endif()
endforeach()

# --- both in one run, beside the built-in ones; 10 min tells two functions from one venue ---
run(${program} demo --communes 60 -o demo --lang fr)
file(READ ${WORK}/demo/data/run.yaml yaml)
string(REPLACE "white-zone: 20 min" "white-zone: 10 min" yaml "${yaml}")
string(REPLACE "standard: 10 min" "standard: 5 min" yaml "${yaml}")
string(REPLACE "\nindicators:\n" "\nindicators:
  fr.lab.two_functions: {limit: 10 min}
  fr.lab.two_functions_py: {limit: 10 min}\n" yaml "${yaml}")
file(WRITE ${WORK}/demo/data/run.yaml "${yaml}")
set(ENV{BASSIN_PLUGIN_PATH} ${WORK}/c/build:${WORK}/python)
run(${program} run demo/data/run.yaml -o results --lang fr)

# --- in every output, though nothing in reports/ knows of it ---
foreach(map two_functions.png two_functions.svg two_functions_py.png two_functions_py.svg)
  if(NOT EXISTS ${results}/maps/${map})
    message(FATAL_ERROR "no maps/${map}")
  endif()
endforeach()
set(title "Deux fonctions différentes à portée")
must_hold(${results}/report.html "Habitants qui atteignent deux fonctions différentes" 2)
foreach(made "${title}" "${title} (Python)")
  must_hold(${results}/report.html "${made}. 60 communes, par commune." 1) # the map
  must_hold(${results}/report.html ">${made}</h3>" 2)                      # figures; method
endforeach()
file(ARCHIVE_EXTRACT INPUT ${results}/workbook.xlsx DESTINATION ${WORK}/workbook)
must_hold(${WORK}/workbook/xl/workbook.xml "<sheet name=\"Deux fonctions\"" 1)
must_hold(${WORK}/workbook/xl/workbook.xml "<sheet name=\"Deux fonctions (Python)\"" 1)
must_hold(${WORK}/workbook/xl/worksheets/sheet2.xml "Habitants qui atteignent deux fonctions différentes" 2) # Synthèse

file(REMOVE_RECURSE ${WORK}/prefix ${WORK}/demo ${WORK}/workbook)
