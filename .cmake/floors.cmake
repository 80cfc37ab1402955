# A floor is one folder and one library. Which floor may use which is said once, by DEPENDS in
# CMakeLists.txt; tests/tidy checks the includes against the same table.

set(PORTAL_WARNINGS -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wimplicit-fallthrough -Werror
    # Dear ImGui's public and private flags are different enums, made to be combined.
    -Wno-deprecated-enum-enum-conversion)
if(PORTAL_UNITS)
    # What stands in a neighbour's anonymous namespace is not really hidden by a local of the same name.
    list(REMOVE_ITEM PORTAL_WARNINGS -Wshadow)
endif()
if(NOT EMSCRIPTEN)
    # Debian's C++ library calls functions that it has itself deprecated.
    list(APPEND PORTAL_WARNINGS -Wno-deprecated-declarations)
endif()

# portal_platform_filter(<list variable>): drops the files of the other platform and the mains.
function(portal_platform_filter variable)
    set(files "${${variable}}")
    if(EMSCRIPTEN)
        list(FILTER files EXCLUDE REGEX "_native(_test)?\\.cpp$")
    else()
        list(FILTER files EXCLUDE REGEX "_web(_test)?\\.cpp$")
    endif()
    list(FILTER files EXCLUDE REGEX "/main[a-z_]*\\.cpp$")
    set(${variable} "${files}" PARENT_SCOPE)
endfunction()

# portal_floor(<target> <folder> [FLAT] DEPENDS <targets...>)
# FLAT: the folder's own files only, not those of its subfolders. Files beside the folder that
# begin with its name belong to it too (app/platform/window_web.cpp). A folder without sources for
# this platform is an INTERFACE library, so that a floor may be headers only.
function(portal_floor target folder)
    cmake_parse_arguments(floor "FLAT" "" "DEPENDS" ${ARGN})
    if(floor_FLAT)
        file(GLOB files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${folder}/*.cpp")
    else()
        file(GLOB_RECURSE files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${folder}/*.cpp")
        file(GLOB beside CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${folder}_*.cpp" "${CMAKE_SOURCE_DIR}/${folder}.cpp")
        list(APPEND files ${beside})
    endif()
    portal_platform_filter(files)
    portal_units(files ${target})
    if(files)
        add_library(${target} STATIC ${files})
        target_compile_options(${target} PRIVATE ${PORTAL_WARNINGS})
        if(folder MATCHES "^app/" AND NOT folder MATCHES "^app/(store|sync)$" AND NOT EMSCRIPTEN AND NOT PORTAL_SANITIZE)
            # Natively the app is there for its tests, and the optimiser would spend longer on it than they run; but the
            # simulation runs the store and the sync engine for a minute.
            target_compile_options(${target} PRIVATE -O0)
        endif()
        target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
        target_link_libraries(${target} PUBLIC ${floor_DEPENDS})
    else()
        add_library(${target} INTERFACE)
        target_include_directories(${target} INTERFACE ${CMAKE_SOURCE_DIR})
        target_link_libraries(${target} INTERFACE ${floor_DEPENDS})
    endif()
endfunction()

# portal_program(<target> DEPENDS <targets...> SOURCES <files...>)
function(portal_program target)
    cmake_parse_arguments(program "" "" "DEPENDS;SOURCES" ${ARGN})
    add_executable(${target} ${program_SOURCES})
    target_compile_options(${target} PRIVATE ${PORTAL_WARNINGS})
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${target} PRIVATE ${program_DEPENDS})
endfunction()
