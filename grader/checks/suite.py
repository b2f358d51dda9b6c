"""The suite that the judge asks: which calls, is this answer right, who would say so.

`ExerciseSuite` is the one interface; `LiveSuite` computes its answers from the
reference solution and the wrong implementations, each at most once for a seed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from grader.checks import belief, content
from grader.checks.answers import Answers
from grader.checks.belief import Candidate
from grader.checks.case import Answer, Case
from grader.checks.compare import compare
from grader.checks.draw import Draw
from grader.checks.likeness import Likeness, same_answer
from grader.checks.trusted import load_module, run_trusted
from grader.errors import CourseError
from grader.reply import Raised, Returned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import ModuleType

    from grader.checks.answers import News
    from grader.checks.check import Check
    from grader.checks.compare import Mismatch
    from grader.checks.working import Working
    from grader.course import Course
    from grader.reply import Value
    from grader.verdict import Mode

__all__ = [
    "Answer",
    "Case",
    "ExerciseSuite",
    "LiveExercise",
    "LiveSuite",
    "same_answer",
]


class ExerciseSuite(Protocol):
    """What the judge needs to know of one exercise, live or sealed."""

    @property
    def name(self) -> str:
        """The module that students write."""

    @property
    def checks(self) -> Sequence[Check]:
        """The checks in their order."""

    def cases(self, check: Check) -> tuple[Case, ...]:
        """Return the calls of a check."""

    def mismatch(self, case: Case, answer: Answer) -> Mismatch | None:
        """Return the first difference from the right answer, or None."""

    def late(self, case: Case) -> Mismatch | None:
        """Return a difference that only the answers to all calls tell, or None."""

    def expected(self, case: Case) -> Returned | Raised | None:
        """Return the right answer; None where the suite holds only its digest."""

    def beliefs(self, function: str) -> Iterator[tuple[str, ...]]:
        """Yield the misconceptions known for a function: singles, then pairs."""

    def explains(self, ids: tuple[str, ...], case: Case, answer: Answer) -> bool:
        """Tell whether a student with these beliefs would answer this."""

    def possible(
        self, beliefs: Sequence[tuple[str, ...]], case: Case, answer: Answer
    ) -> Sequence[tuple[str, ...]]:
        """Return those of the beliefs that are not known by now to answer otherwise."""

    def asked(self, case: Case) -> int:
        """Return of how many the answer to a call is known by now."""

    def working(self, case: Case, mismatch: Mismatch) -> Working | None:
        """Return how the first wrong cell comes about, where the author says so."""

    def signature(self, function: str) -> str:
        """Return the parameters that the function must take, as in ``(x, pad)``."""

    def axes(self, function: str) -> Mapping[str, tuple[str, ...]]:
        """Return the names of the axes of its arguments and results, where known."""


class LiveExercise:
    """A suite that computes right and wrong answers when they are asked for.

    Parameters
    ----------
    name : str
        The exercise.
    reference : module
        Its solution.
    suite : module
        Its hidden suite.
    seed : int
        Fixes every input.

    Attributes
    ----------
    answers : Answers
        What the reference and the wrong implementations answered.
    """

    mode: Mode = "live"

    def __init__(
        self, name: str, reference: ModuleType, suite: ModuleType, seed: int
    ) -> None:
        self.name = name
        self._reference = reference
        self._content = content.collect(suite)
        self._seed = seed
        self._cases: dict[str, tuple[Case, ...]] = {}
        self.answers = Answers()
        self._right: dict[Case, Value] = {}
        self._asked: dict[Case, Likeness] = {}
        self._candidates: dict[str, dict[tuple[str, ...], list[Candidate]]] = {}

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks in their order."""
        return self._content.checks

    def cases(self, check: Check) -> tuple[Case, ...]:
        """Return the calls of a check, drawn from the seed."""
        if check.name not in self._cases:
            draw = Draw(self._seed, self.name, check.name)
            try:
                calls = check.calls(draw)
            except Exception as error:
                raise self._broken(f"check {check.name}", error) from error
            if not calls:
                raise CourseError(f"the check {check.name!r} yields no call")
            self._cases[check.name] = tuple(
                Case(check.name, number, call) for number, call in enumerate(calls)
            )
        return self._cases[check.name]

    def expected(self, case: Case) -> Returned | Raised:
        """Return what the reference does with a call.

        Raises
        ------
        CourseError
            If the solution has no such function, or fails other than by ValueError.
        """
        known = self.answers.known[case]
        if () not in known:
            function = getattr(self._reference, case.call.function, None)
            if function is None:
                raise CourseError(
                    f"the solution has no function {case.call.function!r}",
                    file=self._reference.__file__,
                )
            answer = run_trusted(function, case.call.args, case.call.kwargs)
            if isinstance(answer, Raised) and "ValueError" not in answer.bases:
                problem = f"the solution fails on {case.call}: {answer.type}"
                raise CourseError(problem, file=self._reference.__file__)
            self.answers.add(case, (), [answer])
        return known[()][0]

    def mismatch(self, case: Case, answer: Answer) -> Mismatch | None:
        """Return the first difference from the reference's answer, or None."""
        value = answer.value if isinstance(answer, Returned) else None
        # Many submissions give the right answer, and it may be the very same object.
        if value is not None and self._right.get(case) is value:
            return None
        found = compare(self.expected(case), answer, case.call)
        if found is None and value is not None:
            self._right[case] = value
        return found

    def late(self, case: Case) -> Mismatch | None:
        """Return None: each answer was compared when it came."""
        return None

    def beliefs(self, function: str) -> Iterator[tuple[str, ...]]:
        """Yield the misconceptions known for a function: singles, then pairs."""
        yield from self._known(function)

    def explains(self, ids: tuple[str, ...], case: Case, answer: Answer) -> bool:
        """Tell whether a student with these beliefs would answer this."""
        return self._likeness(case, answer).to_any(self.predicted(ids, case))

    def possible(
        self, beliefs: Sequence[tuple[str, ...]], case: Case, answer: Answer
    ) -> Sequence[tuple[str, ...]]:
        """Return those of the beliefs that are not known by now to answer otherwise."""
        known, alike = self.answers.known[case], self._likeness(case, answer)
        return [
            ids
            for ids in beliefs
            if (found := known.get(ids)) is None or alike.to_any(found)
        ]

    def asked(self, case: Case) -> int:
        """Return of how many the answer to a call is known by now."""
        return len(self.answers.known[case])

    def predicted(self, ids: tuple[str, ...], case: Case) -> list[Returned | Raised]:
        """Return what students with these beliefs would answer: one for each way."""
        known = self.answers.known[case]
        if ids not in known:
            ways = self._known(case.call.function)[ids]
            call = case.call
            self.answers.add(
                case,
                ids,
                [run_trusted(way.run, call.args, call.kwargs) for way in ways],
            )
        return known[ids]

    def working(self, case: Case, mismatch: Mismatch) -> Working | None:
        """Return how the first wrong cell comes about, where the author says so."""
        explain = self._content.workings.get(case.call.function)
        if explain is None or mismatch.index is None:
            return None
        call = case.call
        where = () if mismatch.part is None else (mismatch.part,)
        return explain.explain((*where, *mismatch.index), *call.args, **call.kwargs)

    def signature(self, function: str) -> str:
        """Return the parameters that the function must take, as in ``(x, pad)``."""
        import inspect  # noqa: PLC0415  (needed only when a call does not fit)

        parameters = inspect.signature(
            getattr(self._reference, function)
        ).parameters.values()
        plain = (p.replace(annotation=p.empty) for p in parameters)
        return f"({', '.join(map(str, plain))})"

    def axes(self, function: str) -> Mapping[str, tuple[str, ...]]:
        """Return the names of the axes of its arguments and results, where known."""
        from grader.checks.axes import of_docstring  # noqa: PLC0415  (for pictures)

        return of_docstring(getattr(self._reference, function).__doc__ or "")

    def _likeness(self, case: Case, answer: Answer) -> Likeness:
        """Return what an answer was held against: to each call, the last one."""
        found = self._asked.get(case)
        if found is None or found.answer is not answer:
            found = self._asked[case] = Likeness(answer, case.call)
        return found

    def _known(self, function: str) -> dict[tuple[str, ...], list[Candidate]]:
        if function not in self._candidates:
            known: dict[tuple[str, ...], list[Candidate]] = {}
            beliefs = self._content.beliefs.get(function, ())
            for derive in (belief.singles, belief.pairs):
                for candidate in derive(beliefs, self._reference):
                    known.setdefault(candidate.ids, []).append(candidate)
            self._candidates[function] = known
        return self._candidates[function]

    def _broken(self, what: str, error: Exception) -> CourseError:
        return CourseError(
            f"{what} fails: {type(error).__name__}: {error}", file=f"{self.name}.py"
        )


class LiveSuite:
    """The hidden suite of a course, beside its solutions.

    Parameters
    ----------
    course : Course
        The course.
    seed : int
        Fixes every input of every check.
    """

    mode: Mode = "live"

    def __init__(self, course: Course, seed: int) -> None:
        self.seed = seed
        self._course = course
        self._exercises: dict[str, LiveExercise] = {}

    def exercise(self, name: str) -> LiveExercise:
        """Return the suite of one exercise.

        Raises
        ------
        CourseError
            If a file is missing or does not load.
        """
        if name not in self._exercises:
            reference = load_module(self._course.solutions / f"{name}.py")
            suite = load_module(self._course.suite / f"{name}.py")
            vars(suite)["solution"] = reference
            self._exercises[name] = LiveExercise(name, reference, suite, self.seed)
        return self._exercises[name]

    def news(self) -> dict[str, News]:
        """Return by exercise what was computed here since this was asked last."""
        found = {name: each.answers.news() for name, each in self._exercises.items()}
        return {name: news for name, news in found.items() if news}

    def learn(self, news: Mapping[str, News]) -> None:
        """Take over what a suite of the same course and seed computed elsewhere."""
        for name, found in news.items():
            mine = self.exercise(name)
            cases = (case for check in mine.checks for case in mine.cases(check))
            mine.answers.learn(found, cases)
