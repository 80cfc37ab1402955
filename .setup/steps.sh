# Numbered steps with elapsed time. A step's output goes to build/logs and is shown when it fails.

now_s() { cut -d' ' -f1 /proc/uptime 2>/dev/null || date +%s; }
since_s() { awk -v a="$1" -v b="$(now_s)" 'BEGIN { printf "%.1f", b - a }'; }
elapsed_total() {
    awk -v s="$(since_s "$steps_started")" 'BEGIN { if (s < 60) printf "%.1f s", s; else printf "%d min %d s", s / 60, s % 60 }'
}

steps_begin() {
    steps_count=$1
    steps_done=0
    steps_started=$(now_s)
    mkdir -p build/logs
}

# step_run TITLE COMMAND...: runs a numbered step and leaves its status in step_status. It returns 0
# always: a caller that tested its status with `||` would switch off `set -e` inside the command.
step_run() {
    steps_done=$((steps_done + 1))
    step_title=$1
    step_log=build/logs/$(printf '%s' "$step_title" | tr 'A-Z ' 'a-z-' | tr -cd 'a-z0-9-').log
    shift
    printf '[%d/%d] %s ... ' "$steps_done" "$steps_count" "$step_title"
    step_started=$(now_s)
    set +e
    ( set -eu; "$@" ) >"$step_log" 2>&1 </dev/null
    step_status=$?
    set -e
    step_seconds=$(since_s "$step_started")
    if [ "$step_status" = 0 ]; then
        printf '%s s\n' "$step_seconds"
        grep '^      ' "$step_log" | head -n 30 || true
    else
        printf 'failed after %s s\n' "$step_seconds"
        tail -n 60 "$step_log"
    fi
}

# step TITLE COMMAND...: like step_run, and ends everything on failure.
step() {
    step_run "$@"
    [ "$step_status" = 0 ] || fail "$step_title (see $step_log)"
}
