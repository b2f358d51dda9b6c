"""The zoo: no hostile submission earns, hangs, tells, damages or leaves anything.

The attacks run for real: as the user that runs the tests and, if that is root, as a
plain user too; sealed, and where nothing but a process separates them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
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
PLAIN_USER = 54_321
GENEROUS_SECONDS = 20  # a guard against hanging: the budget is 1.2
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux can seal submissions in"
)


@pytest.fixture(scope="session")
def runs():
    """Start the runs side by side; each is a process and the file it writes."""
    users = ["root", "plain"] if os.geteuid() == 0 else ["plain"]
    started = {("sealed", user): start("sealed", user, FILES) for user in users}
    started["process", users[0]] = start("process", users[0], CONTAINED)
    yield started
    for process in filter(None, started.values()):
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def records(runs):
    """Return a function that waits for a run: what each submission achieved."""
    results = {}

    def of(level, user):
        if (level, user) not in runs:
            pytest.skip(f"the tests are not run by {user}")
        if runs[level, user] is None:
            pytest.skip("another user can run no Python that has numpy")
        if (level, user) not in results:
            out, err = runs[level, user].communicate(timeout=400)
            assert err == ""
            rows = map(json.loads, out.splitlines())
            results[level, user] = {row["file"]: row for row in rows}
        return results[level, user]

    return of


def start(level, user, files):
    """Start the zoo as a user; None where that user can run no Python."""
    options = {"env": {**os.environ, "CI": ""}, "cwd": "/", "text": True}
    python = sys.executable
    if os.geteuid() == 0 and user == "plain":
        options |= {"user": PLAIN_USER, "group": PLAIN_USER, "extra_groups": []}
        # A Python in root's home is no other user's; the system's may do.
        options["env"]["PYTHONPATH"] = sysconfig.get_path("purelib")
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        known = (sys.executable, f"/usr/bin/python{version}")
        usable = (path for path in known if works(path, options))
        python = next(usable, None)
        if python is None:
            return None
    command = [python, "-B", str(ZOO), level, *map(str, files)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, **options)


def works(python, options):
    code = f"import numpy, yaml; open({str(FILES[0])!r})"
    try:
        subprocess.run([python, "-c", code], check=True, **options)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


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
def test_a_submission_in_a_process_of_its_own_is_contained(runs, records, file):
    level, user = next(key for key in runs if key[0] == "process")
    record = records(level, user)[file.name]

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
