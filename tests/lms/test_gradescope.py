"""Gradescope's container, simulated: the zip is unpacked, set up and run as there.

The tree that Gradescope has at ``/autograder`` lies in a folder of the test; no Docker
is needed, since nothing in it uses more than a container offers.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="Gradescope runs autograders on Linux"
)
PATIENCE = 60
POINTS = 40
SUBREAPER = 36
NAME = "stride.py"
_RULES = importlib.util.spec_from_file_location(
    "gradescope_rules", Path(__file__).with_name("gradescope_rules.py")
)
gradescope_rules = importlib.util.module_from_spec(_RULES)
_RULES.loader.exec_module(gradescope_rules)


class Container:
    """A folder with what Gradescope has at ``/autograder``."""

    def __init__(self, root):
        self.root = root
        self.results = root / "results" / "results.json"

    def empty(self):
        """Make the folders of a submission anew, as Gradescope does."""
        for name in ("submission", "results"):
            shutil.rmtree(self.root / name, ignore_errors=True)
            (self.root / name).mkdir()
        return self.root / "submission"

    def start(self, before=""):
        """Start a run; the shell may set limits before it."""
        return subprocess.Popen(
            ["bash", "-c", f"{before}\nexec {self.root}/run_autograder"],
            env={"PATH": os.environ["PATH"], "AUTOGRADER_ROOT": str(self.root)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, before=""):
        """Return what a run said, and its results, which are always valid."""
        process = self.start(before)
        said, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said
        return said, self.read()

    def read(self):
        return gradescope_rules.checked(self.results.read_text(encoding="utf-8"))

    def judge(self, source):
        (self.empty() / NAME).write_bytes(source)
        return self.run()


@pytest.fixture(scope="session")
def built(exported, packages, tmp_path_factory):
    """Return a container after `setup.sh`, with packages from here, not the network."""
    root = tmp_path_factory.mktemp("gradescope") / "autograder"
    with zipfile.ZipFile(exported("gradescope")) as made:
        made.extractall(root / "source")
        for info in made.infolist():  # as unzip does, and zipfile does not
            (root / "source" / info.filename).chmod(info.external_attr >> 16 & 0o777)
    shutil.copy(root / "source" / "run_autograder", root)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    python = root.parent / "python3"
    python.write_text(
        "#!/bin/bash\n"
        f'{sys.executable} "$@" || exit 1\n'
        '[ "$3" != venv ] && exit\n'
        f'echo "$LINES_OF_PATH" > "${{!#}}/lib/{version}/site-packages/more.pth"\n'
    )
    python.chmod(0o755)
    environment = {
        "PATH": os.environ["PATH"],
        "AUTOGRADER_ROOT": str(root),
        "PYTHON": str(python),
        "LINES_OF_PATH": "\n".join(packages),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
    }
    ran = subprocess.run(
        ["bash", root / "source" / "setup.sh"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"ready: the solutions get {POINTS} of {POINTS}" in ran.stdout
    return Container(root)


@pytest.fixture
def container(built, tmp_path):
    """Return a container whose engine and course a test may break."""
    root = tmp_path / "autograder"
    root.mkdir()
    shutil.copytree(built.root / "source", root / "source")
    shutil.copy(built.root / "run_autograder", root)
    (root / "venv").symlink_to(built.root / "venv")
    made = Container(root)
    made.empty()
    return made


def is_graded(results):
    return results["extra_data"]["graded"]


def test_the_zip_lets_only_its_owner_in(exported):
    with zipfile.ZipFile(exported("gradescope")) as made:
        modes = {i.filename: i.external_attr >> 16 for i in made.infolist()}

    assert {"setup.sh", "run_autograder"} <= set(modes)
    assert {"course/solutions/stride.py", "course/tests/hidden/stride.py"} <= set(modes)
    for name, mode in modes.items():
        executable = name.endswith("/") or name in ("setup.sh", "run_autograder")
        assert stat.S_IMODE(mode) == (0o700 if executable else 0o600)
        assert stat.S_ISDIR(mode) == name.endswith("/")


def test_the_score_is_that_of_our_judge(built, solution, skeleton, wrong, earns):
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


def test_no_attack_earns_and_the_results_stay_valid(built, attacks, solution):
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
        made.writestr(NAME, "x")


def many(folder):
    for number in range(3000):
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
def test_whatever_is_handed_in_is_graded(container, made):
    made(container.empty())
    _, results = container.run()

    assert is_graded(results)
    assert results["score"] == 0


def test_a_zip_is_said_to_be_a_zip(container):
    packed(container.empty())

    _, results = container.run()
    said = results["tests"][0]["output"]
    assert "stride.py is missing: hand in the .py files, not a .zip file" in said


def no_submission(container):
    (container.root / "submission").rmdir()


def broken_suite(container):
    place = container.root / "source/course/tests/hidden/stride.py"
    place.write_text("def (")


def no_course(container):
    shutil.rmtree(container.root / "source/course")


def no_engine(container):
    (container.root / "venv").unlink()


def crashing_engine(container):
    """Shadow the engine by one that fails in a way that nobody foresaw."""
    (container.root / "venv").unlink()
    python = container.root / "venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nkill -SEGV $$\n")
    python.chmod(0o755)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (no_submission, "not graded: "),
        (broken_suite, "stride.py"),
        (no_course, "course.yml: cannot be read"),
        (no_engine, "the grader is not installed"),
        (crashing_engine, "the grader ended with"),
    ],
)
def test_where_we_fail_nobody_is_graded(container, spoil, said):
    spoil(container)
    output, results = container.run()

    assert said in output
    assert not is_graded(results)
    assert "the 0 is no grade" in results["output"]


def test_a_run_that_takes_too_long_is_stopped(container):
    (container.empty() / NAME).write_text("while True:\n    pass\n")
    script = container.root / "run_autograder"
    script.write_text(script.read_text().replace("--kill-after=10 125", "0.5"))

    output, results = container.run()
    assert "it took too long" in output
    assert not is_graded(results)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_killed_leaves_valid_results(container, number):
    (container.empty() / NAME).write_text("while True:\n    pass\n")
    container.results.write_text("stale")
    process = container.start()
    deadline = time.monotonic() + PATIENCE
    while container.results.read_text() == "stale" and time.monotonic() < deadline:
        time.sleep(0.02)
    if number == signal.SIGTERM:
        process.send_signal(number)
    else:  # as when a container is torn down
        for pid in session(process.pid):
            os.kill(pid, number)
    process.communicate(timeout=PATIENCE)

    assert not is_graded(container.read())


def session(leader):
    """Return the processes of a session, its leader first."""
    found = [leader]
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.getsid(int(place.name)) == leader and int(place.name) != leader:
                found.append(int(place.name))
    return found


def test_a_grader_that_runs_out_of_memory_leaves_valid_results(container, solution):
    (container.empty() / NAME).write_bytes(solution)
    # Too little for numpy, enough for bash.
    output, results = container.run("ulimit -v 60000")

    assert not is_graded(results)
    assert "the grader" in output


@pytest.mark.parametrize("blocks", [0, 1])
def test_a_full_disk_leaves_valid_results(container, solution, blocks):
    """With no room at all, and with room for what is there before the grade."""
    (container.empty() / NAME).write_bytes(solution)
    before = (container.root / "source/not_graded.json").read_bytes()
    container.run(f"ulimit -f {blocks}")

    assert not is_graded(container.read())
    assert (container.root / "source/not_graded.json").read_bytes() == before


def test_the_suite_is_closed_off_before_a_run_even_if_the_zip_was_unpacked_openly(
    container, solution
):
    source = container.root / "source"
    for path in (source, *source.rglob("*")):
        path.chmod(0o777)
    (container.empty() / NAME).write_bytes(solution)
    container.run()

    for path in (source, *source.rglob("*")):
        assert not path.stat().st_mode & 0o077, path
