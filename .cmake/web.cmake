# The browser programs: the portal, the demo, both in one without threads, and the guests' page. They differ by their main and their link
# only: instructions for shared memory do no harm in memory that is not shared.

# What goes over every byte of a first load is compiled to be fast, what is done seldom to be small; for the rest small is
# as fast.
foreach(floor wire facts)
    target_compile_options(portal_${floor} PRIVATE -O3)
endforeach()
foreach(floor rules tenant views vm follow shell export ui sync store mirror platform_window platform_storage
        platform_transport platform_tabs)
    target_compile_options(portal_${floor} PRIVATE -Oz)
endforeach()
foreach(library implot date)
    target_compile_options(portal_${library} PRIVATE -Oz)
endforeach()

file(GLOB portal_bridge_files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/web/bridge/*.js")

# portal_link_bridge(<target>): the JavaScript side of EM_JS-like externs, linked in.
function(portal_link_bridge target)
    foreach(file IN LISTS portal_bridge_files)
        target_link_options(${target} PRIVATE "SHELL:--js-library ${file}")
        set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${file}")
    endforeach()
endfunction()

# portal_browser_program(<target> <folder> SOURCES <main> DEPENDS <targets...>): portal.js (an ES module) and portal.wasm
# in a folder of the build.
function(portal_browser_program target folder)
    portal_program(${target} ${ARGN})
    portal_link_bridge(${target})
    set_target_properties(${target} PROPERTIES OUTPUT_NAME portal SUFFIX ".js"
        RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/${folder}")
    target_link_options(${target} PRIVATE
        -Os -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=createPortal -sENVIRONMENT=web,worker
        -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sGL_SUPPORT_AUTOMATIC_ENABLE_EXTENSIONS=0
        # The policy allows no string evaluation.
        -sDYNAMIC_EXECUTION=0
        # Growth with threads slows every view of the memory, so it starts big enough for 100,000 facts.
        -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=134217728 -sMAXIMUM_MEMORY=2147483648
        -sSTACK_SIZE=1048576 -sEXIT_RUNTIME=0 -sINVOKE_RUN=1
        # 16-byte alignment is wanted by SIMD loads.
        -sMALLOC=dlmalloc
        -sEXPORTED_RUNTIME_METHODS=UTF8ToString,stringToUTF8,lengthBytesUTF8,HEAPU8,HEAP32,HEAPF32
        -Wno-pthreads-mem-growth)
endfunction()

# portal_worker_program(<target> <folder> <main> <floor> <exported functions>): the same for a worker.
function(portal_worker_program target folder main floor functions)
    portal_program(${target} SOURCES ${main} DEPENDS ${floor})
    set_target_properties(${target} PROPERTIES OUTPUT_NAME portal SUFFIX ".js"
        RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/${folder}")
    target_link_options(${target} PRIVATE
        -Os -sMODULARIZE=1 -sEXPORT_ES6=1 -sENVIRONMENT=worker -sDYNAMIC_EXECUTION=0 --no-entry
        -sALLOW_MEMORY_GROWTH=1 -sMAXIMUM_MEMORY=2147483648 -sSTACK_SIZE=1048576 -sEXPORTED_RUNTIME_METHODS=HEAPU8
        -sEXPORTED_FUNCTIONS=_malloc,_free,${functions})
endfunction()

if(EXISTS "${CMAKE_SOURCE_DIR}/app/shell/main_web.cpp")
    portal_browser_program(portal threaded SOURCES app/shell/main_web.cpp DEPENDS portal_shell)
    portal_browser_program(portal-demo demo SOURCES app/shell/main_demo_web.cpp DEPENDS portal_shell portal_pitch)
    portal_browser_program(portal-guest guest SOURCES app/shell/main_guest_web.cpp DEPENDS portal_shell)
    portal_browser_program(portal-inline inline SOURCES app/shell/main_demo_web.cpp DEPENDS portal_shell portal_pitch)
    target_compile_definitions(portal-demo PRIVATE PORTAL_WEB_THREADS)
    # One thread: the store, in the worker that web/boot.js starts.
    target_link_options(portal PRIVATE -pthread -sDEFAULT_PTHREAD_STACK_SIZE=1048576)
    target_link_options(portal-demo PRIVATE -pthread -sDEFAULT_PTHREAD_STACK_SIZE=1048576)

    # Programs of their own for workers, fetched when the first workbook or answer is wanted.
    portal_worker_program(portal-workbook-program workbook app/workbook/main_web.cpp portal_workbook
        _portal_workbook_make,_portal_workbook_bytes)
    portal_worker_program(portal-console-program console app/console/main_web.cpp portal_console
        _portal_console_image,_portal_console_run,_portal_console_answer)
    add_dependencies(portal portal-workbook-program portal-console-program)
endif()
