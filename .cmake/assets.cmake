# Fonts and icons, subset from the npm packages at build time (web/build/fonts.mjs).
# Includes: "generated/fonts.hpp" (portal::assets) and "generated/icons.hpp" (portal::icons).
find_program(PORTAL_NODE NAMES node nodejs REQUIRED NO_CMAKE_FIND_ROOT_PATH)
set(generated "${CMAKE_BINARY_DIR}/generated")
add_custom_command(
    OUTPUT ${generated}/fonts.cpp ${generated}/fonts.hpp ${generated}/icons.hpp
    COMMAND ${PORTAL_NODE} web/build/fonts.mjs app/ui/icons.list ${generated}
    DEPENDS ${CMAKE_SOURCE_DIR}/web/build/fonts.mjs ${CMAKE_SOURCE_DIR}/app/ui/icons.list
            ${CMAKE_SOURCE_DIR}/web/package-lock.json
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "Subsetting fonts and icons"
    VERBATIM)
add_library(portal_assets STATIC ${generated}/fonts.cpp ${generated}/fonts.hpp ${generated}/icons.hpp)
target_include_directories(portal_assets PUBLIC ${CMAKE_BINARY_DIR})
