"""Files alike: what was copied is seen, what everyone writes is not."""

import importlib.util

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader import notebook
from grader.classroom import similar

SKELETON = '''\
"""Stride."""

import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    """Correlate, and move on by the stride.

    A long text that everybody has, since everybody starts from it.
    """
    raise NotImplementedError
'''
LOOPS = """\
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    images, channels, height, width = x.shape
    filters, _, rows, columns = w.shape
    if padding > 0:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    high = (height + 2 * padding - rows) // stride + 1
    wide = (width + 2 * padding - columns) // stride + 1
    out = np.zeros((images, filters, high, wide))
    for image in range(images):
        for each in range(filters):
            for row in range(high):
                for column in range(wide):
                    top, left = row * stride, column * stride
                    part = x[image, :, top : top + rows, left : left + columns]
                    out[image, each, row, column] = (part * w[each]).sum() + b[each]
    return out
"""
VIEWS = """\
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d(x, w, b, stride=1, padding=0):
    around = [(0, 0)] * 2 + [(padding, padding)] * 2
    windows = sliding_window_view(np.pad(x, around), w.shape[2:], axis=(2, 3))
    steps = windows[:, :, ::stride, ::stride]
    return np.einsum("nchwij,kcij->nkhw", steps, w) + np.reshape(b, (1, -1, 1, 1))


def check_myself():
    x = np.arange(32.0).reshape(1, 2, 4, 4)
    w = np.ones((3, 2, 2, 2))
    assert conv2d(x, w, np.zeros(3)).shape == (1, 3, 3, 3)
    corner = conv2d(x, w, np.ones(3), 2, 1)[0, 0, 0, 0]
    assert np.allclose(corner, x[0, :, 0, 0].sum() + 1)
"""


def renamed(source):
    """Return a copy as a student makes one: other names, other spaces, a comment."""
    for old, new in (("part", "patch"), ("column", "j"), ("out", "result")):
        source = source.replace(old, new)
    return "# All my own work\n" + source.replace("for ", "for  ")


@pytest.fixture
def compare(pretend, tmp_path):
    """Return a function that compares what students handed in as stride.py."""
    if importlib.util.find_spec("copydetect") is None:
        pytest.skip("copydetect is not installed: pip install copydetect")
    for folder, text in (("assignments", SKELETON), ("solutions", VIEWS)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "stride.py").write_text(text, encoding="utf-8")

    def run(**sources):
        files = {
            student: handed_in
            if isinstance(handed_in, dict)
            else {"stride.py": handed_in.encode()}
            for student, handed_in in sources.items()
        }
        return similar.similar(pretend.course(root=tmp_path), files)

    return run


def test_a_copy_with_other_names_and_spaces_is_seen(compare):
    found = compare(ada=LOOPS, bo=renamed(LOOPS), cy=VIEWS).groups

    assert [(g.students, g.files, g.identical) for g in found] == [
        (("ada", "bo"), ("stride.py",), False)
    ]
    assert found[0].score > 0.9


def test_those_who_hand_in_the_same_file_are_one_group(compare):
    found = compare(ada=LOOPS, bo=LOOPS.replace("\n", "\r\n"), cy=LOOPS).groups

    assert [(g.students, g.score, g.identical) for g in found] == [
        (("ada", "bo", "cy"), 1.0, True)
    ]


def test_skeletons_and_solutions_are_nobodys_own(compare):
    found = compare(ada=SKELETON, bo=SKELETON, cy=VIEWS, di=renamed(VIEWS))

    assert found.groups == ()
    assert found.compared == 0


def test_what_many_write_alike_is_no_hint(compare):
    many = {f"s{n}": LOOPS + f"\n\nMINE = {n}\n" for n in range(12)}

    assert compare(**many).groups == ()


def in_notebook(*cells, name="work.ipynb"):
    """Return what is handed in as a notebook, in the form that a submission has."""
    placed = [(f"{name}, cell {n}", text) for n, text in enumerate(cells, 1)]
    return {name: notebook.encode(placed)}


def test_cells_of_two_notebooks_are_compared(compare):
    found = compare(
        ada=in_notebook("import numpy as np", LOOPS, "conv2d(1, 2, 3)"),
        bo=in_notebook("%matplotlib inline", "print(1)", renamed(LOOPS)),
        cy=in_notebook(VIEWS),
    ).groups

    assert [(g.students, g.files, g.identical) for g in found] == [
        (("ada", "bo"), ("stride in a notebook",), False)
    ]


@pytest.mark.parametrize("copy", [LOOPS, renamed(LOOPS)])
def test_a_notebook_is_compared_with_modules(compare, copy):
    found = compare(ada=LOOPS, bo=in_notebook("import numpy as np", copy)).groups

    (group,) = found
    assert group.students == ("ada", "bo")
    assert group.score > 0.9


def test_cells_without_a_function_of_the_exercise_are_not_compared(compare):
    other = LOOPS.replace("conv2d", "my_plot")

    assert compare(ada=in_notebook(other), bo=in_notebook(other)).compared == 0


def test_the_skeleton_in_a_notebook_is_nobodys_own(compare):
    assert compare(ada=in_notebook(SKELETON), bo=in_notebook(SKELETON)).compared == 0


def test_a_short_file_says_nothing(compare):
    short = "def conv2d(x, w, b, stride=1, padding=0):\n    return x\n"

    assert compare(ada=short, bo=short).groups == ()


def test_what_is_no_homework_is_not_read(compare):
    long = LOOPS + "# \n" * 60_000

    assert compare(ada=long, bo=long).compared == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_comparison(compare, content):
    compare(ada={"stride.py": content}, bo={"stride.py": content + b"\x00("}, cy=LOOPS)
    compare(ada={"work.ipynb": content}, bo={"work.ipynb": b"\0a\n" + content})


def test_the_list_has_an_end_and_says_so(compare, monkeypatch):
    monkeypatch.setattr(similar, "MOST", 1)
    pairs = {}
    for n in range(2):
        own = "".join(
            f"    if stride == {n}{i}: x = x * {i}{n} - w[{i}]\n" for i in range(40)
        )
        text = f"def conv2d(x, w, b, stride=1, padding=0):\n{own}"
        pairs |= {f"a{n}": text, f"b{n}": text}

    found = compare(**pairs)

    assert (len(found.groups), found.left_out) == (1, 1)
