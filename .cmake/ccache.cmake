# Compiles go through ccache. Its settings travel with the launcher, so that a plain
# `cmake --build` in any clone shares the same cache: paths below the checkout are hashed as
# relative ones and the working directory is left out.
find_program(PORTAL_CCACHE ccache)
if(PORTAL_CCACHE)
    set(portal_launcher
        ${CMAKE_COMMAND} -E env
        CCACHE_DIR=${PORTAL_CACHE}/ccache
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
        CCACHE_NOHASHDIR=1
        CCACHE_MAXSIZE=4G
        CCACHE_COMPILERCHECK=content
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime)
    if(CMAKE_TOOLCHAIN_FILE MATCHES "emscripten")
        # ccache guesses a compiler's kind from its name, and em++ tells it nothing.
        list(APPEND portal_launcher CCACHE_COMPILERTYPE=clang)
    endif()
    list(APPEND portal_launcher ${PORTAL_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${portal_launcher})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${portal_launcher})
endif()
