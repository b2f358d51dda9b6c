"""What a learning system gets is what the question is: every family, every format."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from grader.quiz import reading, registry
from grader.quiz.blocks import Text, blanks, grid, text
from grader.quiz.export import exporter
from grader.quiz.figure import alt
from grader.quiz.markup import Style, html
from grader.quiz.paper import Draws, of_families, paper
from grader.quiz.question import Choice, WrongAnswer

FORMATS = ("moodle", "gift", "brightspace")
NASTY = [
    "<script>alert(1)</script>",
    "a & b &amp; c &#123;",
    "]]> --> */ <![CDATA[ x",
    "\"quotes\" 'and' `ticks`",
    "{ } = ~ # : {1:NUMERICAL:=3} ::x:: ####",
    "%50%half [plain] =right ~wrong // no comment",
    r"$x$ \(x\) \= \{ \\ \~ \n",
    "عربي עברית 🙂 ×−∗",
    "x" * 3000,
    "-0.0001, 1e-7",
    "@@PLUGINFILE@@/none.svg",
    ',;"",=1+1',
]
LINES = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Co")), min_size=1),
    st.text(st.sampled_from("{}=~#:\\%<>&]['\"; a1\u2028"), min_size=1),
)
NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9), st.sampled_from([1e-9, -0.25])
)


def normal(words):
    """Return words as a page shows them: white space is one blank."""
    return " ".join(words.split())


def read(tmp_path, form, quiz):
    path = tmp_path / f"quiz.{form}"
    path.write_bytes(b"".join(exporter(form).pieces(quiz, solutions=True)))
    return reading.read(path)


def drawn(blocks):
    """Return how many figures the blocks show."""
    figures = []
    html(blocks, Style(figure=lambda block: figures.append(block) or ""))
    return len(figures)


def parts(question, form):
    """Return (title, places, answers, share of the points) of each item."""
    given = question.answer if isinstance(question.answer, tuple) else None
    if question.type != "cloze":
        return [(question.title, None if question.choices else [0], 1)]
    if form == "moodle":
        return [(question.title, list(range(len(given))), 1)]
    return [
        (f"{question.title}, blank {place + 1}", [place], 1 / len(given))
        for place in range(len(given))
    ]


def compare_choices(item, question):
    right = sum(choice.correct for choice in question.choices)
    wrong = -1 / right if question.type == "multiple" else 0
    assert item.type == question.type
    assert len(item.answers) == len(question.choices)
    for found, choice in zip(item.answers, question.choices, strict=True):
        assert normal(found.text) == normal(choice.text)
        assert found.fraction == pytest.approx(
            1 / right if choice.correct else wrong, abs=1e-6
        )
        assert normal(found.feedback) == normal(choice.feedback)


def assert_known_nearby(answer, right, tolerance):
    """Assert that a wrong number is known with two decimals, unless it is short."""
    number = float(answer.text)
    if number == round(number, 4):
        assert answer.tolerance == tolerance
    elif abs(number - right) > 0.01:
        assert answer.tolerance == max(0.005, tolerance)
    else:
        assert tolerance <= answer.tolerance < max(abs(number - right), 1e-300)


def compare_numbers(item, question, places, form):
    whole = question.type == "cloze" and form == "moodle"
    assert item.type == ("cloze" if whole else "numeric")
    for place in places:
        mine = [a for a in item.answers if a.blank == (place + 1 if whole else 0)]
        cloze = question.type == "cloze"
        right = question.answer[place] if cloze else question.answer
        assert (float(mine[0].text), mine[0].fraction) == (right, 1)
        wrongs = {}
        for wrong in question.wrong:
            number = wrong.answer[place] if cloze else wrong.answer
            if number != right:
                wrongs.setdefault(number, []).append(wrong.feedback)
        if form == "brightspace":
            said = normal(item.feedback)
            assert all(normal(why) in said for each in wrongs.values() for why in each)
            assert len(mine) == 1
            continue
        assert {float(a.text) for a in mine[1:]} == set(wrongs)
        assert mine[0].tolerance == question.tolerance
        for answer in mine[1:]:
            assert answer.fraction == 0
            assert_known_nearby(answer, right, question.tolerance)
            for why in wrongs[float(answer.text)]:
                assert normal(why) in normal(answer.feedback)


def compare(items, question, form):
    """Raise unless the items say all that the question says."""
    expected = parts(question, form)
    asked = [*question.prompt, *([question.figure] if question.figure else [])]
    assert [normal(item.title) for item in items] == [
        normal(title) for title, _, _ in expected
    ]
    for item, (_, places, share) in zip(items, expected, strict=True):
        if places is None:
            compare_choices(item, question)
        else:
            compare_numbers(item, question, places, form)
        if form == "brightspace":
            assert item.figures == 0
        else:
            assert item.figures == drawn(asked) + drawn(question.solution)
            assert normal(item.pool).startswith(normal(question.pool))
        if form != "gift" and question.type != "cloze":
            assert item.points == pytest.approx(question.points * share)
        for blocks, said in (
            (question.prompt, item.prompt),
            (question.solution, item.feedback),
        ):
            for block in blocks:
                words = block.parts if isinstance(block, Text) else (block,)
                for part in words:
                    if isinstance(part, str):
                        assert normal(part) in normal(said)
        assert not item.unscored


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", registry.names())
def test_every_family_survives(tmp_path, name, form):
    quiz = paper(of_families((name,)), Draws("key", 3, variants=4)).kept()

    contents = read(tmp_path, form, quiz)

    assert (contents.format, contents.notes) == (form, ())
    items = list(contents.items)
    for question in quiz.questions:
        count = len(parts(question, form))
        compare(items[:count], question, form)
        del items[:count]
    assert items == []


BASES = {
    question.type: question
    for name in ("shift-in-shift-out", "why-convolutions", "padding-stride-or-kernel",
                 "max-pooling-by-hand")
    for question in paper(of_families((name,)), Draws()).questions
}  # fmt: skip


def spoiled(base, words, numbers):
    """Return a paper whose one question holds the words wherever words can stand."""
    right, wrong = numbers
    changed = base._replace(
        title=words,
        pool=words,
        prompt=(text(words), grid([[words, 1]], words), *base.prompt),
        solution=(text(words),),
        figure=grid([[words]], words),
    )
    if base.choices:
        ticked = (
            Choice(words, True, None, words),
            Choice(f"{words}.", False, "x", words),
        )
        answer = (words,) if base.type == "multiple" else words
        changed = changed._replace(choices=ticked, answer=answer)
    elif base.type == "numeric":
        changed = changed._replace(
            answer=right, wrong=(WrongAnswer(wrong, "x", words),)
        )
    else:
        count = blanks(base.prompt)
        changed = changed._replace(
            answer=(right,) * count,
            wrong=(WrongAnswer((wrong,) * count, "x", words),),
        )
    quiz = paper(of_families((base.family,)), Draws())
    return replace(quiz, title=words, questions=(changed,))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", BASES)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(r"\}", 0, 1)  # Moodle reads a brace in it
@example("imsqti_item_xmlv2p", 0, 1)  # what QTI is known by
@given(LINES.filter(normal), NUMBERS, NUMBERS)
def test_hostile_words_and_numbers_survive(tmp_path, form, kind, words, right, wrong):
    base = BASES[kind]
    if abs(right - wrong) <= 1e-6 * max(1, abs(right)):
        wrong = right + 7
    quiz = spoiled(base, words, (right, wrong))

    contents = read(tmp_path, form, quiz)

    compare(list(contents.items), quiz.questions[0], form)


@pytest.mark.parametrize("form", ["moodle", "gift"])
def test_figures_have_their_alternative_text(form):
    quiz = paper(of_families(("max-pooling-by-hand",)), Draws()).kept()
    figure = quiz.questions[0].prompt[1]
    whole = b"".join(exporter(form).pieces(quiz, solutions=True)).decode()

    assert re.sub(r"\\(.)", r"\1", whole).count(alt(figure)) >= 1
