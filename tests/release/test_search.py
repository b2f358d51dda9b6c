"""The zip tells no line of a solution and no hidden answer, however it is written."""

import base64
import io
import json
import re
import tokenize

import numpy as np
import pytest

from grader import skeleton
from grader.reply import Raised, Returned

LONG = 16
"""Characters: shorter lines, such as `return out`, stand in any program."""


@pytest.fixture(scope="module")
def bodies(course):
    """Return the lines of code of all solutions, each without its white space."""
    shared = _tight("\n".join(skeleton.skeletons(course).values()))
    lines = set()
    for exercise in course.exercises:
        text = (course.solutions / f"{exercise.name}.py").read_text(encoding="utf-8")
        for body in re.findall(r"(?s)# BEGIN SOLUTION\n(.*?)# END SOLUTION", text):
            lines |= {_tight(line) for line in body.splitlines()}
    return {line for line in lines if line not in shared}


def test_the_zip_holds_no_line_of_a_solution(bodies, everything, sections):
    haystack = _tight((everything + sections).decode("latin-1"))

    looked_for = [line for line in bodies if len(line) > LONG]
    assert [line for line in looked_for if line in haystack] == []
    assert len(looked_for) > 120


def test_outside_the_engine_not_even_a_short_line_of_a_solution_stands(
    bodies, contents, sections
):
    plain = [c for n, c in contents.items() if ".whl" not in n and ".sealed" not in n]
    haystack = _tight(b"\n".join([*plain, sections]).decode("latin-1"))

    looked_for = [line for line in bodies if len(line) > 5 and line != "else:"]
    assert [line for line in looked_for if line in haystack] == []


def test_no_file_of_the_authors_is_in_the_zip(course, contents):
    authored = [
        file.read_bytes()
        for folder in (course.solutions, course.suite)
        for file in folder.glob("*.py")
    ]

    assert not set(authored) & set(contents.values())
    folders = {part for name in contents for part in name.split("/")[:-1]}
    assert not folders & {"solutions", "tests", "hidden", "submissions"}


def _tight(text):
    return "".join(c for c in text if c not in " \t")


def _hidden(suites):
    """Yield every hidden call of the release with its right value."""
    live, sealed = suites
    for name in (exercise.name for exercise in live._course.exercises):
        exercise = live.exercise(name)
        for check in sealed.exercise(name).checks:
            for case in exercise.cases(check) if check.visibility == "hidden" else ():
                answer = exercise.expected(case)
                if not isinstance(answer, Raised):  # which exception is told
                    yield name, case, answer.value


def test_the_zip_holds_no_hidden_expected_value(suites, everything, sections):
    looked_for = 0
    for name, case, value in _hidden(suites):
        given = {t for _, v in case.call.arguments() for t in _written(v)}
        for text in _written(value):
            if text in given:
                continue  # a copy of an argument, which stands in clear
            looked_for += 1
            assert text not in sections, (name, case.check)
            assert text not in everything, (name, case.check)
    assert looked_for > 3000


def test_the_zip_holds_no_list_of_hidden_numbers(suites, everything, sections):
    """Single numbers stand anywhere; a check's numbers in their order do not."""
    numbers = {}
    for name, case, value in _hidden(suites):
        if isinstance(value, int):
            numbers.setdefault((name, case.check), []).append(value)

    assert len(numbers) > 15
    for values in numbers.values():
        for order in (values, values[::-1], sorted(values)):
            some = order[:5]
            texts = [json.dumps(some, separators=(c, ":"))[1:-1] for c in (",", ", ")]
            raw = [np.array(some, kind).tobytes() for kind in ("<i8", "<i4", "<f8")]
            for text in (*(t.encode() for t in texts), *raw):
                assert text not in sections
                assert text not in everything


def _written(value):
    """Yield a value in all ways that a file may hold it."""
    for part in value if isinstance(value, tuple) else (value,):
        if not isinstance(part, np.ndarray) or len(np.unique(part)) < 6:
            continue  # a few small numbers stand anywhere
        whole = (part == np.rint(part)).all()
        kinds = ("<i8", "<i4", "<i2", "i1", ">i8") if whole else ()
        for kind in ("<f8", "<f4", ">f8", *kinds):
            cells = part.astype(kind).tobytes()
            yield cells
            yield cells.hex().encode()
            for shift in range(3):  # base64 of a longer text that holds these bytes
                coded = base64.b64encode(b"\0" * shift + cells)
                yield coded[4:-4] if len(coded) > 24 else coded
        flat = part.ravel().tolist()
        for numbers in (flat, [int(n) for n in flat]) if whole else (flat,):
            for separator in (", ", ",", " ", "\n"):
                yield json.dumps(numbers, separators=(separator, ":"))[1:-1].encode()
        for separators in ((", ", ": "), (",", ":")):
            yield json.dumps(part.tolist(), separators=separators).encode()


def test_the_search_finds_what_is_in_the_zip(suites, sections):
    """What stands in clear, in public checks, is found by the same search."""
    live, sealed = suites
    exercise = live.exercise("stride")
    public = [c for c in sealed.exercise("stride").checks if c.visibility == "public"]

    found = [
        any(text in sections for text in texts)
        for check in public
        for case in exercise.cases(check)
        if isinstance(answer := exercise.expected(case), Returned)
        if (texts := list(_written(answer.value)))
    ]
    assert found
    assert all(found)


def test_comments_of_the_engine_tell_no_solution(bodies, contents):
    """Nor does a line that is commented out, or split."""
    words = set()
    for name, content in contents.items():
        if name.endswith(".py") and ".whl" in name:
            tokens = tokenize.tokenize(io.BytesIO(content).readline)
            words |= {_tight(t.string) for t in tokens if t.type == tokenize.COMMENT}

    comments = "\n".join(words)
    assert not [line for line in bodies if len(line) > LONG and line in comments]
