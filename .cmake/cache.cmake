# Where the set-up (.setup/run) has put what it fetched, and the compiler cache beside it.
if(DEFINED ENV{PORTAL_CACHE})
    set(PORTAL_CACHE "$ENV{PORTAL_CACHE}")
elseif(DEFINED ENV{XDG_CACHE_HOME})
    set(PORTAL_CACHE "$ENV{XDG_CACHE_HOME}/partner-portal")
else()
    set(PORTAL_CACHE "$ENV{HOME}/.cache/partner-portal")
endif()
