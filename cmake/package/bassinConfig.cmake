# What an indicator is built with: find_package(bassin CONFIG).
#   bassin::plugin    the header <bassin/plugin.h>, nothing to link
#   bassin::program   the program, for tests: bassin plugin check
#   bassin_plugin(fr.lab.indicator indicator.c ...)   a module fr.lab.indicator.so in the build folder
get_filename_component(bassin_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(bassin_PLUGIN_DIR "${bassin_prefix}/lib/bassin/plugins")

if(NOT TARGET bassin::plugin)
  add_library(bassin::plugin INTERFACE IMPORTED)
  set_target_properties(bassin::plugin PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${bassin_prefix}/include"
    INTERFACE_COMPILE_FEATURES c_std_11)
  add_executable(bassin::program IMPORTED)
  set_target_properties(bassin::program PROPERTIES IMPORTED_LOCATION "${bassin_prefix}/bin/bassin")
endif()

function(bassin_plugin id)
  add_library(${id} MODULE ${ARGN})
  set_target_properties(${id} PROPERTIES PREFIX "" C_VISIBILITY_PRESET hidden)
  target_link_libraries(${id} PRIVATE bassin::plugin m)
  # bassin refuses a library, or a folder of it, that others may write.
  add_custom_command(TARGET ${id} POST_BUILD
    COMMAND chmod go-w $<TARGET_FILE:${id}> $<TARGET_FILE_DIR:${id}> VERBATIM)
endfunction()
