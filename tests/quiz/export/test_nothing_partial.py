"""A full disk, a place that cannot be written, an interrupt: no half file, one line."""

import os
import signal
import subprocess
import sys
import time

import pytest

FORMATS = ["moodle", "gift", "brightspace", "canvas", "qti21", "qti30"]
MAIN = "from grader.cli.quiz import main; main()"

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="limits and signals of POSIX"
)


def start(root, out, form, *, variants=200, before="", name="convolution-output-shape"):
    command = [
        sys.executable, "-c", before + MAIN, "new", "--family", name,
        "--variants", str(variants), "--format", form, "--out", str(out),
    ]  # fmt: skip
    return subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_leaves_no_file(root, tmp_path, form):
    limit = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (20_000, 20_000));"
    process = start(root, tmp_path / "quiz", form, before=limit)
    _, said = process.communicate(timeout=60)

    assert process.returncode == 2
    assert said.startswith("quiz: cannot write ")
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_place_that_cannot_be_written_is_named(root, tmp_path, form):
    process = start(root, tmp_path / "none" / "quiz", form, variants=2)
    _, said = process.communicate(timeout=60)

    assert process.returncode == 2
    assert said.startswith(f"quiz: cannot write {tmp_path}")
    assert said.count("\n") == 1


@pytest.mark.parametrize("form", FORMATS)
def test_an_interrupt_leaves_no_file(root, tmp_path, form):
    process = start(root, tmp_path / "quiz", form, variants=20_000)
    deadline = time.monotonic() + 60
    while not any(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)

    assert process.returncode == 130
    assert said.strip() == "quiz: interrupted"
    assert list(tmp_path.iterdir()) == []
