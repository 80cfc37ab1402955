# The time zones a browser program carries: the United States and its territories, UTC, and Madrid
# for the Spanish catalogue's tests. About 60 KB before compression.
set(PORTAL_ZONES "${CMAKE_BINARY_DIR}/zoneinfo")
set(portal_zone_names
    UTC America/New_York America/Detroit America/Kentucky/Louisville America/Indiana/Indianapolis
    America/Chicago America/Denver America/Boise America/Phoenix America/Los_Angeles
    America/Anchorage America/Adak Pacific/Honolulu America/Puerto_Rico Pacific/Guam Europe/Madrid)
foreach(zone IN LISTS portal_zone_names)
    file(REAL_PATH "/usr/share/zoneinfo/${zone}" portal_zone_file)
    configure_file("${portal_zone_file}" "${PORTAL_ZONES}/${zone}" COPYONLY)
endforeach()
