# Emscripten for the browser builds. Debian 13's package (architecture "all") installs beside
# Debian 12's own clang-19; its Binaryen needs a newer libc, so that one is unpacked privately and
# run through its own loader.

EMSCRIPTEN_BIN=$PORTAL_CACHE/emscripten/bin
EMSCRIPTEN_VERSION_MIN=3.1.69

emscripten_version() {
    "$1" --version 2>/dev/null | sed -n '1s/.*) \([0-9][0-9.]*\).*/\1/p'
}

emscripten_is_new_enough() {
    found=$(emscripten_version "$1")
    [ -n "$found" ] && [ "$(printf '%s\n%s\n' "$EMSCRIPTEN_VERSION_MIN" "$found" | sort -V | head -n 1)" = "$EMSCRIPTEN_VERSION_MIN" ]
}

# Asking the compiler for its version takes longer than all the rest, so the stamp goes by its file.
emscripten_inputs() { printf '4 %s %s' "$(command -v emcc)" "$(stat -L -c '%s %Y' "$(command -v emcc)")"; }
emscripten_is_ready() {
    command -v emcc >/dev/null 2>&1 && [ -x "$EMSCRIPTEN_BIN/em++" ] &&
        stamp_is_current emscripten "$(emscripten_inputs)"
}

emscripten_install() {
    if command -v emcc >/dev/null 2>&1 && emscripten_is_new_enough "$(command -v emcc)"; then return 0; fi
    read -r name version suite <<EOF
$(pins global)
EOF
    apt_private_ready
    note "installing $name (a large package)"
    for wanted in "$name=$version" "$name/$suite"; do
        if quietly emscripten.log apt_private_as_root apt-get install -y --no-install-recommends "$wanted"; then
            return 0
        fi
        note "$wanted could not be installed"
    done
    fail "emscripten $EMSCRIPTEN_VERSION_MIN or newer is needed (any emsdk on PATH will do)"
}

# The optimiser is a set of programs of one package; only those emcc calls get a wrapper.
binaryen_install() {
    root=$PORTAL_CACHE/binaryen
    pinned=$(pins tool | tr '\n' ';')
    if stamp_is_current binaryen "$pinned" && [ -x "$root/bin/wasm-opt" ]; then return 0; fi
    rm -rf "$root"
    mkdir -p "$root/bin" "$root/debs"
    apt_private_ready
    pins tool | while read -r name version suite; do
        note "fetching $name $version"
        (
            cd "$root/debs"
            quietly "tool-$name.log" apt_private apt-get download "$name=$version" ||
                { note "$name $version is gone: taking the newest of $suite"
                  quietly "tool-$name.log" apt_private apt-get download "$name/$suite"; }
        ) || fail "could not fetch $name"
    done
    for deb in "$root/debs/"*.deb; do dpkg -x "$deb" "$root"; done
    rm -rf "$root/debs"
    # Since Debian 13 the loader may sit in either place, depending on how /usr was merged.
    libraries=$(dirname "$(find "$root" -name 'libstdc++.so.6' | head -n 1)")
    libc=$(dirname "$(find "$root" -name 'libc.so.6' | head -n 1)")
    loader=$(find "$root" -name 'ld-linux*.so.*' | head -n 1)
    for program in "$root/usr/bin/"*; do
        name=$(basename "$program")
        printf '#!/bin/sh\nexec "%s" --library-path "%s:%s" "%s" "$@"\n' \
            "$loader" "$libraries" "$libc" "$program" >"$root/bin/$name"
        chmod +x "$root/bin/$name"
    done
    "$root/bin/wasm-opt" --version >/dev/null || fail "the private Binaryen does not start"
    stamp_write binaryen "$pinned"
}

# Small wrappers fix the environment, so that plain `cmake --build` works without any.
emscripten_wrap() {
    emcc=$(command -v emcc)
    # ccache takes a wrapper's text for the compiler's identity, so the version stands in it.
    identity="3 $emcc $(emscripten_version "$emcc")"
    mkdir -p "$EMSCRIPTEN_BIN"
    setting=
    case $(readlink -f "$emcc") in
        /usr/share/emscripten/*)
            # Debian's package is built for Binaryen 120; another emsdk brings its own.
            if [ "$(dpkg-query -W -f '${Version}' binaryen 2>/dev/null | cut -d- -f1)" != 120 ]; then
                binaryen_install
                setting="EM_BINARYEN_ROOT='$PORTAL_CACHE/binaryen' "
            fi
            # With a node that is not Debian's, `import "acorn"` only finds what lies in a folder
            # of this name above the compiler.
            [ -e /usr/share/node_modules ] || as_root ln -s nodejs /usr/share/node_modules
            ;;
    esac
    for tool in emcc em++ emar emranlib emnm em-config; do
        real=$(dirname "$emcc")/$tool
        printf '#!/bin/sh\n# %s\n%sexec "%s" "$@"\n' "$identity" "$setting" "$real" >"$EMSCRIPTEN_BIN/$tool"
        chmod +x "$EMSCRIPTEN_BIN/$tool"
    done
    # Emscripten's toolchain file, reached through the folder it looks for its compilers in.
    real=$(dirname "$(readlink -f "$emcc")")
    ln -sfn "$real/cmake" "$EMSCRIPTEN_BIN/cmake"
    stamp_write emscripten "$(emscripten_inputs)"
}
