"""The same quiz, student and seed give the same bytes on every Python."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from hashlib import sha256
from grader.quiz import registry
from grader.quiz.export import json
from grader.quiz.paper import Draws, of_families, paper
names = registry.names()
drawn = paper(of_families(names), Draws("key", 1, "ada", 5))
print(sha256(b"".join(json.pieces(drawn))).hexdigest())
if "numpy" in sys.modules:
    sys.exit("numpy is slow to start and its generators change: draw with Draw")
"""


def digest(python, **environment):
    return subprocess.run(
        [python, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def others():
    """Return the Pythons of other versions on this machine."""
    names = [f"python3.{minor}" for minor in range(10, 20)]
    found = [shutil.which(name) for name in names]
    found += map(str, Path.home().glob(".pyenv/versions/3.1[0-9].*/bin/python"))
    return [python for python in found if python and _runs(python)]


def _runs(python):
    """Tell whether it is a Python of ours and not the shim of a missing one."""
    program = "import sys; sys.exit(sys.version_info < (3, 10))"
    return subprocess.run([python, "-c", program], capture_output=True).returncode == 0  # noqa: PLW1510


def test_hash_randomization_changes_nothing():
    first, second = (digest(sys.executable, PYTHONHASHSEED=n) for n in "12")

    assert first == second


def test_every_python_on_this_machine_draws_the_same():
    pythons = others()
    if not pythons:
        pytest.skip("no other Python >= 3.10 is installed")
    expected = digest(sys.executable)

    for python in pythons:
        assert digest(python) == expected, python


NEWEST = "pyodide@314.0.7"
"""CPython 3.14 for 32-bit machines, in WebAssembly."""

IN_NODE = """
import { loadPyodide } from "pyodide";
import { readFileSync } from "fs";
const { root, program } = JSON.parse(readFileSync(0, "utf8"));
const python = await loadPyodide({ stdout: console.log });
python.FS.mkdir("/root");
python.FS.mount(python.FS.filesystems.NODEFS, { root }, "/root");
python.runPython(`import sys
sys.dont_write_bytecode = True
sys.path.insert(0, "/root")
print(*sys.version_info[:2])`);
python.runPython(program);
"""


def test_the_newest_python_draws_the_same_on_32_bits(npm, node):
    given = json.dumps({"root": str(ROOT), "program": PROGRAM})
    version, drawn = node(npm(NEWEST), "module", IN_NODE, given).splitlines()

    assert version == "3 14"
    assert drawn == digest(sys.executable).strip()
