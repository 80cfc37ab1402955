# Third-party libraries as targets. Each source tree is taken from the cache that .setup/run fills,
# or from FETCHCONTENT_SOURCE_DIR_<NAME>, so that other platforms can bring their own:
# IMGUI, IMPLOT, SQLITE, SQLITECPP, CATCH2, DATE, JSON, EXPECTED, ZLIB, XLSXWRITER.

# portal_source(<variable> <override name> <default folder> <file that must be there>)
function(portal_source variable name default probe)
    set(folder "${default}")
    if(FETCHCONTENT_SOURCE_DIR_${name})
        set(folder "${FETCHCONTENT_SOURCE_DIR_${name}}")
    endif()
    if(NOT EXISTS "${folder}/${probe}")
        message(FATAL_ERROR "${probe} is not in ${folder}: run ./portal build once, "
            "or set FETCHCONTENT_SOURCE_DIR_${name}")
    endif()
    set(${variable} "${folder}" PARENT_SCOPE)
endfunction()

# portal_pinned(<variable> <source package>): its folder in the cache, from .setup/pins.
function(portal_pinned variable package)
    file(STRINGS "${CMAKE_SOURCE_DIR}/.setup/pins" line REGEX "^source ${package} ")
    string(REGEX REPLACE "^source ([^ ]+) ([0-9]+:)?([^ ]+) .*" "\\1-\\3" folder "${line}")
    set(${variable} "${PORTAL_CACHE}/sources/${folder}" PARENT_SCOPE)
endfunction()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/.setup/pins")

# portal_third_party(<target> <optimisation> <sources...>): compiled quietly and optimised even in
# debug builds, where its speed decides how long our tests run.
function(portal_third_party target optimisation)
    if(PORTAL_SANITIZE STREQUAL "thread")
        # Its few tests run for seconds.
        set(optimisation -O0)
    elseif(PORTAL_SANITIZE)
        set(optimisation -O1)
    endif()
    add_library(${target} STATIC EXCLUDE_FROM_ALL ${ARGN})
    if(EMSCRIPTEN)
        target_compile_options(${target} PRIVATE -w)
    else()
        target_compile_options(${target} PRIVATE -w ${optimisation} -g0)
    endif()
    if(PORTAL_SANITIZE MATCHES "address|fuzzer")
        # Checks double the compile time of code that is not ours to mend; what we hand to it is still checked wherever it
        # is copied or freed, because those functions are the sanitizer's.
        target_compile_options(${target} PRIVATE -fno-sanitize=all)
    endif()
endfunction()

# Dear ImGui. The test-engine hooks feed the accessible mirror (app/ui implements them).
portal_pinned(default imgui)
portal_source(imgui_dir IMGUI "${default}" imgui.h)
file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/third")
# ImPlot's copy includes "imgui/imgui.h".
file(CREATE_LINK "${imgui_dir}" "${CMAKE_BINARY_DIR}/third/imgui" SYMBOLIC)
portal_third_party(portal_imgui -O1
    ${imgui_dir}/imgui.cpp ${imgui_dir}/imgui_draw.cpp
    ${imgui_dir}/imgui_tables.cpp ${imgui_dir}/imgui_widgets.cpp)
if(EMSCRIPTEN)
    target_sources(portal_imgui PRIVATE ${imgui_dir}/backends/imgui_impl_opengl3.cpp)
    # Asking WebGL for its state waits for the graphics process; app/platform/window_graphics_web.cpp answers instead.
    set_source_files_properties(${imgui_dir}/backends/imgui_impl_opengl3.cpp
        PROPERTIES COMPILE_DEFINITIONS glGetIntegerv=portal_gl_get_integerv)
    target_compile_definitions(portal_imgui PUBLIC IMGUI_IMPL_OPENGL_ES3)
endif()
target_include_directories(portal_imgui SYSTEM PUBLIC ${imgui_dir} ${imgui_dir}/backends)
target_compile_definitions(portal_imgui PUBLIC
    IMGUI_ENABLE_TEST_ENGINE IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEMO_WINDOWS
    IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS IMGUI_DISABLE_DEFAULT_FONT
    # A large screen full of text has more corners than 16 bits count, and WebGL 2 cannot draw a list in parts.
    "ImDrawIdx=unsigned int")

portal_pinned(default satdump)
portal_source(implot_dir IMPLOT "${default}/src-core/imgui/implot" implot.h)
portal_third_party(portal_implot -O1 ${implot_dir}/implot.cpp ${implot_dir}/implot_items.cpp)
target_include_directories(portal_implot SYSTEM PUBLIC ${implot_dir} ${CMAKE_BINARY_DIR}/third)
target_link_libraries(portal_implot PUBLIC portal_imgui)
# Its plots are templates over ten types, which take a minute to compile; what we plot are doubles.
target_compile_definitions(portal_implot PRIVATE "IMPLOT_CUSTOM_NUMERIC_TYPES=(double)")

# SQLite: one amalgamation for browser and server. In the browser the only file system is our own
# (app/platform/storage gives it in sqlite3_os_init), which has no temporary files.
portal_source(sqlite_dir SQLITE "${CMAKE_SOURCE_DIR}/web/node_modules/better-sqlite3/deps/sqlite3" sqlite3.c)
portal_third_party(portal_sqlite -O2 ${sqlite_dir}/sqlite3.c)
target_include_directories(portal_sqlite SYSTEM PUBLIC ${sqlite_dir})
target_compile_definitions(portal_sqlite PRIVATE
    SQLITE_DQS=0 SQLITE_TEMP_STORE=3 SQLITE_OMIT_LOAD_EXTENSION SQLITE_OMIT_DEPRECATED
    SQLITE_OMIT_SHARED_CACHE SQLITE_LIKE_DOESNT_MATCH_BLOBS
    SQLITE_DEFAULT_FOREIGN_KEYS=1 SQLITE_MAX_EXPR_DEPTH=200 SQLITE_USE_ALLOCA
    SQLITE_ENABLE_COLUMN_METADATA)
if(EMSCRIPTEN)
    # Dead weight in the download: locks, because one thread owns the database, and what no table needs.
    target_compile_definitions(portal_sqlite PRIVATE SQLITE_OS_OTHER=1 SQLITE_THREADSAFE=0
        SQLITE_OMIT_JSON SQLITE_OMIT_UTF16 SQLITE_OMIT_COMPILEOPTION_DIAGS SQLITE_OMIT_TCL_VARIABLE SQLITE_OMIT_GET_TABLE)
else()
    target_compile_definitions(portal_sqlite PRIVATE SQLITE_THREADSAFE=1)
endif()

portal_pinned(default sqlitecpp)
portal_source(sqlitecpp_dir SQLITECPP "${default}" include/SQLiteCpp/SQLiteCpp.h)
file(GLOB sqlitecpp_sources CONFIGURE_DEPENDS "${sqlitecpp_dir}/src/*.cpp")
portal_third_party(portal_sqlitecpp -O1 ${sqlitecpp_sources})
target_include_directories(portal_sqlitecpp SYSTEM PUBLIC ${sqlitecpp_dir}/include)
target_compile_definitions(portal_sqlitecpp PRIVATE SQLITECPP_DISABLE_STD_FILESYSTEM SQLITE_OMIT_LOAD_EXTENSION)
target_link_libraries(portal_sqlitecpp PUBLIC portal_sqlite)

# Header-only libraries: never by /usr/include itself, whose C headers would shadow Emscripten's.
portal_source(json_dir JSON "${PORTAL_CACHE}/include" nlohmann/json.hpp)
add_library(portal_json INTERFACE)
target_include_directories(portal_json SYSTEM INTERFACE ${json_dir})
target_compile_definitions(portal_json INTERFACE JSON_USE_IMPLICIT_CONVERSIONS=0 JSON_NO_IO)
portal_source(expected_dir EXPECTED "${PORTAL_CACHE}/include" tl/expected.hpp)
add_library(portal_expected INTERFACE)
target_include_directories(portal_expected SYSTEM INTERFACE ${expected_dir})
portal_source(reflection_dir REFLECTION "${PORTAL_CACHE}/include" boost/pfr.hpp)
add_library(portal_reflection INTERFACE)
target_include_directories(portal_reflection SYSTEM INTERFACE ${reflection_dir})

# Calendar and time zones (neither compiler has std::chrono::locate_zone). A browser program
# carries the zones of the market in its own image; natively the system's are used.
portal_pinned(default howardhinnant-date)
portal_source(date_dir DATE "${default}" include/date/tz.h)
portal_third_party(portal_date -O1 ${date_dir}/src/tz.cpp)
target_include_directories(portal_date SYSTEM PUBLIC ${date_dir}/include)
target_compile_definitions(portal_date PUBLIC USE_OS_TZDB=1 HAS_REMOTE_API=0 AUTO_DOWNLOAD=0)
if(EMSCRIPTEN)
    # A program without threads, linked from objects with threads, finds a thread's own variables in the wrong place. This
    # library's only one counts the depth of a recursion; as a plain local variable it counts each call's.
    target_compile_definitions(portal_date PRIVATE thread_local=)
    include("${CMAKE_CURRENT_LIST_DIR}/zones.cmake")
    target_link_options(portal_date INTERFACE "SHELL:--embed-file ${PORTAL_ZONES}@/usr/share/zoneinfo")
endif()

# zlib from source everywhere, so that every side writes the same bytes; the server compresses with it too.
portal_pinned(default zlib)
portal_source(zlib_dir ZLIB "${default}" deflate.c)
portal_third_party(portal_zlib -O2 ${zlib_dir}/adler32.c ${zlib_dir}/compress.c ${zlib_dir}/crc32.c
    ${zlib_dir}/deflate.c ${zlib_dir}/inffast.c ${zlib_dir}/inflate.c ${zlib_dir}/inftrees.c ${zlib_dir}/trees.c
    ${zlib_dir}/uncompr.c ${zlib_dir}/zutil.c)
target_include_directories(portal_zlib SYSTEM PUBLIC ${zlib_dir})

# libxlsxwriter, as the R package writexl brings it along with its minizip. It works in memory alone.
portal_pinned(default r-cran-writexl)
portal_source(xlsxwriter_dir XLSXWRITER "${default}/src" libxlsxwriter/workbook.c)
file(GLOB xlsxwriter_sources CONFIGURE_DEPENDS "${xlsxwriter_dir}/libxlsxwriter/*.c")
portal_third_party(portal_xlsxwriter -O1 ${xlsxwriter_sources} ${xlsxwriter_dir}/md5/md5.c
    ${xlsxwriter_dir}/minizip/ioapi.c ${xlsxwriter_dir}/minizip/zip.c ${xlsxwriter_dir}/tmpfileplus/tmpfileplus.c)
target_include_directories(portal_xlsxwriter SYSTEM PUBLIC ${xlsxwriter_dir}/include)
target_compile_definitions(portal_xlsxwriter PRIVATE USE_FMEMOPEN NOCRYPT USE_FILE32API)
target_link_libraries(portal_xlsxwriter PRIVATE portal_zlib)

# Catch2, as its own amalgamated source: one compile instead of a hundred small ones.
portal_pinned(default catch2)
portal_source(catch2_dir CATCH2 "${default}" extras/catch_amalgamated.cpp)
set(CATCH_CONFIG_DEFAULT_REPORTER console)
set(CATCH_CONFIG_CONSOLE_WIDTH 100)
configure_file("${catch2_dir}/src/catch2/catch_user_config.hpp.in"
    "${CMAKE_BINARY_DIR}/third/catch2/catch2/catch_user_config.hpp")
portal_third_party(portal_catch2 -O0 ${catch2_dir}/extras/catch_amalgamated.cpp)
target_include_directories(portal_catch2 SYSTEM PUBLIC
    ${catch2_dir}/src ${CMAKE_BINARY_DIR}/third/catch2 PRIVATE ${catch2_dir}/extras)
# The test framework itself is not under test: optimised or instrumented it compiles four times longer.
target_compile_options(portal_catch2 PRIVATE -O0 $<$<BOOL:${PORTAL_SANITIZE}>:-fno-sanitize=all>)
add_library(Catch2::Catch2WithMain ALIAS portal_catch2)

if(NOT EMSCRIPTEN)
    include("${CMAKE_CURRENT_LIST_DIR}/dependencies_server.cmake")
endif()
