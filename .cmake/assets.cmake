add_library(portal_assets INTERFACE)
