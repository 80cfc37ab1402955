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
    node web/build/site.mjs --programs build/web --out build/site >build/site.txt
    sed 's/^/      /' build/site.txt
}

# Three steps: the server, the browser programs, the site. With "with tests" those are built too, which keeps
# both processors busy to the end.
build_site_steps() {
    step "Build the server${1:+ $1}" build_preset release portal-server ${1:+portal-tests}
    step "Build the browser programs${1:+ $1}" build_preset web portal portal-demo portal-guest portal-inline ${1:+portal-tests-wasm}
    step "Assemble the site" assemble_site
}

make_demo_file() {
    node web/build/demo_file.mjs --site build/site --out "$1" | sed 's/^/      /'
}

run_bench() {
    rm -f build/bench.json
    node tests/bench/run.mjs --out build/bench.json || fail "the benches"
    printf 'Written: build/bench.json\n'
}
