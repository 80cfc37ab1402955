# Compiler settings for everything, ours and third-party; warnings are ours only (floors.cmake).
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(PORTAL_SANITIZE "" CACHE STRING "address (with undefined), thread, fuzzer, or nothing")

if(EMSCRIPTEN)
    # -fwasm-exceptions: without it a throw kills the thread. The SIMD flag is for the facts engine.
    # -Os is as fast as -O2 here and eight per cent smaller.
    set(CMAKE_CXX_FLAGS_RELEASE "-Os")
    set(CMAKE_C_FLAGS_RELEASE "-Os")
    # Compiled for threads once; which program has them is said when it is linked (web.cmake).
    add_compile_options(-fwasm-exceptions -msimd128 -pthread)
    add_link_options(-fwasm-exceptions)
else()
    set(CMAKE_CXX_FLAGS_RELEASE "-O2")
    set(CMAKE_C_FLAGS_RELEASE "-O2")
    add_compile_options(-pthread)
    add_link_options(-pthread -fuse-ld=lld)
    if(PORTAL_SANITIZE STREQUAL "fuzzer")
        # Inputs a second count here, and little is compiled.
        set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1 -fno-omit-frame-pointer")
        set(CMAKE_C_FLAGS_DEBUG "-O1 -g1 -fno-omit-frame-pointer")
    elseif(PORTAL_SANITIZE)
        # Without optimising and with line tables only: half the time to compile, and the stacks still name lines.
        set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1 -fno-omit-frame-pointer")
        set(CMAKE_C_FLAGS_DEBUG "-O0 -g1 -fno-omit-frame-pointer")
    else()
        set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
        set(CMAKE_C_FLAGS_DEBUG "-O0 -g1")
    endif()
    if(PORTAL_SANITIZE STREQUAL "address")
        # A null or freed pointer traps anyway, and no processor of ours minds alignment; checking each one doubles the
        # compile time.
        add_compile_options(-fsanitize=address,undefined -fno-sanitize=null,object-size,vptr,alignment
            -fno-sanitize-recover=all)
        add_link_options(-fsanitize=address,undefined)
    elseif(PORTAL_SANITIZE STREQUAL "thread")
        add_compile_options(-fsanitize=thread)
        # The sanitizer does not see fences; Asio synchronises by its mutexes and has these only beside them.
        add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
        add_link_options(-fsanitize=thread)
    elseif(PORTAL_SANITIZE STREQUAL "fuzzer")
        add_compile_options(-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all)
        add_link_options(-fsanitize=address,undefined)
    endif()
endif()
