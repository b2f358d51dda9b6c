"""Submissions with another verdict, or another cause, than they must get."""

import pytest

from grader.doctor.submissions import header


@pytest.fixture
def hand_in(sound):
    """Return a function that writes a submission."""

    def write(place, text):
        file = sound / "tests/submissions" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    return write


def test_those_with_their_verdict_hold(examined):
    (result, *_) = examined("submissions")

    assert result.holds
    assert result.facts == "2 get their verdict: pass, wrong"


def test_another_verdict_is_named_with_the_reason(faults, hand_in):
    hand_in("double/pass/half.py", "def double(x, times=1):\n    return x / 2\n")

    (problem,) = faults("submissions")
    assert problem.startswith("tests/submissions/double/pass/half.py gets WRONG: ")


def test_a_verdict_that_does_not_exist_is_named_with_the_nearest(faults, hand_in):
    hand_in("double/wrogn/half.py", "")

    assert faults("submissions") == [
        "tests/submissions/double/wrogn/half.py: 'wrogn' is no verdict; "
        "did you mean 'wrong'?"
    ]


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        ("nothing", "named is stride-ignored, not nothing"),
        ("bias-forgotten", "named is stride-ignored, not bias-forgotten"),
        ("strid-ignored", "unknown misconception 'strid-ignored'; did you mean"),
    ],
)
def test_another_cause_is_named(faults, edit, names, problem):
    edit(
        "tests/submissions/double/wrong/one.py",
        "names: stride-ignored",
        f"names: {names}",
    )

    (found,) = faults("submissions")
    assert problem in found


def test_a_wrong_one_must_say_what_is_named(faults, edit):
    edit("tests/submissions/double/wrong/one.py", "# names: stride-ignored\n", "")

    assert faults("submissions") == [
        "tests/submissions/double/wrong/one.py does not say what is named: "
        "stride-ignored"
    ]


def test_a_header_lists_its_values():
    assert header(b"# exercise: stride\n# verdict: WRONG, TIMEOUT\nx = 1\n") == {
        "exercise": ["stride"],
        "verdict": ["WRONG", "TIMEOUT"],
    }


def test_a_hostile_one_gets_a_verdict_that_its_header_allows(faults, hand_in):
    hand_in(
        "hostile/leaves.py",
        "# exercise: double\n# verdict: CRASH, ERROR\nimport os\n\n\n"
        "def double(x, times=1):\n    os._exit(0)\n",
    )

    assert faults("submissions") == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("# exercise: double\n# verdict: WRONG\n", "gets ERROR, allowed is WRONG"),
        ("# exercise: double\n", "does not say which verdicts are allowed"),
        ("# verdict: WRONG\n", "does not say for which exercise it is handed in"),
    ],
)
def test_a_hostile_one_without_its_verdict_is_named(faults, hand_in, text, problem):
    hand_in("hostile/broken.py", f"{text}double = \n")

    assert faults("submissions") == [f"tests/submissions/hostile/broken.py {problem}"]


def test_a_hostile_one_never_passes(faults, hand_in, sound):
    right = (sound / "solutions/double.py").read_text(encoding="utf-8")
    hand_in("hostile/right.py", f"# exercise: double\n# verdict: PASS\n{right}")

    assert faults("submissions") == [
        "tests/submissions/hostile/right.py gets PASS, allowed is PASS"
    ]
