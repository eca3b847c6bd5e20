# A room is one static library whose headers are included as "room/topic.h".
#   bassin_room(table SOURCES column.c reader.c LINKS base PRIVATE_LINKS ZLIB::ZLIB)
function(bassin_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(bassin_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(bassin_${name} PUBLIC ${CMAKE_SOURCE_DIR}/core ${CMAKE_SOURCE_DIR})
  list(TRANSFORM ROOM_LINKS PREPEND bassin_ OUTPUT_VARIABLE links)
  target_link_libraries(bassin_${name} PUBLIC ${links} PRIVATE bassin_flags ${ROOM_PRIVATE_LINKS})
endfunction()

# A cmocka test program: tests/unit/table/test_reader.c -> ctest "table/reader", label "unit".
#   bassin_test(unit table/reader SOURCES test_reader.c LINKS table)
function(bassin_test label name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LINKS" ${ARGN})
  string(REPLACE "/" "_" target "test_${label}_${name}")
  add_executable(${target} ${TEST_SOURCES})
  list(TRANSFORM TEST_LINKS PREPEND bassin_ OUTPUT_VARIABLE links)
  target_link_libraries(${target} PRIVATE ${links} bassin_flags PkgConfig::cmocka m)
  target_compile_definitions(${target} PRIVATE BASSIN_SOURCE_DIR="${CMAKE_SOURCE_DIR}" BASSIN_BINARY_DIR="${CMAKE_BINARY_DIR}")
  add_test(NAME ${label}/${name} COMMAND ${target})
  set_tests_properties(${label}/${name} PROPERTIES LABELS ${label} TIMEOUT 300 SKIP_RETURN_CODE 77
    ENVIRONMENT "BASSIN_SHARED_DEFAULT=${CMAKE_SOURCE_DIR}/../shared;XDG_CACHE_HOME=${CMAKE_BINARY_DIR}/cache")
endfunction()
