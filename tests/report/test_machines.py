"""The reports that machines read: JSON, JUnit, Gradescope."""

import json
from xml.etree import ElementTree as ET

import pytest

from grader.report import gradescope, junit
from grader.report import json as as_json
from grader.verdict import CheckResult, ExerciseResult, Finding, Report, Verdict


def make(*verdicts):
    checks = tuple(
        CheckResult(
            name=f"check_{number}",
            claim="A <claim> & more.",
            visibility="public" if number % 2 else "hidden",
            verdict=verdict,
            score={Verdict.PASS: 2.0, Verdict.INTERNAL: None}.get(verdict, 0.0),
            max_score=2.0,
            misconceptions=("kernel-flipped",) if verdict is Verdict.WRONG else (),
            finding=None if verdict is Verdict.PASS else Finding(f"<{verdict.value}>"),
        )
        for number, verdict in enumerate(verdicts)
    )
    exercise = ExerciseResult("stride", "Stride", checks)
    return Report("A course", "live", 7, "sealed (seccomp)", (exercise,))


def test_json_has_the_shape_of_the_contract():
    found = json.loads(as_json.render(make(Verdict.PASS, Verdict.WRONG)))

    assert found == {
        "format_version": 1,
        "course": "A course",
        "score": 2.0,
        "max_score": 4.0,
        "mode": "live",
        "seed": 7,
        "isolation": "sealed (seccomp)",
        "exercises": [
            {
                "name": "stride",
                "score": 2.0,
                "max_score": 4.0,
                "verdict": "WRONG",
                "checks": [
                    {
                        "name": "check_0",
                        "claim": "A <claim> & more.",
                        "visibility": "hidden",
                        "verdict": "PASS",
                        "score": 2.0,
                        "max_score": 2.0,
                        "misconceptions": [],
                        "message": "",
                    },
                    {
                        "name": "check_1",
                        "claim": "A <claim> & more.",
                        "visibility": "public",
                        "verdict": "WRONG",
                        "score": 0.0,
                        "max_score": 2.0,
                        "misconceptions": ["kernel-flipped"],
                        "message": "<WRONG>",
                    },
                ],
            }
        ],
    }


def test_json_of_an_internal_failure_has_no_score():
    found = json.loads(as_json.render(make(Verdict.PASS, Verdict.INTERNAL)))

    assert found["score"] is None
    assert found["exercises"][0]["checks"][1]["score"] is None
    assert found["max_score"] == 4.0


@pytest.mark.parametrize(
    ("verdict", "tag"),
    [
        (Verdict.PASS, None),
        (Verdict.WRONG, "failure"),
        (Verdict.ERROR, "failure"),
        (Verdict.TIMEOUT, "failure"),
        (Verdict.CRASH, "failure"),
        (Verdict.TODO, "skipped"),
        (Verdict.SKIP, "skipped"),
        (Verdict.INTERNAL, "error"),
    ],
)
def test_junit_tells_every_verdict_apart(verdict, tag):
    root = ET.fromstring(junit.render(make(verdict)))
    case = root.find("testsuite/testcase")

    assert [child.tag for child in case] == ([] if tag is None else [tag])
    assert (case.get("classname"), case.get("name")) == ("stride", "check_0")


def test_junit_counts_what_it_holds():
    verdicts = (Verdict.PASS, Verdict.WRONG, Verdict.CRASH, Verdict.TODO)
    root = ET.fromstring(junit.render(make(*verdicts)))

    for element in (root, root.find("testsuite")):
        counts = [element.get(k) for k in ("tests", "failures", "errors", "skipped")]
        assert counts == ["4", "2", "0", "1"]


def test_gradescope_gets_scores_and_visibility_for_every_check():
    found = json.loads(gradescope.render(make(Verdict.PASS, Verdict.WRONG)))

    assert found["score"] == 2.0
    assert [t["score"] for t in found["tests"]] == [2.0, 0.0]
    assert [t["max_score"] for t in found["tests"]] == [2.0, 2.0]
    assert [t["status"] for t in found["tests"]] == ["passed", "failed"]
    assert [t["visibility"] for t in found["tests"]] == ["after_published", "visible"]
    assert found["tests"][1]["output"] == "WRONG\n<WRONG>"


def test_gradescope_shows_hidden_checks_when_the_course_says_so():
    text = gradescope.render(make(Verdict.PASS), hidden_visibility="after_due_date")

    assert json.loads(text)["tests"][0]["visibility"] == "after_due_date"


def test_gradescope_gets_no_checks_and_shows_no_total_when_the_grader_failed():
    found = json.loads(gradescope.render(make(Verdict.PASS, Verdict.INTERNAL)))

    assert found["extra_data"] == {"graded": False}
    assert "the 0 is no grade" in found["output"]
    # What students do not see yet keeps Gradescope from showing them a total.
    assert [t["visibility"] for t in found["tests"]] == ["visible", "after_published"]
    assert not any("score" in test for test in found["tests"])
