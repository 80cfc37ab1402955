# Shared pieces of the set-up scripts. Sourced with `set -eu` on, from the repository root.
# Everything that is fetched lives below PORTAL_CACHE, outside the checkout, so that a fresh
# clone on the same machine fetches nothing.

PORTAL_CACHE=${PORTAL_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/partner-portal}
export PORTAL_CACHE

note() { printf '      %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

# as_root COMMAND...: the set-up installs packages, so it needs root or sudo for exactly that.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo "$@"
    else fail "this needs root or sudo: $*"
    fi
}

# quietly LOG COMMAND...: output goes to the log and is shown only when the command fails.
quietly() {
    quiet_log=$PORTAL_CACHE/logs/$1
    shift
    mkdir -p "$PORTAL_CACHE/logs"
    if ! "$@" >"$quiet_log" 2>&1; then
        tail -n 40 "$quiet_log" >&2
        return 1
    fi
}

# pins KIND: prints "NAME VERSION SUITE" lines of that kind.
pins() { awk -v kind="$1" '$1 == kind { print $2, $3, $4 }' .setup/pins; }

# A stamp records the inputs a step was last run with; the step is skipped while they are equal.
stamp_is_current() { [ "$(cat "$PORTAL_CACHE/stamps/$1" 2>/dev/null)" = "$2" ]; }
stamp_write() { mkdir -p "$PORTAL_CACHE/stamps"; printf '%s\n' "$2" >"$PORTAL_CACHE/stamps/$1"; }

# Two clones may set up at the same time; the cache is shared, so they take turns.
cache_lock() {
    mkdir -p "$PORTAL_CACHE"
    exec 9>"$PORTAL_CACHE/lock"
    if command -v flock >/dev/null 2>&1; then flock 9; fi
}
cache_unlock() { exec 9>&-; }
