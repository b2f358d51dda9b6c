#!/usr/bin/env bash
# Install the grader when Gradescope builds the image: seconds, three packages.
set -u
umask 077
root=${AUTOGRADER_ROOT:-/autograder}

stop() {
    echo "setup.sh: $*" >&2
    exit 1
}

fits() {
    command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 10))'
}

find_python() {
    local name
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python3.10; do
        if fits "$name"; then
            echo "$name"
            return
        fi
    done
}

install_packages() {
    command -v apt-get >/dev/null || return 1
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
}

ls "$root"/source/*.whl >/dev/null 2>&1 ||
    stop "the grader's wheel is missing. Upload the zip as \`course export\` wrote it."

python=$(find_python)
if [ -z "$python" ]; then
    install_packages python3
    python=$(find_python)
fi
[ -n "$python" ] ||
    stop "this image has no Python 3.10 or newer. Choose Ubuntu 22.04 or newer as the base image."

if ! "$python" -I -m venv --clear "$root/venv" >/dev/null 2>&1; then
    install_packages python3-venv
    "$python" -I -m venv --clear "$root/venv" >/dev/null ||
        stop "python3-venv is missing and could not be installed. Is the network reachable? Build again."
fi

"$root/venv/bin/python" -I -m pip install --quiet --disable-pip-version-check \
    "$root"/source/*.whl ||
    stop "pip could not install the grader and numpy, click, pyyaml. Is the network reachable? Build again."

# Say now, to the instructor, what a first submission would show. The container that
# builds may allow less than the one that runs, so a failure here is only told.
cd / && OPENBLAS_NUM_THREADS=1 \
    "$root/venv/bin/python" -I -m grader.lms.gradescope_run @SECONDS@ --check "$root" @NAMES@ ||
    echo "setup.sh: the solutions could not be judged here; submit one before students do."
