# Toolchain of the browser builds: Emscripten's own toolchain file, looking into the set-up's folder
# of wrappers, which fix the compilers' environment.
include("${CMAKE_CURRENT_LIST_DIR}/cache.cmake")
set(EMSCRIPTEN_ROOT_PATH "${PORTAL_CACHE}/emscripten/bin")
if(NOT EXISTS "${EMSCRIPTEN_ROOT_PATH}/em++")
    message(FATAL_ERROR "Emscripten is not set up: run ./portal build once")
endif()
include("${EMSCRIPTEN_ROOT_PATH}/cmake/Modules/Platform/Emscripten.cmake")
