# Builds, shared by the commands.

# build_preset PRESET TARGETS...: configures when needed, then builds.
build_preset() {
    preset=$1
    shift
    # Ninja configures again by itself when a CMake file changes, but it does not look at the presets.
    if [ ! -f "build/$preset/build.ninja" ] || ! cmp -s CMakePresets.json "build/$preset/presets-used.json"; then
        cmake --preset "$preset"
        cp CMakePresets.json "build/$preset/presets-used.json"
    fi
    cmake --build "build/$preset" --target "$@"
}

assemble_site() {
    # Notes are indented, which makes the step print them: the sizes belong on the screen.
    node web/build/site.mjs --threaded build/web --inline build/web-inline --out build/site >build/site.txt
    sed 's/^/      /' build/site.txt
}

# Four steps: the server, the two browser programs, the site.
build_site_steps() {
    step "Build the server" build_preset release portal-server
    step "Build the browser program with threads" build_preset web portal
    step "Build the browser program without threads" build_preset web-inline portal
    step "Assemble the site" assemble_site
}

build_bench() {
    if ls tests/bench/*.cpp >/dev/null 2>&1; then build_preset release portal-bench; fi
}

run_bench() {
    rm -f build/bench.json
    if [ -x build/release/tests/portal-bench ]; then build/release/tests/portal-bench --out build/bench.json || fail "the native benches"; fi
    if [ -f tests/bench/run.mjs ]; then node tests/bench/run.mjs --out build/bench.json || fail "the browser benches"; fi
    [ -s build/bench.json ] || fail "no bench wrote build/bench.json"
    printf 'Written: build/bench.json\n'
}
