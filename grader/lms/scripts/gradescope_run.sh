#!/usr/bin/env bash
# Judge one submission. However this ends, results.json holds what Gradescope can read:
# first that nothing is graded yet, then, written whole, what the grader says.
set -u
umask 077
root=${AUTOGRADER_ROOT:-/autograder}
results=$root/results/results.json

say() {
    echo "run_autograder: $*"
}

# A request to end reaches the grader, whenever it comes.
stopped=
child=
trap 'stopped=yes; [ -z "$child" ] || kill -TERM "$child" 2>/dev/null' TERM INT HUP

# The tree is root's; what student code runs as must not even list it.
chmod 0700 "$root/source" || say "cannot close $root/source"

mkdir -p "$root/results"
if cp "$root/source/not_graded.json" "$results.new"; then
    chmod 0644 "$results.new" && mv -f "$results.new" "$results"
else
    # A full disk has no room for a copy, but for one more name.
    rm -f "$results.new"
    ln -f "$root/source/not_graded.json" "$results" || say "cannot write $results"
fi

[ -z "$stopped" ] || exit 0
cd / || exit 1
export OPENBLAS_NUM_THREADS=1
"$root/venv/bin/python" -I -m grader.lms.gradescope_run @SECONDS@ "$root" @NAMES@ &
child=$!
[ -z "$stopped" ] || kill -TERM "$child" 2>/dev/null
wait "$child"
status=$?
# A signal to us ends the waiting before the child has ended.
[ "$status" -gt 128 ] && wait "$child" 2>/dev/null

case $status in
0) ;;
137 | 142) say "the grader was stopped: it took too long, or too much memory" ;;
126 | 127) say "the grader is not installed: look at the output of the image's build" ;;
*) say "the grader ended with $status" ;;
esac
# Gradescope reads results.json, which is there; a status of our own could hide it.
exit 0
