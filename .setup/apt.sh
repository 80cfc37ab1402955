# Debian packages. The machine's own apt configuration is used for what its own suite has, and is
# left unchanged; newer suites are reached through a private configuration in the cache, derived
# from the machine's own archive entry, so that no archive address is written down here.

APT_PRIVATE=$PORTAL_CACHE/apt
# Packages of the machine's own suite. One list: what the build, the tests and the benches need.
APT_PACKAGES="ca-certificates git clang-19 lld-19 libclang-rt-19-dev cmake ninja-build ccache python3 xz-utils
 nlohmann-json3-dev libexpected-dev libboost1.81-dev libsodium-dev libcli11-dev libspdlog-dev
 libfmt-dev libbrotli-dev brotli libssl-dev openssl sqlite3 tzdata chromium"

# packages_missing NAMES...: those of them that are not installed.
packages_missing() {
    installed=" $(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
        awk '$2 == "installed" { printf "%s ", $1 }')"
    for package in "$@"; do
        case $installed in *" $package "*) ;; *) printf ' %s' "$package" ;; esac
    done
}

host_codename() { sed -n 's/^VERSION_CODENAME=//p' /etc/os-release; }

# archive_entry SUITE: prints "OPTIONS|URI" of the machine's entries for that suite; understands the
# one-line format ("deb [options] uri suite components") and deb822 ("Types:/URIs:/Suites:").
archive_entry() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
        sed -n 's/^deb[[:space:]]\{1,\}//p' |
        awk -v suite="$1" '
            { options = ""
              if (match($0, /^\[[^]]*\]/)) { options = substr($0, 2, RLENGTH - 2)
                                             $0 = substr($0, RLENGTH + 1) }
              if ($2 == suite) print options "|" $1 }'
    for file in /etc/apt/sources.list.d/*.sources; do
        [ -f "$file" ] || continue
        awk -v suite="$1" '
            function flush() { if (uri != "" && enabled && index(" " suites " ", " " suite " "))
                                   print options "|" uri
                               uri = suites = options = ""; enabled = 1 }
            BEGIN { enabled = 1 }
            /^#/ { next }
            /^[ \t]*$/ { flush(); next }
            { key = tolower($1); value = $0; sub(/^[^:]*:[ \t]*/, "", value) }
            key == "uris:" { split(value, uris, " "); uri = uris[1] }
            key == "suites:" { suites = value }
            key == "signed-by:" && value ~ /^\// { options = options " signed-by=" value }
            key == "trusted:" { options = options " trusted=" value }
            key == "enabled:" && tolower(value) == "no" { enabled = 0 }
            END { flush() }' "$file"
    done
}

# source_line TYPE ENTRY SUITE: one line of a sources.list.
source_line() {
    options=$(printf '%s' "${2%%|*}" | sed 's/^ *//')
    [ -z "$options" ] || options="[$options] "
    printf '%s %s%s %s main\n' "$1" "$options" "${2#*|}" "$3"
}

# apt with the private sources and the machine's dpkg status, and nothing of the machine's own
# lists, preferences or package cache.
apt_private() { env APT_CONFIG="$APT_PRIVATE/apt.conf" DEBIAN_FRONTEND=noninteractive "$@"; }
apt_private_as_root() { as_root env APT_CONFIG="$APT_PRIVATE/apt.conf" DEBIAN_FRONTEND=noninteractive "$@"; }

apt_private_configure() {
    codename=$(host_codename)
    if [ -n "${PORTAL_ARCHIVE:-}" ]; then entry="|$PORTAL_ARCHIVE"
    else entry=$(archive_entry "$codename" | head -n 1)
    fi
    [ -n "$entry" ] || fail "no archive entry for '$codename' in /etc/apt; set PORTAL_ARCHIVE"
    {
        source_line deb "$entry" "$codename"
        for suite in "$codename-updates" "$codename-security"; do
            archive_entry "$suite" | head -n 1 | while read -r extra; do
                source_line deb "$extra" "$suite"
            done
        done
        for suite in trixie forky; do source_line deb-src "$entry" "$suite"; done
        [ "$codename" = trixie ] || source_line deb "$entry" trixie
    } >"$APT_PRIVATE/sources.list"
    # The machine's own suite keeps the upper hand, so that nothing gets upgraded by accident.
    printf 'Package: *\nPin: release n=trixie\nPin-Priority: 100\n' >"$APT_PRIVATE/preferences"
    cat >"$APT_PRIVATE/apt.conf" <<EOF
Dir::Etc::sourcelist "$APT_PRIVATE/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "$APT_PRIVATE/preferences";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::Lists "$APT_PRIVATE/lists";
Dir::Cache "$APT_PRIVATE/cache";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
DPkg::Lock::Timeout "120";
EOF
}

# Called only when something is missing; the lists are read again only once a day.
apt_private_ready() {
    mkdir -p "$APT_PRIVATE/lists/partial" "$APT_PRIVATE/cache/archives/partial"
    if [ -n "$(find "$APT_PRIVATE/updated" -mtime -1 2>/dev/null)" ]; then return 0; fi
    apt_private_configure
    note "reading the lists of trixie and forky"
    quietly apt-private-update.log apt_private apt-get update ||
        fail "could not read the archive's lists"
    touch "$APT_PRIVATE/updated"
}

apt_install_missing() {
    # shellcheck disable=SC2086
    missing=$(packages_missing $APT_PACKAGES)
    # npm comes with node on some machines and as a package of its own on others.
    command -v node >/dev/null 2>&1 || missing="$missing nodejs"
    command -v npm >/dev/null 2>&1 || missing="$missing npm"
    [ -n "$missing" ] || return 0
    note "installing$missing"
    # shellcheck disable=SC2086
    quietly apt-install.log as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y \
        --no-install-recommends $missing && return 0
    note "updating the package lists and trying once more"
    quietly apt-update.log as_root apt-get update || fail "apt-get update did not work"
    # shellcheck disable=SC2086
    quietly apt-install.log as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y \
        --no-install-recommends $missing || fail "apt could not install:$missing"
}
