# Libraries that no Debian 12 package offers, from Debian source packages: only the upstream
# archive is fetched (--tar-only), because we build them with our own flags and no patches.

source_directory() { printf '%s/sources/%s-%s' "$PORTAL_CACHE" "$1" "$2"; }

# source_fetch NAME VERSION SUITE: leaves NAME_*.orig.tar.* in the downloads folder.
source_fetch() {
    mkdir -p "$PORTAL_CACHE/downloads/$1-$2"
    if ls "$PORTAL_CACHE/downloads/$1-$2/"*.orig.tar.* >/dev/null 2>&1; then return 0; fi
    apt_private_ready
    (
        cd "$PORTAL_CACHE/downloads/$1-$2"
        quietly "source-$1.log" apt_private apt-get source --download-only --tar-only "$1=$2" || {
            note "$1 $2 is not in the archive any more: taking the newest of $3"
            quietly "source-$1.log" apt_private apt-get source --download-only --tar-only -t "$3" "$1"
        }
    ) || fail "could not fetch the source of $1"
}

# What to take from an archive: the four ImPlot files are all we want of a large program.
source_members() {
    case $1 in
        satdump) printf '%s\n' '*/src-core/imgui/implot/*' ;;
        imgui) printf '%s\n' '*/imgui*.cpp' '*/imgui*.h' '*/imstb_*.h' '*/imconfig.h' \
            '*/backends/imgui_impl_opengl3*' '*/misc/freetype/*' '*/LICENSE.txt' ;;
        catch2) printf '%s\n' '*/src/*' '*/extras/catch_amalgamated.*' '*/LICENSE.txt' ;;
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
    archive=$(ls "$PORTAL_CACHE/downloads/$1-$2/"*.orig.tar.* | head -n 1)
    source_members "$1" >"$target.part/.members"
    tar -xf "$archive" -C "$target.part" --strip-components=1 --wildcards \
        --files-from="$target.part/.members" 2>/dev/null || [ -n "$(ls "$target.part")" ]
    mv "$target.part" "$target"
    # The download is only wanted again when the pin changes.
    rm -rf "$PORTAL_CACHE/downloads/$1-$2"
}

sources_install() {
    pins source | while read -r name version suite; do
        source_unpack "$name" "$version" "$suite"
    done
    # A web build must never see /usr/include, so header-only libraries get a folder of links.
    mkdir -p "$PORTAL_CACHE/include"
    for library in nlohmann tl; do
        [ -e "$PORTAL_CACHE/include/$library" ] || ln -sfn "/usr/include/$library" "$PORTAL_CACHE/include/$library"
    done
}
