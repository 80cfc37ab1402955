# The presets that build everything join files into units: most of a compiler's time goes into headers.
# The debug preset does not, so that a file that lacks an include is seen, and one edit compiles one file.
# CMake's own unity files name sources by absolute path, which every clone would compile anew; these name
# them from the top of the checkout, so that all clones share one compiler cache.
option(PORTAL_UNITS "Join the files of a target into units" OFF)
set(PORTAL_UNIT_FILES 12 CACHE STRING "Files of one unit")

# portal_units(<list variable> <target> [BY_FOLDER]): replaces the files by the units that include them.
# BY_FOLDER: one unit for each folder, so that a file's own names need to be unlike its neighbours' only.
# A file with definitions of its own stays alone.
function(portal_units variable target)
    if(NOT PORTAL_UNITS)
        return()
    endif()
    cmake_parse_arguments(unit "BY_FOLDER" "" "" ${ARGN})
    set(alone)
    set(units)
    set(count 0)
    foreach(file IN LISTS ${variable})
        get_source_file_property(definitions "${file}" COMPILE_DEFINITIONS)
        if(definitions)
            list(APPEND alone "${file}")
            continue()
        endif()
        file(RELATIVE_PATH path "${CMAKE_SOURCE_DIR}" "${file}")
        if(unit_BY_FOLDER)
            get_filename_component(unit "${path}" DIRECTORY)
            string(MAKE_C_IDENTIFIER "${unit}" unit)
        else()
            math(EXPR unit "${count} / ${PORTAL_UNIT_FILES}")
            math(EXPR count "${count} + 1")
        endif()
        list(APPEND units "${unit}")
        string(APPEND text_of_${unit} "#include \"${path}\"\n")
    endforeach()
    list(REMOVE_DUPLICATES units)
    set(files ${alone})
    foreach(unit IN LISTS units)
        set(file "${CMAKE_BINARY_DIR}/units/${target}/${unit}.cpp")
        # Written only when it changes.
        file(CONFIGURE OUTPUT "${file}" CONTENT "${text_of_${unit}}" @ONLY)
        list(APPEND files "${file}")
    endforeach()
    set(${variable} "${files}" PARENT_SCOPE)
endfunction()
