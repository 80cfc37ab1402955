# Libraries that no Debian 12 package offers, from Debian source packages: only the upstream
# archive is fetched (--tar-only), because we build them with our own flags and no patches.

# Folders are named without the epoch that some versions begin with ("1:").
source_directory() { printf '%s/sources/%s-%s' "$PORTAL_CACHE" "$1" "${2#*:}"; }
source_downloads() { printf '%s/downloads/%s-%s' "$PORTAL_CACHE" "$1" "${2#*:}"; }

# The main archive, once fetched whole. Some packages have further archives (documentation), which
# we do not need and some mirrors do not have: their absence is no failure.
source_archive() {
    for archive in "$(source_downloads "$1" "$2")/"*.orig.tar.*; do
        if [ -f "$archive" ] && tar -tf "$archive" >/dev/null 2>&1; then
            printf '%s' "$archive"
            return 0
        fi
    done
    return 1
}

# source_fetch NAME VERSION SUITE: leaves NAME_*.orig.tar.* in the downloads folder.
source_fetch() {
    if source_archive "$1" "$2" >/dev/null; then return 0; fi
    apt_private_ready
    mkdir -p "$(source_downloads "$1" "$2")" "$PORTAL_CACHE/logs"
    (
        cd "$(source_downloads "$1" "$2")"
        log=$PORTAL_CACHE/logs/source-$1.log
        apt_private apt-get source --download-only --tar-only "$1=$2" >"$log" 2>&1 && exit 0
        if source_archive "$1" "$2" >/dev/null; then exit 0; fi
        note "$1 $2 is not in the archive any more: taking the newest of $3"
        apt_private apt-get source --download-only --tar-only -t "$3" "$1" >>"$log" 2>&1 ||
            source_archive "$1" "$2" >/dev/null || { cat "$log" >&2; exit 1; }
    ) || fail "could not fetch the source of $1"
}

# What to take from an archive: the four ImPlot files are all we want of a large program, and of a package of R the
# library that it brings along.
source_members() {
    case $1 in
        satdump) printf '%s\n' '*/src-core/imgui/implot/*' ;;
        imgui) printf '%s\n' '*/imgui*.cpp' '*/imgui*.h' '*/imstb_*.h' '*/imconfig.h' \
            '*/backends/imgui_impl_opengl3*' '*/misc/freetype/*' '*/LICENSE.txt' ;;
        catch2) printf '%s\n' '*/src/*' '*/extras/catch_amalgamated.*' '*/LICENSE.txt' ;;
        r-cran-writexl) printf '%s\n' '*/src/*' '*/LICENSE' '*/AUTHORS' ;;
        sqlitecpp) printf '%s\n' '*/include/*' '*/src/*' '*/LICENSE.txt' ;;
        *) printf '%s\n' '*' ;;
    esac
}

source_unpack() {
    target=$(source_directory "$1" "$2")
    [ -d "$target" ] && return 0
    source_fetch "$1" "$2" "$3"
    note "unpacking $1"
    rm -rf "$target.part"
    mkdir -p "$target.part" "$PORTAL_CACHE/sources"
    archive=$(source_archive "$1" "$2") || fail "the source archive of $1 is damaged"
    source_members "$1" >"$target.part/.members"
    # tar complains about a pattern that matches nothing; the build checks for the files it needs.
    tar -xf "$archive" -C "$target.part" --strip-components=1 --wildcards \
        --files-from="$target.part/.members" 2>/dev/null || [ -n "$(ls "$target.part")" ]
    mv "$target.part" "$target"
    # The download is only wanted again when the pin changes.
    rm -rf "$(source_downloads "$1" "$2")"
}

sources_install() {
    pins source | while read -r name version suite; do
        source_unpack "$name" "$version" "$suite"
    done
    # A web build must never see /usr/include, so header-only libraries get a folder of links.
    mkdir -p "$PORTAL_CACHE/include/boost"
    for library in nlohmann tl boost/pfr boost/pfr.hpp; do
        [ -e "$PORTAL_CACHE/include/$library" ] || ln -sfn "/usr/include/$library" "$PORTAL_CACHE/include/$library"
    done
}
