"""No edit of a sealed file, careless or careful, makes the grader fail.

A careful one has a right digest: it is refused in one line, or it is judged by, as a
course of the forger's own.
"""

import json
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader import course as courses
from grader.checks import sealfile
from grader.checks.seal import seal
from grader.checks.sealed import SealedSuite, course_digest
from grader.checks.suite import LiveSuite
from grader.checks.trusted import load_module
from grader.errors import CourseError
from grader.judge import Judge
from grader.rehearsal import Rehearsal
from grader.submission import Submission
from grader.verdict import Verdict

FUNCTIONS = (
    lambda x, times=1: x * 2.0**times,
    lambda x, times=1: x * 2.0**times - 1,
    lambda x, times=1: x[:1],
    lambda x, times=1: (x, x),
)
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([2**31, 2**70, -(2**40), 1e308, 1.5]),
    st.sampled_from(["", "int", "hidden", "public", "double", "ab" * 16, "\ud800"]),
    st.just([]),
    st.just({}),
    st.just({"shape": [10**7, 10**7], "whole": False}),
    st.just({"shape": [-1], "whole": True}),
    st.just({"raises": "ValueError"}),
    st.just({"tuple": [1, 2]}),
    st.just({"dtype": "f8", "stored": "f8", "shape": [3], "cells": "AAAA"}),
    st.just({"dtype": "f8", "stored": "i1", "shape": [10**9], "cells": ""}),
)


MANY = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def course(small_course):
    """Return the small course with a sealed suite, and its bytes beside it."""
    course = courses.load(small_course() / "course.yml")
    made = seal(
        LiveSuite(course, 3).exercise("double"),
        load_module(course.solutions / "double.py"),
        seed=3,
        course=course_digest(course),
        release="r",
    )
    (course.root / "sealed").mkdir()
    (course.root / "genuine").write_bytes(made.content)
    return course


def judged(course, content):
    """Judge with these bytes as the sealed file: nothing fails but the student."""
    path = course.root / "sealed/double.sealed"
    path.write_bytes(content)
    here = Submission(course.root, {"double.py": b""})
    for function in FUNCTIONS:
        judge = Judge(course, SealedSuite(course), Rehearsal({"double": function}))
        for check in judge.judge(here).exercises[0].checks:
            assert check.verdict is not Verdict.INTERNAL, check.finding


def refused_or_judged(course, content):
    try:
        judged(course, content)
    except CourseError as error:
        assert "\n" not in str(error)  # noqa: PT017
        assert error.remedy or "cannot be read" in str(error)  # noqa: PT017


def test_the_genuine_file_is_judged_by(course):
    judged(course, (course.root / "genuine").read_bytes())


@MANY
@given(data=st.data())
def test_edited_bytes_are_refused(course, data):
    """Replaced, left out, put in or cut off, anywhere."""
    genuine = (course.root / "genuine").read_bytes()
    start = data.draw(st.integers(0, len(genuine)))
    stop = min(start + data.draw(st.integers(0, 40)), len(genuine))
    put = data.draw(st.binary(max_size=40))
    changed = data.draw(
        st.sampled_from(
            [genuine[:start] + put + genuine[stop:], genuine[:start], genuine[start:]]
        )
    )
    if changed != genuine:
        with pytest.raises(CourseError) as caught:
            judged(course, changed)
        assert "\n" not in str(caught.value)


def places(value, path=()):
    """Yield the path of every value within a JSON document."""
    yield path
    items = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    for key, item in items:
        yield from places(item, (*path, key))


def edited(value, path, junk):
    """Return a JSON document with another value at one place."""
    if not path:
        return junk
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = edited(copy[path[0]], path[1:], junk)
    return copy


def rewritten(course, **sections):
    file = sealfile.read(course.root / "genuine")
    genuine = {name: file.section(name) for name in file.packed}
    return sealfile.write(
        exercise=file.exercise,
        course=file.course,
        release=file.release,
        seed=file.seed,
        sections={**genuine, **sections},
    )


@pytest.mark.parametrize("name", ["suite", "workings"])
@MANY
@given(data=st.data())
def test_a_document_edited_with_care_is_refused_or_judged_by(course, name, data):
    document = json.loads(sealfile.read(course.root / "genuine").section(name))
    path = data.draw(st.sampled_from(list(places(document))))
    text = json.dumps(edited(document, path, data.draw(JUNK))).encode()

    refused_or_judged(course, rewritten(course, **{name: text}))


@pytest.mark.parametrize(
    ("path", "junk"),
    [
        (("checks", 1, "name"), None),
        (("checks", 0, "claim"), 7),
        (("signatures", "double"), "\ud800"),
        (("checks", 0, "calls", 0, "tolerance", 1), 1e308),
        (("checks", 0, "calls", 0, "budget"), {"a": 1, "b": 2, "c": 3, "d": 4}),
        (("checks", 0, "calls", 0, "budget"), [2**31, 2**31, 2**31, 1.0]),
        (("checks", 0, "calls", 0, "budget"), [1, 1, 1, 0]),
    ],
)
def test_a_document_that_no_release_writes_is_refused(course, path, junk):
    document = json.loads(sealfile.read(course.root / "genuine").section("suite"))
    text = json.dumps(edited(document, path, junk)).encode()

    with pytest.raises(CourseError):
        judged(course, rewritten(course, suite=text))


@MANY
@given(data=st.data())
def test_edited_digests_of_beliefs_are_refused_or_judged_by(course, data):
    genuine = sealfile.read(course.root / "genuine").section("beliefs")
    place = data.draw(st.integers(0, len(genuine) - 1))
    put = data.draw(st.binary(max_size=8))
    text = genuine[:place] + put + genuine[place + data.draw(st.integers(0, 8)) :]

    refused_or_judged(course, rewritten(course, beliefs=text))


@MANY
@given(data=st.data())
def test_an_edited_header_is_refused_or_judged_by(course, data):
    first, _, rest = (course.root / "genuine").read_bytes().partition(b"\n")
    line, _, body = rest.partition(b"\n")
    document = json.loads(line)
    path = data.draw(st.sampled_from(list(places(document))))
    rest = json.dumps(edited(document, path, data.draw(JUNK))).encode() + b"\n" + body
    words = first.decode().split(" ")
    first = " ".join([*words[:-1], sealfile._digest(rest)]).encode()

    refused_or_judged(course, first + b"\n" + rest)


def test_a_bomb_is_refused_before_it_is_unpacked(course):
    """A thousand times its size, in a section or as a whole."""
    bomb = zlib.compress(b" " * (sealfile.MAX_SECTION + 1), 9)
    rest = json.dumps(
        {
            "exercise": "double",
            "course": course_digest(course),
            "release": "r",
            "seed": 3,
            "sections": [["suite", len(bomb)]],
        }
    ).encode()
    rest += b"\n" + bomb
    head = f"cnn-course sealed {sealfile.FORMAT_VERSION} {sealfile._digest(rest)}\n"

    with pytest.raises(CourseError, match="damaged"):
        judged(course, head.encode() + rest)
    with pytest.raises(CourseError, match="damaged"):
        judged(course, head.encode() + rest + b" " * sealfile.MAX_FILE)


def test_an_answer_of_enormous_shape_is_refused(course):
    document = json.loads(sealfile.read(course.root / "genuine").section("suite"))
    call = document["checks"][1]["calls"][0]
    call["form"] = {"shape": [10**6, 10**6], "whole": False}

    with pytest.raises(CourseError, match="damaged"):
        judged(course, rewritten(course, suite=json.dumps(document).encode()))


def test_what_is_too_large_to_be_read_is_not_written():
    with pytest.raises(CourseError, match="more than 16 MB"):
        sealfile.write(
            exercise="double",
            course="c",
            release="r",
            seed=1,
            sections={"suite": bytes(sealfile.MAX_SECTION + 1)},
        )
