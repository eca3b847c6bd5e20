# What `make install` gives to people who write indicators: how CMake and pkg-config find the header.
include(CMakePackageConfigHelpers)
configure_file(${CMAKE_SOURCE_DIR}/cmake/package/bassin.pc.in ${CMAKE_BINARY_DIR}/bassin.pc @ONLY)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/bassinConfigVersion.cmake
  COMPATIBILITY SameMajorVersion)
install(FILES ${CMAKE_SOURCE_DIR}/cmake/package/bassinConfig.cmake
  ${CMAKE_BINARY_DIR}/bassinConfigVersion.cmake DESTINATION lib/cmake/bassin)
install(FILES ${CMAKE_BINARY_DIR}/bassin.pc DESTINATION lib/pkgconfig)
install(FILES ${CMAKE_SOURCE_DIR}/docs/write-an-indicator.md ${CMAKE_SOURCE_DIR}/docs/ecrire-un-indicateur.md
  DESTINATION share/doc/bassin)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/plugins/template DESTINATION share/bassin)
