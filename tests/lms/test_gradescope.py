"""Gradescope's container, simulated: the zip is unpacked, set up and run as there.

The tree that Gradescope has at ``/autograder`` lies in a folder of the test; no Docker
is needed, since nothing in it uses more than a container offers.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="Gradescope runs autograders on Linux"
)
POINTS = 40
NAME = "stride.py"
SUBREAPER = 36
# The capabilities of root in a container, unless its host gives more.
DOCKER = (
    "chown",
    "dac_override",
    "fowner",
    "fsetid",
    "kill",
    "setgid",
    "setuid",
    "setpcap",
    "net_bind_service",
    "net_raw",
    "sys_chroot",
    "mknod",
    "audit_write",
    "setfcap",
)
NAME = "stride.py"


def test_the_score_is_that_of_our_judge(
    is_graded, built, solution, skeleton, wrong, earns
):
    for source in (solution, skeleton, wrong):
        _, results = built.judge(source)

        assert is_graded(results)
        assert results["score"] == earns(source)
    assert 0 < results["score"] < POINTS


def test_students_see_public_checks_now_and_hidden_ones_when_grades_are_out(
    built, wrong
):
    said, results = built.judge(wrong)

    visible = {test["visibility"] for test in results["tests"]}
    assert visible == {"visible", "after_published"}
    assert results["stdout_visibility"] == "hidden"
    assert all(test["name"].startswith("Stride: ") for test in results["tests"])
    assert [test["number"] for test in results["tests"]][:2] == ["1.1", "1.2"]
    assert "sealed (seccomp" in said


def test_modules_may_lie_in_a_folder_of_a_folder(built, solution):
    inner = built.empty() / "homework" / "assignments"
    inner.mkdir(parents=True)
    (inner / NAME).write_bytes(solution)

    assert built.run()[1]["score"] == POINTS


def test_no_attack_earns_and_the_results_stay_valid(
    is_graded, built, attacks, solution
):
    for name, source in attacks(built.root).items():
        _, results = built.judge(source)

        assert is_graded(results), name
        # Refusing what must be refused is right, whoever does it.
        assert results["score"] <= 4, name
        assert "BREACH" not in built.results.read_text(), name
        assert sorted(path.name for path in built.root.iterdir()) == [
            "results",
            "run_autograder",
            "source",
            "submission",
            "venv",
        ]
        assert list(built.results.parent.iterdir()) == [built.results]
    assert not Path("/tmp/stolen").exists()
    assert built.judge(solution)[1]["score"] == POINTS


def test_no_process_of_a_submission_survives(built, attacks):
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)  # orphans become ours
    try:
        before = children()  # the sandbox of this test session
        for name in ("bombs_fork", "takeover"):
            built.judge(attacks(built.root)[name])

        assert children() <= before
    finally:
        ctypes.CDLL(None).prctl(SUBREAPER, 0, 0, 0, 0)


def children():
    """Return the processes of ours that live, not the dead that await burial."""
    mine = Path(f"/proc/self/task/{os.getpid()}/children")
    living = set()
    for pid in mine.read_text().split():
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        living |= {pid} if state != "Z" else set()
    return living


def test_it_runs_with_what_docker_leaves_to_root(built, wrong, earns, required):
    """Without the right to mount, to trace, or to make a namespace as root."""
    tool = shutil.which("setpriv")
    if os.geteuid() != 0 or tool is None:
        required("only root can give up root's capabilities, by setpriv")
    (built.empty() / NAME).write_bytes(wrong)
    kept = ",".join(f"+{name}" for name in DOCKER)
    options = f"--bounding-set=-all,{kept} --inh-caps=-all,{kept} --no-new-privs"
    said, results = built.run(f"exec {tool} {options} {built.root}/run_autograder")

    assert results["score"] == earns(wrong)
    assert "sealed (seccomp" in said


def nothing(folder):
    pass


def binary(folder):
    (folder / NAME).write_bytes(bytes(range(256)) * 40)


def huge(folder):
    with (folder / NAME).open("wb") as stream:
        stream.truncate(1 << 32)


def linked(folder):
    (folder / NAME).symlink_to(folder.parent / "source/course/solutions/stride.py")


def linked_folder(folder):
    (folder / "mine").symlink_to(folder.parent / "source/course/solutions")


def a_folder(folder):
    (folder / NAME).mkdir()


def a_pipe(folder):
    os.mkfifo(folder / NAME)


def packed(folder):
    with zipfile.ZipFile(folder / "homework.zip", "w") as made:
        made.writestr(NAME, "x" * 3_000_000)


def many(folder):
    for number in range(400):
        (folder / f"part-{number}.py").touch()
        (folder / f"folder-{number}").mkdir()


def odd_names(folder):
    (folder / "a\nb.py").touch()
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff.py"))).touch()


@pytest.mark.parametrize(
    "made",
    [
        nothing,
        binary,
        huge,
        linked,
        linked_folder,
        a_folder,
        a_pipe,
        packed,
        many,
        odd_names,
    ],
)
def test_whatever_is_handed_in_is_graded(is_graded, container, made):
    made(container.empty())
    _, results = container.run()

    assert is_graded(results)
    assert results["score"] == 0


def test_what_is_no_module_is_said_to_be_none(container):
    (container.empty() / "stride.py.txt").touch()

    _, results = container.run()
    said = results["tests"][0]["output"]
    assert "stride.py is missing: what you handed in holds no module" in said
