"""Reading a notebook: its code cells as data, whatever its JSON is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import notebook, submission
from grader.errors import SubmissionError


def written(*sources, **top):
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return json.dumps({"nbformat": 4, "cells": cells, **top}).encode()


def test_code_cells_are_counted_and_others_left_out():
    raw = json.dumps(
        {
            "cells": [
                {"cell_type": "markdown", "source": "# Title"},
                {"cell_type": "code", "source": ["a = 1\n", "b = 2"]},
                {"cell_type": "raw", "source": "c"},
                {"cell_type": "code", "source": "d = 4"},
            ]
        }
    ).encode()

    assert notebook.read(raw, "w.ipynb") == (
        b"\0w.ipynb, cell 1\na = 1\nb = 2\0w.ipynb, cell 2\nd = 4"
    )


def test_what_would_break_the_form_is_replaced():
    got = notebook.read(written("a\0b\r\n'\ud800'"), "a\nb\0.ipynb")

    assert got == "\0a?b?.ipynb, cell 1\na\ufffdb\n'\\ud800'".encode()


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "is not a notebook"),
        (b"\xff\xfe\x00", "is not a notebook"),
        (b"[1, 2]", "is not a notebook"),
        (b'{"cells": 3}', "is not a notebook"),
        (b'{"cells": [3]}', "is not a notebook"),
        (b'{"cells": [{"cell_type": "code", "source": 3}]}', "is not a notebook"),
        (b'{"cells": [{"cell_type": "code", "source": [3]}]}', "is not a notebook"),
        (b'{"worksheets": []}', "before 2014"),
        (b"[" * 200_000, "nested too deeply"),
        (b"[" + b"[]," * 1_000_001, "more than 2,000,000 values"),
        (b" " * (notebook.MAX_BYTES + 1), "larger than 16 MB; clear its outputs"),
        (written(metadata={"language_info": {"name": "R"}}), "a notebook in r"),
        (written("#" * (notebook.MAX_CODE_BYTES + 1)), "hand in less"),
        (written(*["a"] * (notebook.MAX_CELLS + 1)), "5000 cells"),
    ],
)
def test_what_is_no_notebook_is_one_line(raw, problem):
    with pytest.raises(SubmissionError, match=problem):
        notebook.read(raw, "w.ipynb")


def test_a_number_of_a_million_digits_costs_nothing():
    raw = written("a = 1", nbformat_minor=1).replace(
        b": 1}", b": " + b"9" * 10**6 + b"}"
    )

    assert notebook.read(raw, "w.ipynb").endswith(b"a = 1")


@given(
    st.recursive(
        st.none() | st.text() | st.integers(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["cells", "cell_type", "source", "code", "metadata"]),
                inner,
            )
        ),
    )
)
def test_any_json_is_read_or_refused(value):
    try:
        got = notebook.read(json.dumps(value).encode(), "w.ipynb")
    except SubmissionError:
        got = b""
    assert got == b"" or got.startswith(b"\0w.ipynb, cell 1\n")


def read(folder, *exercises):
    return submission.read(folder, exercises)


def test_a_notebook_is_read_only_where_exercises_are_wanted(tmp_path):
    (tmp_path / "work.ipynb").write_bytes(written("a"))

    assert submission.read(tmp_path).files == {}
    assert list(read(tmp_path, "stride").files) == ["work.ipynb"]


def test_a_module_comes_first_then_the_notebook_of_its_name_then_the_only_one(tmp_path):
    for name in ("padding.ipynb", "stride.ipynb", "work.ipynb"):
        (tmp_path / name).write_bytes(written("a"))
    (tmp_path / "padding.py").write_text("")

    found = read(tmp_path, "padding", "stride", "pooling")

    assert found.taken_from == {"stride": "stride.ipynb", "pooling": "work.ipynb"}
    assert sorted(found.files) == ["padding.py", "stride.ipynb", "work.ipynb"]
    assert submission.passed_over(tmp_path, found) == ["padding.ipynb"]
    assert [found.file(e) for e in ("padding", "stride")] == [
        "padding.py",
        "stride.ipynb",
    ]
    assert [found.module(e) for e in ("padding", "stride")] == [
        "padding",
        "stride.ipynb",
    ]


def test_of_two_notebooks_none_is_guessed(tmp_path):
    for name in ("one.ipynb", "two.ipynb"):
        (tmp_path / name).write_bytes(written("a"))

    found = read(tmp_path, "stride")

    assert found.files == {}
    assert found.problems["stride.py"] == (
        "is missing, and 2 notebooks could hold it: one.ipynb, two.ipynb. Name the one "
        f"that does stride.ipynb, or grade it alone: --in {tmp_path}/NOTEBOOK"
    )


def test_a_notebook_that_is_named_holds_all_and_may_import_what_lies_beside(tmp_path):
    (tmp_path / "work.ipynb").write_bytes(written("a"))
    (tmp_path / "other.ipynb").write_bytes(written("b"))
    (tmp_path / "helper.py").write_text("")

    found = read(tmp_path / "work.ipynb", "stride", "padding")

    assert sorted(found.files) == ["helper.py", "work.ipynb"]
    assert found.taken_from == dict.fromkeys(["stride", "padding"], "work.ipynb")


def test_a_notebook_behind_a_link_is_a_problem_of_its_own(tmp_path):
    (tmp_path / "real").write_bytes(written("a"))
    (tmp_path / "work.ipynb").symlink_to(tmp_path / "real")

    found = read(tmp_path / "work.ipynb", "stride")

    assert found.problems["work.ipynb"] == "is a link; hand in the file itself"


def test_a_large_notebook_is_told_what_makes_it_large(tmp_path):
    with (tmp_path / "work.ipynb").open("wb") as stream:
        stream.truncate(notebook.MAX_BYTES + 1)

    found = read(tmp_path, "stride")

    assert "clear its outputs" in found.problems["work.ipynb"]


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=30)), max_size=4))
def test_sources_are_the_cells_that_were_encoded(cells):
    sources = notebook.sources(notebook.encode(cells))

    assert len(sources) == len(cells)
    for source, (_, text) in zip(sources, cells, strict=True):
        assert len(source.decode().splitlines()) == len(text.splitlines())
