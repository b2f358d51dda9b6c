"""The zoo: no hostile submission earns, hangs, tells, damages or leaves anything.

The attacks run for real: as the user that runs the tests and, if that is root, as a
plain user too; sealed, and where nothing but a process separates them.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[2]
ZOO = Path(__file__).with_name("zoo.py")
FILES = sorted((ROOT / "tests/submissions/hostile").glob("*.py"))
# Where only a process separates us, these are still promised to be harmless.
CONTAINED = [
    file
    for file in FILES
    if re.match("exits_|hangs_in_c|hangs_loop|hangs_at_i|bombs_m|bombs_r", file.name)
]
GENEROUS_SECONDS = 20  # a guard against hanging: the budget is 1.2
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux can seal submissions in"
)


@pytest.fixture(scope="session")
def runs(request, tmp_path_factory):
    """Start the runs side by side: each is a process, and the file that it writes."""
    folder = tmp_path_factory.mktemp("zoo")
    me = sys.executable, {"env": dict(os.environ), "cwd": "/", "text": True}
    users = {("process", "me"): (CONTAINED, *me)}
    if os.geteuid() == 0:
        users["sealed", "root"] = FILES, *me
    with contextlib.suppress(pytest.skip.Exception):
        users["sealed", "plain"] = FILES, *request.getfixturevalue("plain_user")
    started = {}
    for (level, user), (files, python, options) in users.items():
        command = [python, str(ZOO), level, *map(str, files)]
        with (folder / f"{level} {user}").open("w") as said:
            process = subprocess.Popen(
                command, stdout=said, stderr=subprocess.STDOUT, **options
            )
        started[level, user] = process, Path(said.name)
    yield started
    for process, _ in started.values():
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def records(runs):
    """Return a function: what each submission achieved in a run."""
    results = {}

    def of(level, user):
        if (level, user) not in runs:
            pytest.skip(f"these tests cannot run as {user} here")
        if (level, user) not in results:
            process, said = runs[level, user]
            process.wait(timeout=400)
            rows = map(json.loads, said.read_text(encoding="utf-8").splitlines())
            results[level, user] = {row["file"]: row for row in rows}
        return results[level, user]

    return of


def header(file):
    """Return the fields in the comments at the top of a submission."""
    lines = file.read_text(encoding="utf-8").splitlines()[:3]
    return dict(line.removeprefix("# ").split(": ", 1) for line in lines)


def test_the_zoo_is_large_and_every_animal_is_labelled():
    assert len(FILES) >= 50
    for file in FILES:
        fields = header(file)
        assert fields["exercise"] == "stride"
        assert fields["tries"]
        allowed = set(fields["verdict"].split(", "))
        assert allowed <= {"WRONG", "ERROR", "TIMEOUT", "CRASH", "TODO", "SKIP", "PASS"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("user", ["root", "plain"])
def test_a_sealed_submission_gains_nothing(records, user, file, required):
    record = records("sealed", user)[file.name]

    if not record["isolation"].startswith("sealed ("):
        required("this machine cannot seal submissions in")
    gains_nothing(record, file)
    keeps_secrets(record)


@pytest.mark.parametrize("file", CONTAINED, ids=lambda file: file.stem)
def test_a_submission_in_a_process_of_its_own_is_contained(records, file):
    record = records("process", "me")[file.name]

    assert record["isolation"].startswith("process (")
    gains_nothing(record, file)


@pytest.mark.parametrize("user", ["root", "plain"])
def test_nothing_is_left_when_all_is_over(records, user):
    assert records("sealed", user)[""]["left"] == []


def gains_nothing(record, file):
    allowed = set(header(file)["verdict"].split(", "))
    # A check that waits for another one is skipped whatever the attack, and anything
    # may run out of half a second on a busy machine.
    assert set(record["verdicts"]) <= allowed | {"SKIP", "TIMEOUT"}
    assert record["score"] == 0 or "PASS" in allowed
    assert record["seconds"] < GENEROUS_SECONDS
    assert record["next"] == record["max"]
    assert record["left"] == []


def keeps_secrets(record):
    reports = record["reports"]
    for text in reports.values():
        assert "BREACH" not in text
        assert "CANARY" not in text
        assert all(character.isprintable() or character == "\n" for character in text)
    assert json.loads(reports["json"])["score"] == record["score"]
    assert json.loads(reports["gradescope"])["score"] == record["score"]
    suite = ET.fromstring(reports["junit"])[0]
    assert len(suite.findall("testcase")) == int(suite.get("tests"))
