"""What the doctor says."""

from grader.doctor import text
from grader.doctor.result import Result, report


def test_a_proof_that_holds_takes_one_line():
    result = report("files", "stride", "3 checks", [])

    assert list(text.lines(result, width=8)) == [
        "stride    files        ok    3 checks"
    ]


def test_a_fault_is_told_with_its_remedy_and_every_line():
    result = report(
        "mutants", "stride", "", [("first\nsecond", "mend"), ("other", "mend too")]
    )

    assert list(text.lines(result, width=8)) == [
        "stride    mutants      FAIL  first",
        "    second",
        "      -> mend",
        "  other",
        "      -> mend too",
    ]


def test_a_total_and_notes_follow():
    result = report(
        "mutants", "", "", [("first", "mend")], notes=("one",), tried=9, held=8
    )

    assert list(text.lines(result, width=8))[2:] == [
        "      8 of 9 hold",
        "      note: one",
    ]


def test_a_proof_that_waits_says_for_what():
    result = Result("beliefs", "stride", "", waits_for="solutions")

    assert list(text.lines(result, width=8)) == [
        "stride    beliefs      --    waits for: solutions"
    ]


def test_the_closing_line_says_where_to_begin():
    fine = report("files", "stride", "", [])
    broken = report("beliefs", "stride", "", [("a", "b")])
    waiting = Result("mutants", "stride", "", waits_for="beliefs")

    assert text.closing([fine]) == "Sound: 1 proofs hold."
    assert text.closing([fine, broken, waiting]) == (
        "Not sound: 1 of 3 proofs fail, 1 wait for them. Begin with: stride, beliefs."
    )
