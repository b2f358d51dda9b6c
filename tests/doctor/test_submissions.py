"""Submissions with another verdict, or another cause, than they must get."""

import pytest

from grader import course as courses
from grader.doctor import bench, submissions
from grader.doctor.bench import hurried
from grader.doctor.submissions import header
from grader.sandbox import Sandbox


@pytest.fixture
def hand_in(sound):
    """Return a function that writes a submission."""

    def write(place, text):
        file = sound / "tests/submissions" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def sealed(required):
    """Require a sandbox that holds hostile code."""
    with Sandbox() as sandbox:
        if sandbox.isolation.level != "sealed":
            required("a sandbox that is sealed")


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


@pytest.mark.usefixtures("sealed")
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
        ("# exercise: double\n", "does not say which verdicts are allowed"),
        ("# verdict: WRONG\n", "does not say for which exercise it is handed in"),
    ],
)
def test_a_hostile_one_without_its_verdict_is_named(faults, hand_in, text, problem):
    hand_in("hostile/broken.py", f"{text}double = \n")

    assert faults("submissions") == [f"tests/submissions/hostile/broken.py {problem}"]


@pytest.mark.usefixtures("sealed")
def test_a_hostile_one_with_another_verdict_is_named(faults, hand_in):
    hand_in("hostile/broken.py", "# exercise: double\n# verdict: WRONG\ndouble = \n")

    assert faults("submissions") == [
        "tests/submissions/hostile/broken.py gets ERROR, allowed is WRONG"
    ]


@pytest.mark.usefixtures("sealed")
def test_a_hostile_one_that_earns_everything_must_be_allowed_to(faults, hand_in, sound):
    right = (sound / "solutions/double.py").read_text(encoding="utf-8")
    hand_in("hostile/right.py", f"# exercise: double\n# verdict: WRONG\n{right}")

    assert faults("submissions") == [
        "tests/submissions/hostile/right.py gets PASS, allowed is WRONG"
    ]


@pytest.mark.usefixtures("sealed")
def test_a_hostile_one_is_told_whom_to_attack(faults, hand_in):
    hand_in(
        "hostile/told.py",
        "# exercise: double\n# verdict: WRONG\n"
        "def double(x, times=1):\n"
        "    assert int('@GRADER@') > 0 and '@COURSE@'.startswith('/')\n",
    )

    assert faults("submissions") == []


def test_hostile_ones_are_not_judged_where_nothing_holds_them(sound, hand_in):
    hand_in("hostile/right.py", "# exercise: double\n# verdict: WRONG\n")
    course = courses.load(sound / "course.yml")
    with Sandbox(hurried(course.limits), at_most="process") as sandbox:
        weak = bench.Bench(course, sandbox, (0,), lambda text: None)
        result = submissions.examine_course(weak)

    assert result.holds
    assert "1 hostile ones are not judged: isolation is process" in result.notes[0]
