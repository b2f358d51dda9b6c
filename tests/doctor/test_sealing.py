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
