# What `make install` puts somewhere finds its plugins and its reference tables there.
#   cmake -DBUILD=... -DPREFIX=... -P install.cmake
file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX}
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
foreach(wanted bin/bassin include/bassin/plugin.h lib/bassin/plugins/coverage.so
        share/bassin/taxonomy.csv share/bassin/factors.csv share/bassin/estimate_caution.csv
        share/bassin/profile_car.csv share/bassin/profile_bike.csv share/bassin/profile_foot.csv
        share/bassin/catalogue.csv share/bassin/departements.csv)
  if(NOT EXISTS ${PREFIX}/${wanted})
    message(FATAL_ERROR "${wanted} is not installed")
  endif()
endforeach()
if(EXISTS ${PREFIX}/share/bassin/reference)
  message(FATAL_ERROR "the reference tables are there twice")
endif()
execute_process(COMMAND ${PREFIX}/bin/bassin plugins --lang en
  OUTPUT_VARIABLE said RESULT_VARIABLE code)
if(NOT code EQUAL 0 OR NOT said MATCHES "coverage")
  message(FATAL_ERROR "bassin plugins: exit code ${code}\n${said}")
endif()
execute_process(COMMAND ${PREFIX}/bin/bassin demo --communes 24 -o ${PREFIX}/demo --lang fr
  ERROR_VARIABLE said RESULT_VARIABLE code)
if(NOT code EQUAL 0 OR NOT EXISTS ${PREFIX}/demo/results/run.json)
  message(FATAL_ERROR "bassin demo: exit code ${code}\n${said}")
endif()
# French titles and plurals, and the way to the outputs
foreach(wanted "aucune faute" "Actifs ayant un emploi résidant dans le périmètre : " "entre "
        "/demo/results/results.gpkg")
  string(FIND "${said}" "${wanted}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "not said: ${wanted}\n${said}")
  endif()
endforeach()
file(REMOVE_RECURSE ${PREFIX})
