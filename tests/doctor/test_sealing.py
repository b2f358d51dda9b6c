"""Hidden checks whose answers could be guessed are found before a release."""


def test_a_hidden_check_of_few_answers_is_a_fault(faults, edit):
    edit(
        "tests/hidden/double.py",
        "    for times in (0, 1, 2):\n"
        '        yield call("double", x=ints(draw, (2, 3)), times=times)',
        '    yield call("double", x=ints(draw, (1,), low=1, high=1), times=2)',
    )

    (problem,) = faults("sealing")
    assert "doubles_again has so few possible answers" in problem


def test_it_says_how_many_answers_are_possible_at_least(examined):
    (result,) = examined("sealing")

    assert result.holds
    assert "2 hidden checks, answers of at least 2^" in result.facts


def test_who_will_not_be_named_is_told(examined, edit):
    """Who answers one right number only, to calls that are the same in each draw."""
    suite = "tests/hidden/double.py"
    edit(suite, "x=ints(draw, (2, 3))", "x=np.arange(61.0, 86).reshape(5, 5)")
    edit(
        suite,
        "from grader.author import Working",
        "import numpy as np\nfrom grader.author import Working",
    )
    edit(
        suite,
        "    return -solution.double(x, times)",
        "    answer = np.zeros_like(x)\n"
        "    answer.flat[0] = solution.double(x, times).flat[0]\n"
        "    return answer",
    )

    (result,) = examined("sealing")

    assert result.holds
    notes = [note for note in result.notes if note.startswith("kernel-flipped will")]
    assert len(notes) == 1
    assert "the digest would give right answers away" in notes[0]
