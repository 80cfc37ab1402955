# ./portal test: every suite is run even when an earlier one failed; the report at the end counts
# test cases and names the ten slowest.
#
# A suite leaves build/test-results/SUITE.xml (JUnit, from Catch2) or SUITE.json
# ([{"name", "seconds", "passed"}]); PORTAL_TEST_RESULTS names the latter file to it. A suite that
# fails without naming a failed case counts as one failed case.

RESULTS=build/test-results

# suite NAME TITLE COMMAND...: one step, its status kept for the report.
suite() {
    suite_name=$1
    shift
    PORTAL_TEST_RESULTS=$RESULTS/$suite_name.json
    export PORTAL_TEST_RESULTS
    step_run "$@"
    printf '%s\t%s\t%s\t%s\n' "$suite_name" "$step_status" "$step_seconds" "$step_title" >>"$RESULTS/suites.tsv"
}

# run_catch NAME PROGRAM...: a test program whose report goes to the suite's file.
run_catch() {
    catch_file=$RESULTS/$1.xml
    shift
    "$@" --skip-benchmarks --reporter console --reporter "junit::out=$catch_file"
}

# The program run in Node has no files of the machine, so its report comes by the error stream. The tests of the whole
# tenant, marked as slow, run natively and under AddressSanitizer each time, and here with --full.
run_wasm_tests() {
    if [ -n "$full" ]; then set --; else set -- "~[slow]"; fi
    node build/web/tests/portal-tests-wasm.cjs "$@" --skip-benchmarks \
        --reporter console --reporter junit::out=%stderr 2>"$RESULTS/wasm.xml" || {
        status=$?
        tail -n 40 "$RESULTS/wasm.xml"
        return "$status"
    }
}

has_tests() { ls "$@" >/dev/null 2>&1; }

# suite_beside NAME TITLE COMMAND...: starts a suite that uses one core while others run;
# suite_beside_end waits for it and tells about it as a step.
suite_beside() {
    beside_name=$1
    beside_title=$2
    shift 2
    beside_log=build/logs/beside-$beside_name.log
    beside_started=$(now_s)
    rm -f "$beside_log.status"
    (
        status=0
        ( set -eu; "$@" ) >"$beside_log" 2>&1 </dev/null || status=$?
        printf '%s %s\n' "$status" "$(since_s "$beside_started")" >"$beside_log.status"
    ) &
    beside_pid=$!
}

suite_beside_end() {
    step_run "$beside_title" suite_beside_wait
    read -r step_status step_seconds <"$beside_log.status"
    printf '%s\t%s\t%s\t%s\n' "$beside_name" "$step_status" "$step_seconds" "$beside_title" >>"$RESULTS/suites.tsv"
}

suite_beside_wait() {
    # The process is another shell's child, so its end is seen by its status file.
    while [ ! -s "$beside_log.status" ] && kill -0 "$beside_pid" 2>/dev/null; do sleep 0.2; done
    [ -s "$beside_log.status" ] || printf '1 0\n' >"$beside_log.status"
    cat "$beside_log"
    read -r status _ <"$beside_log.status"
    return "$status"
}

command_test() {
    full=
    case ${1:-} in
        "") ;;
        --full) full=yes ;;
        *) fail "./portal test takes --full or nothing" ;;
    esac
    rm -rf "$RESULTS"
    mkdir -p "$RESULTS"
    extra=0
    if [ -n "$full" ]; then extra=$(full_suites | wc -l); fi
    steps_begin $((13 + extra))

    step "Install what is missing" .setup/run
    build_site_steps "with tests"
    suite build-asan "Build the tests under AddressSanitizer" build_preset asan portal-tests
    suite build-tsan "Build the tests under ThreadSanitizer" build_preset tsan portal-tests
    suite_beside asan "Run the native tests under AddressSanitizer" run_catch asan build/asan/tests/portal-tests "~[harness]"
    suite native "Run the native tests" run_catch native build/release/tests/portal-tests
    suite tsan "Run the tests of threads under ThreadSanitizer" run_catch tsan build/tsan/tests/portal-tests "[threads]"
    suite wasm "Run the tests in WebAssembly" run_wasm_tests
    suite openapi "Check the API description" node tests/web/openapi.mjs
    suite server "Run the tests of the server's program" node tests/server-stub/run.mjs
    suite_beside_end
    suite browser "Run the browser tests" node tests/web/run.mjs
    if [ -n "$full" ]; then
        for script in $(full_suites); do
            suite "full-$(printf '%s' "${script#tests/}" | tr / -)" "Run $script" "$script"
        done
    fi
    node .setup/report.mjs "$RESULTS" || fail "some tests did not pass ($(elapsed_total))"
    printf 'All tests passed in %s\n' "$(elapsed_total)"
}

# The long suites: executables of tests/full, and the run in a fresh root last.
full_suites() {
    find tests/full -type f -perm -u+x 2>/dev/null | sort
    [ ! -x tests/fresh/run ] || printf 'tests/fresh/run\n'
}

# The simulation has the settings from its environment, and says its last line itself.
command_sim() {
    for setting in "$@"; do
        case $setting in
            SEEDS=*|FROM=*|SEED=*|ACTIONS=*|WITHOUT=*) export "${setting?}" ;;
            *) fail "./portal sim takes SEEDS=N and FROM=N, or SEED=N, ACTIONS=N and WITHOUT=NAMES" ;;
        esac
    done
    steps_begin 2
    step "Install what is missing" .setup/run
    step "Build the native tests" build_preset release portal-tests
    status=0
    build/release/tests/portal-tests "[.wished-simulation]" --reporter compact >build/simulation.txt || status=$?
    # The framework's own words tell nothing here.
    grep -Ev ' failures$|^All tests passed|^Filters: |^RNG seed: |^$' build/simulation.txt || true
    grep ' failures$' build/simulation.txt
    return "$status"
}

# Every tests/fuzz/NAME_fuzz.cpp is a libFuzzer target; a finding is left in build/fuzz-findings.
command_fuzz() {
    seconds=$1
    has_tests tests/fuzz/*_fuzz.cpp || fail "there are no fuzz targets in tests/fuzz"
    steps_begin $((2 + $(ls tests/fuzz/*_fuzz.cpp | wc -l)))
    step "Install what is missing" .setup/run
    step "Build the fuzz targets" build_preset fuzz portal-fuzz
    mkdir -p build/fuzz-findings
    for source in tests/fuzz/*_fuzz.cpp; do
        name=$(basename "$source" _fuzz.cpp)
        mkdir -p "build/fuzz-corpus/$name"
        # New inputs go to the first folder; the second holds the seeds, one for each kind of input.
        step "Fuzz $name for $seconds s" "build/fuzz/tests/portal-fuzz-$name" -max_total_time="$seconds" \
            -timeout=10 -artifact_prefix="build/fuzz-findings/$name-" "build/fuzz-corpus/$name" "tests/fuzz/corpus/$name"
    done
    printf 'No findings in %s\n' "$(elapsed_total)"
}
