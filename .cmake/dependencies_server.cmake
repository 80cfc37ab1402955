# What only the server uses, from the system's own packages.
set(CMAKE_THREAD_PREFER_PTHREAD TRUE)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(spdlog REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)

# Boost has headers only (Beast, Asio, and what they use). What in them is no template is compiled once, here.
find_package(Boost 1.81 REQUIRED)
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/third/boost.cpp" CONTENT
    "#include <boost/asio/impl/src.hpp>\n#include <boost/asio/ssl/impl/src.hpp>\n#include <boost/beast/src.hpp>\n")
portal_third_party(portal_boost -O1 "${CMAKE_BINARY_DIR}/third/boost.cpp")
target_include_directories(portal_boost SYSTEM PUBLIC ${Boost_INCLUDE_DIRS})
target_compile_definitions(portal_boost PUBLIC
    BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
    BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE BOOST_ERROR_CODE_HEADER_ONLY
    BOOST_ASIO_HAS_STD_INVOKE_RESULT)
target_link_libraries(portal_boost PUBLIC OpenSSL::SSL OpenSSL::Crypto Threads::Threads)

# portal_system_library(<target> <header> <library names...>)
function(portal_system_library target header)
    find_path(${target}_include ${header} REQUIRED)
    add_library(${target} INTERFACE)
    foreach(name IN LISTS ARGN)
        find_library(${target}_${name} ${name} REQUIRED)
        target_link_libraries(${target} INTERFACE ${${target}_${name}})
    endforeach()
endfunction()
portal_system_library(portal_sodium sodium.h sodium)
portal_system_library(portal_brotli brotli/encode.h brotlienc brotlidec brotlicommon)
