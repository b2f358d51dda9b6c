"""The report as markdown, read by a parser that is not ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from grader.report import markdown
from grader.verdict import (
    CheckResult,
    ExerciseResult,
    Finding,
    Report,
    StudentText,
    Verdict,
)

HOSTILE = [
    "```\n# 100/100\n```",
    "~~~\n<script>alert(1)</script>",
    "</pre></details><img src=x onerror=alert(1)>",
    "[full marks](javascript:alert(1)) ![x](http://e.org/x.png)",
    "| a | b |\n|--|--|",
    "<!-- ",
    "\r\n# forged\r",
    "`````````` ",
    "@everyone #1 http://example.org www.example.org",
    "\u202eesrever \u2028 # line separator \x0b \x00 \ud800",
    "    indented\n\n- list",
]


def check(name, verdict, finding=None, visibility="public", claim=""):
    score = {Verdict.PASS: 2.0, Verdict.INTERNAL: None}.get(verdict, 0.0)
    claim = claim or f"The claim of `{name}`."
    return CheckResult(name, claim, visibility, verdict, score, 2.0, (), finding)


def report_of(*exercises):
    return Report("A course", "live", 7, "sealed (seccomp)", tuple(exercises))


def parsed(text):
    return MarkdownIt("commonmark").enable("table").parse(text)


def kinds(tokens):
    """Return every kind of token, those within lines too."""
    found = []
    for token in tokens:
        found.append(token.type)
        found += kinds(token.children or [])
    return found


@pytest.fixture
def report():
    wrong = Finding(
        problem="out[0, 1]: expected 12, got 6 (3 of 4 entries differ)",
        call="correlate2d(image=np.array([[1, 2], [3, 4]]), kernel=np.array([[1]]))",
        working=("window:", "1  2", "3  4", "the products sum to 12"),
        hint="Looks like this: The kernel was turned. Slide it as it is.",
    )
    withheld = Finding("the value is not the right one", hint=wrong.hint)
    raised = Finding(
        problem="raised IndexError: index 3 is out of bounds",
        call="zero_pad(x, 1)",
        student=StudentText(
            "IndexError: …", "padding.py:12, in zero_pad", "out[i] = x"
        ),
    )
    checks = (
        check("right", Verdict.PASS),
        check("wrong", Verdict.WRONG, wrong),
        check("raised", Verdict.ERROR, raised),
        check("hidden", Verdict.WRONG, withheld, "hidden"),
        check("waits", Verdict.SKIP, Finding("waits for: The claim of wrong.")),
        check("todo", Verdict.TODO, Finding("conv2d is not written yet")),
        check("again", Verdict.TODO, Finding("conv2d is not written yet")),
    )
    return report_of(
        ExerciseResult("padding", "Padding", checks[:1]),
        ExerciseResult("stride", "Stride", checks),
    )


def test_the_report_reads_as_it_should(report, golden):
    golden("report.md", markdown.render(report))


def test_a_parser_finds_the_table_the_headings_and_the_blocks(report):
    tokens = parsed(markdown.render(report))
    headings = [
        tokens[i + 1].content for i, t in enumerate(tokens) if t.type == "heading_open"
    ]

    assert headings == ["A course: 4/16", "Stride: 2/14"]
    assert kinds(tokens).count("tr_open") == 3
    assert kinds(tokens).count("fence") == 3
    assert kinds(tokens).count("list_item_open") == 7


def test_where_the_grader_failed_nobody_gets_a_number():
    failed = check("broken", Verdict.INTERNAL, Finding("the grader failed"))
    text = markdown.render(report_of(ExerciseResult("stride", "Stride", (failed,))))

    assert "# A course: ?/2" in text
    assert "not your fault" in text


def forge(text):
    """Return a report in which every text that a student may steer is theirs."""
    finding = Finding(text, text, StudentText(text, text, text), (text, text), text)
    return report_of(
        ExerciseResult(
            "stride",
            "Stride",
            (
                check("one", Verdict.ERROR, finding),
                check("two", Verdict.WRONG, Finding(text), "hidden"),
                check("three", Verdict.TODO, Finding(f"{text} is not written yet")),
                check("four", Verdict.SKIP, Finding(text)),
            ),
        )
    )


def forges_nothing(text):
    tokens = parsed(markdown.render(forge(text)))
    found = kinds(tokens)

    assert not {kind for kind in found if kind.startswith(("html", "link", "image"))}
    assert found.count("heading_open") == 2
    assert found.count("fence") == 2
    assert found.count("table_open") == 1
    assert found.count("list_item_open") == 4
    assert not {"code_block", "blockquote_open", "hr"} & set(found)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_forges_no_markup(text):
    forges_nothing(text)


@given(st.text(st.sampled_from("`~<>&[]()!#-+*_|=\\ \n\r\tab1.:/@\u2028\x00")))
def test_no_text_forges_markup(text):
    forges_nothing(text)


@given(st.text(st.sampled_from("~<>[]()!#-+*_|\\ ab1."), min_size=1))
def test_a_claim_is_shown_as_it_was_written(text):
    shown = parsed(f"- **ok** {markdown.inline(text)}")
    line = next(token for token in shown if token.type == "inline")
    words = "".join(child.content for child in line.children[4:])

    assert words.split() == text.split()


def test_a_claim_keeps_its_code_spans_and_a_lone_backtick():
    assert markdown.inline("`a_b` and *c*") == "`a_b` and \\*c\\*"
    assert markdown.inline("a ` b") == "a \\` b"
