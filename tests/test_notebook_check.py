"""`check(...)` in a real notebook, a script and a prompt, live and sealed."""

import importlib.util
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import grader
from grader import course as courses
from grader import release

ROOT = Path(__file__).parents[1]

RUN = """
import json, sys
import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

cells = [new_code_cell(text) for text in json.load(sys.stdin)]
book = new_notebook(cells=cells)
NotebookClient(book, timeout=120, kernel_name="python3").execute()
outputs = []
for cell in book.cells:
    plain = html = ""
    for output in cell.outputs:
        data = output.get("data", {})
        plain += output.get("text", "") + data.get("text/plain", "")
        html += data.get("text/html", "")
    outputs.append([plain, html])
json.dump(outputs, sys.stdout)
"""

GOOD = """\
def power(times):
    return BASE**times

def double(x, times=1):
    if times < 0:
        raise ValueError("no")
    return x * power(times)
"""

NOTEBOOK = {
    "start": "%matplotlib inline\nimport numpy as np\n"
    "from grader import check\nBASE = 3",
    "nothing yet": "check()",
    "wrong": f"%%time\n{GOOD}\ncheck(double)",
    "right": "BASE = 2.0\ncheck(double)",
    "everything": "check()",
    "broken": "def double(x, times=1):\n    return nothing\n\ncheck(double)",
    "closure": "def make(base):\n    def double(x, times=1):\n"
    "        if times < 0:\n            raise ValueError\n"
    "        return x * base**times\n    return double\n\n"
    "double = make(2.0)\ncheck(double)",
    "lambda": "double = lambda x, times=1: x * 2\ncheck(double)",
    "again": f"{GOOD}\ncheck(double); check(double)",
    "misspelt": "def duoble(x): pass\ncheck(duoble)",
    "built in": "check(len)",
    "library": "double = np.pad\ncheck(double)",
    "an answer": "check(np.ones(2))",
    "a name": "check('double')",
    "no exercise": "check(power, exercise='dooble')",
    "elsewhere": "import os\nos.chdir('/')\ncheck(power)",
}


@pytest.fixture(scope="module")
def kept():
    return {}


@pytest.fixture
def student(small_course, tmp_path, kept):
    """Return the folder of the small course as students get it."""
    if "zip" not in kept:
        course = courses.load(small_course() / "course.yml")
        kept["zip"] = release.release(course, seed=3).content
    folder = tmp_path / "home" / "a course"
    with zipfile.ZipFile(io.BytesIO(kept["zip"])) as packed:
        packed.extractall(folder)
    return folder


def python(folder, *args, **more):
    """Run this Python in a folder, as a student would."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "IPYTHONDIR": str(folder / ".ipython"),
        "JUPYTER_PLATFORM_DIRS": "1",
    }
    return subprocess.run(
        [sys.executable, *args],
        cwd=folder,
        env=environment,
        text=True,
        encoding="utf-8",
        capture_output=True,
        timeout=300,
        check=False,
        **more,
    )


@pytest.fixture
def cell(kept, request, required):
    """Return a function that gives a cell's text and HTML; the notebook runs once."""
    for module in ("nbclient", "ipykernel"):
        if importlib.util.find_spec(module) is None:
            required(f"needs {module}: pip install nbclient ipykernel")
    if "start" not in kept:
        folder = request.getfixturevalue("student")
        ran = python(folder, "-c", RUN, input=json.dumps([*NOTEBOOK.values()]))
        assert ran.returncode == 0, ran.stderr
        kept.update(zip(NOTEBOOK, json.loads(ran.stdout), strict=True))
    return kept.__getitem__


def test_the_report_stands_below_the_cell(cell):
    text, page = cell("right")

    assert "double  Doubling, in this notebook" in text
    assert "All points earned." in text
    assert "sealed, seed 3" in text
    assert page.startswith("<section")
    assert "this notebook" in page


def test_a_wrong_function_is_diagnosed_and_its_cell_named(cell):
    wrong, page = cell("wrong")
    broken, _ = cell("broken")

    assert "FAIL" in wrong
    assert "Every entry is doubled." in page
    assert "name 'nothing' is not defined" in broken
    assert "your code, In [6], line 2, in double:" in broken


def test_without_an_argument_all_that_is_defined_is_judged(cell):
    assert cell("nothing yet") == [
        "check: there is nothing to check yet. Define a function of the course, such "
        "as double, and run its cell\n",
        "",
    ]
    assert "All points earned." in cell("everything")[0]


def test_closures_and_named_lambdas_are_taken(cell):
    assert "All points earned." in cell("closure")[0]
    assert "ok    Every entry is doubled." in cell("lambda")[0]


def test_every_check_of_a_cell_shows_its_report(cell):
    assert cell("again")[0].count("Every entry is doubled.") == 2


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (
            "misspelt",
            "the course asks for no function 'duoble'; did you mean 'double'?",
        ),
        ("built in", "the course asks for no function 'len'. It asks for double"),
        ("library", "double comes from numpy: pass the function that you wrote"),
        (
            "an answer",
            "a function is wanted, not a ndarray: check(conv2d), not "
            "check(conv2d(...))",
        ),
        ("a name", "pass the function, not its name: check(double)"),
        (
            "no exercise",
            "there is no exercise 'dooble'; did you mean 'double'? Known: double.",
        ),
        (
            "elsewhere",
            "there is no course.yml in / or above. Start in the course's folder, or "
            "say where it is: check(..., course='path/to/the/course').",
        ),
    ],
)
def test_what_cannot_be_taken_is_one_line(cell, name, line):
    assert cell(name) == [f"check: {line}\n", ""]


def test_a_script_checks_itself_once_and_alone(student):
    (student / "work.py").write_text(
        f"from grader import check\nBASE = 2.0\n{GOOD}\nprint('once')\ncheck(double)\n"
    )

    ran = python(student, "work.py")

    assert ran.stdout.startswith("once\ndouble  Doubling, in work.py")
    assert "All points earned." in ran.stdout
    assert ran.stderr == ""


def test_a_function_of_a_module_is_judged_with_its_module(student):
    folder = student / "assignments"
    (folder / "double.py").write_text(f"from base import BASE\n{GOOD}")
    (folder / "base.py").write_text("BASE = 2.0\n")

    ran = python(folder, "-c", "import double, grader; grader.check(double.double)")

    assert "All points earned." in ran.stdout, ran.stderr
    assert "double  Doubling  " in ran.stdout


def test_the_only_course_below_is_found_and_any_can_be_named(student):
    (student.parent / "work.py").write_text(
        f"from grader import check\nBASE = 2.0\n{GOOD}\ncheck(double)\n"
        "check(double, course='a course')\n"
    )

    ran = python(student.parent, "work.py")

    assert ran.stdout.count("All points earned.") == 2, ran.stderr


def test_what_is_typed_at_a_prompt_is_taken_where_python_keeps_it(student):
    lines = (
        "from grader import check\ndef double(x, times=1): return x\n\ncheck(double)\n"
    )

    ran = python(student, "-i", input=lines)

    kept_by_python = "Doubling, in this session" in ran.stdout
    assert kept_by_python or "keeps none of what is typed at its prompt" in ran.stderr


def test_the_package_is_light_and_its_names_are_sorted(student):
    code = "import sys, grader; print({'numpy', 'click', 'yaml'} & {*sys.modules})"

    assert python(student, "-c", code).stdout == "set()\n"
    assert grader.__all__ == sorted(grader.__all__)
