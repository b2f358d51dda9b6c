"""The release of the real course, made once: this takes a minute."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest

from grader import course as courses
from grader import release as releases
from grader.checks import sealfile
from grader.checks.sealed import SealedSuite
from grader.checks.suite import LiveSuite
from grader.sandbox import Sandbox

ROOT = Path(__file__).parents[2]
SEED = 5


@pytest.fixture(scope="session")
def seed():
    """Return the release's seed."""
    return SEED


@pytest.fixture(scope="session")
def course():
    """Return the real course."""
    return courses.load(ROOT / "course.yml")


@pytest.fixture(scope="session")
def released(course):
    """Return the release of the real course."""
    return releases.release(course, seed=SEED)


@pytest.fixture(scope="session")
def unpacked(released, tmp_path_factory):
    """Return the folder of a student who has unpacked the zip."""
    folder = tmp_path_factory.mktemp("with spaces and ümlaut") / "cnn"
    zipfile.ZipFile(io.BytesIO(released.content)).extractall(folder)
    return folder


@pytest.fixture(scope="session")
def contents(released):
    """Return all files of the zip by name, those of the wheel too."""
    found = {}
    outer = zipfile.ZipFile(io.BytesIO(released.content))
    for name in outer.namelist():
        content = found[name] = outer.read(name)
        if name.endswith(".whl"):
            wheel = zipfile.ZipFile(io.BytesIO(content))
            found |= {f"{name}/{n}": wheel.read(n) for n in wheel.namelist()}
    return found


class Haystack(bytes):
    """Bytes in which many needles are looked for."""

    def __init__(self, content):
        """Note the first eight bytes of every place."""
        places = [self[k : k + (len(self) - k) // 8 * 8] for k in range(8)]
        self._begin = np.unique(
            np.concatenate([np.frombuffer(p, "u8") for p in places])
        )

    def __contains__(self, needle):
        """Tell whether it is there; most are not, and are dismissed at once."""
        if len(needle) < 8:
            return super().__contains__(needle)
        head = np.frombuffer(needle[:8], "u8")[0]
        near = min(np.searchsorted(self._begin, head), len(self._begin) - 1)
        return self._begin[near] == head and super().__contains__(needle)


@pytest.fixture(scope="session")
def everything(contents):
    """Return all that is in the zip, with all that is packed in it unpacked."""
    return Haystack(b"\n".join(contents.values()))


@pytest.fixture(scope="session")
def sections(unpacked):
    """Return the unpacked sections of all sealed files, and what base64 hides there."""
    files = map(sealfile.read, sorted((unpacked / "sealed").iterdir()))
    found = [f.section(name) for f in files for name in f.packed]
    coded = {m for text in found for m in re.findall(rb'"cells":"([^"]*)"', text)}
    return Haystack(b"\n".join([*found, *map(base64.b64decode, sorted(coded))]))


class OnTheSameCalls(LiveSuite):
    """The live suite, asked what the sealed one asks: it may hold more calls."""

    def __init__(self, course, sealed):
        super().__init__(course, sealed.seed)
        self._sealed = sealed

    def exercise(self, name):
        live = super().exercise(name)
        sealed = self._sealed.exercise(name)
        live._cases = {check.name: sealed.cases(check) for check in sealed.checks}
        return live


@pytest.fixture(scope="session")
def suites(course, unpacked):
    """Return the live and the sealed suite on the same calls."""
    sealed = SealedSuite(courses.load(unpacked / "course.yml"))
    return OnTheSameCalls(course, sealed), sealed


@pytest.fixture(scope="session")
def sandbox(course):
    """Return a sandbox with the course's limits."""
    with Sandbox(course.limits) as opened:
        yield opened
