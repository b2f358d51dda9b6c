#!/bin/bash
# Moodle's Virtual Programming Lab starts this to @ACTION@ a submission. It unpacks the
# grader, before a byte of the submission is read, and leaves vpl_execution to run it.
umask 077
home=$PWD
place=$home/.autograder

stop() {
    printf '#!/bin/bash\nprintf "%%s\\n" "Comment :=>> Not graded: %s"\n' "$1" >vpl_execution
    chmod 0700 vpl_execution
    exit 0
}

python=$(command -v python3) || stop "the execution server has no python3."
"$python" -I -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
    stop "the execution server needs Python 3.10 or newer."
"$python" -I -c 'import numpy, yaml' 2>/dev/null ||
    stop "the execution server needs numpy and pyyaml: apt install python3-numpy python3-yaml"

rm -rf "$place" && mkdir "$place" || stop "nothing can be written here."
base64 -d autograder.b64 >"$place/autograder.zip" 2>/dev/null &&
    "$python" -I -m zipfile -e "$place/autograder.zip" "$place" >/dev/null 2>&1 ||
    stop "autograder.b64 is missing or damaged. Upload the execution files again."
# The suite is for the grader alone; what has been unpacked is enough.
rm -f autograder.b64 "$place/autograder.zip"

# The range of grades, from Moodle.
[ -r vpl_environment.sh ] && . ./vpl_environment.sh
lowest=$VPL_GRADEMIN
highest=$VPL_GRADEMAX

{
    printf '#!/bin/bash\n'
    printf 'export OPENBLAS_NUM_THREADS=1\n'
    printf 'exec %q -I %q @ACTION@ %q %q %q @NAMES@\n' \
        "$python" "$place/start.py" "$home" "$lowest" "$highest"
} >vpl_execution
chmod 0700 vpl_execution
