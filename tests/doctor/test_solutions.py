"""Solutions that lose points, are slow, or whose examples are not true."""

from grader.doctor import solutions


def test_a_right_one_holds(examined):
    (result, *_) = examined("solutions")

    assert result.holds
    assert "full marks for 2 seeds" in result.facts
    assert "1 examples" in result.facts


def test_one_that_changes_its_input_loses_points(faults, edit):
    edit(
        "tests/hidden/double.py",
        'yield call("double", x=ints(draw, (size,)))',
        'yield call("double", x=ints(draw, (size,))).keeping_inputs()',
    )
    edit(
        "solutions/double.py", "return x * 2.0**times", "x *= 2.0**times\n    return x"
    )

    (problem,) = faults("solutions")
    assert problem.startswith("the solution gets WRONG on 'doubles' (seed 0)")


def test_one_that_is_not_written_is_named(faults, edit):
    edit("solutions/double.py", "return x * 2.0**times", "raise NotImplementedError")

    (problem,) = faults("solutions")
    assert "the solution fails on double(" in problem
    assert problem.startswith("solutions/double.py")


def test_a_slow_one_is_named_with_the_call(faults, monkeypatch):
    monkeypatch.setattr(solutions, "SHARE_OF_LIMIT", 0.0)

    (problem,) = faults("solutions")
    assert ": double(x=np.array([" in problem
    assert problem.endswith("s, more than 0 s")


def test_an_example_that_is_not_true_is_named(faults, edit):
    edit("solutions/double.py", "array([2., 4.])", "array([2., 5.])")

    assert faults("solutions") == [
        "solutions/double.py: an example of double is not true"
    ]
