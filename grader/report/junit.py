"""The report as JUnit XML, which CI systems show as test results."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from grader.verdict import Verdict

if TYPE_CHECKING:
    from grader.verdict import CheckResult, ExerciseResult, Report


def render(report: Report) -> str:
    """Return the report as one ``testsuites`` element, a suite an exercise.

    A check that is not passed is a failure; one that waits or is not written yet is
    skipped; one in which the grader itself failed is an error.
    """
    root = ET.Element("testsuites", name=report.course)
    for exercise in report.exercises:
        root.append(_suite(exercise, report))
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(exercise: ExerciseResult, report: Report) -> ET.Element:
    suite = ET.Element("testsuite", name=exercise.name)
    properties = ET.SubElement(suite, "properties")
    facts = {
        "score": exercise.score,
        "max_score": exercise.max_score,
        "mode": report.mode,
        "seed": report.seed,
        "isolation": report.isolation,
    }
    for name, value in facts.items():
        ET.SubElement(properties, "property", name=name, value=str(value))
    for check in exercise.checks:
        suite.append(_case(exercise, check))
    suite.set("tests", str(len(exercise.checks)))
    for key, tag in (
        ("failures", "failure"),
        ("errors", "error"),
        ("skipped", "skipped"),
    ):
        suite.set(key, str(len(suite.findall(f"testcase/{tag}"))))
    return suite


def _case(exercise: ExerciseResult, check: CheckResult) -> ET.Element:
    case = ET.Element("testcase", classname=exercise.name, name=check.name)
    case.set("time", "0")
    tag = _tag(check.verdict)
    if tag is not None:
        problem = check.finding.problem if check.finding else ""
        first = f"{check.verdict.value}: {problem}"
        element = ET.SubElement(case, tag, message=first)
        if tag != "skipped":
            element.set("type", check.verdict.value)
        element.text = f"{check.claim}\n{check.message}"
    return case


def _tag(verdict: Verdict) -> str | None:
    match verdict:
        case Verdict.PASS:
            return None
        case Verdict.TODO | Verdict.SKIP:
            return "skipped"
        case Verdict.INTERNAL:
            return "error"
        case Verdict.WRONG | Verdict.ERROR | Verdict.TIMEOUT | Verdict.CRASH:
            return "failure"
