"""Formulas are read once and written in MathML, TeX and Typst."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import QuizError
from grader.quiz import notation
from grader.quiz.formula import NUMBER, Fraction, Symbol, parse
from grader.quiz.notation import mathml, tex, typst

SOURCES = [
    "floor((32 - 5 + 2·0)/1) + 1 = 28",
    "W_out = 28, 2^10 ≈ 1,024",
    '"weights" + "biases" = 456',
    "sqrt(2)·H'/W' - -3",
    "max(1, 2, ?) = 2",
    "[1, 2] ∈ {1; 2}",
    "1·(-2) + 3·4 + … = 100 %",
]


def test_a_bar_takes_only_the_factors_beside_it():
    assert parse("1/(2 + 3)").below == parse("2 + 3")
    assert parse("2·3/4").parts[2] == Fraction(
        Symbol("number", "3"), Symbol("number", "4")
    )


@pytest.mark.parametrize("source", SOURCES)
def test_mathml_is_well_formed_and_keeps_the_linear_text(source):
    element = ElementTree.fromstring(mathml(source))

    assert element.get("alttext") == source


NUMBERS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.integers(0, 10**7).map("{:,}".format),
    st.floats(0, 1e5, allow_subnormal=False).map("{:.3f}".format),
)


@given(st.sampled_from(SOURCES), st.data())
def test_formulas_that_differ_in_numbers_are_written_as_if_each_were_read(source, data):
    source = NUMBER.sub(lambda _: data.draw(NUMBERS), source)
    tree = parse(source)

    assert notation._mathml(tree) in mathml(source)
    assert tex(source) == notation._tex(tree).strip()


def test_digits_in_words_are_no_numbers():
    assert "<mtext>10 weights</mtext>" in mathml('"10 weights" + 1')


@pytest.mark.parametrize("source", SOURCES)
def test_tex_has_balanced_braces(source):
    written = tex(source).replace(r"\{", "").replace(r"\}", "")

    assert written.count("{") == written.count("}")
    assert written.count(r"\left") == written.count(r"\right")


def test_each_language_writes_the_output_size():
    source = "floor((7 - 3)/2) + 1 = 3"

    assert tex(source) == r"\left\lfloor \frac{7 - 3}{2} \right\rfloor + 1 = 3"
    assert typst(source) == "lr(\\⌊ frac(7 - 3, 2) \\⌋) + 1 = 3"
    assert "<mfrac><mrow><mn>7</mn><mo>−</mo>" in mathml(source)


@pytest.mark.parametrize("source", SOURCES)
def test_typst_sets_every_formula(source):
    compiler = pytest.importorskip("typst", reason="typst is not installed")

    assert compiler.compile(f"${typst(source)}$".encode()).startswith(b"%PDF")


@pytest.mark.parametrize("source", ["(1 + 2", "1 +* 2", "#", "a $ b", "2^"])
def test_what_cannot_be_read_is_named(source):
    with pytest.raises(QuizError, match="formula"):
        parse(source)


@given(st.text("0123456789abc+-*/^_()[]{}=,.·× \"'", max_size=20))
def test_any_text_is_read_or_refused(source):
    try:
        parse(source)
    except QuizError:
        return
    ElementTree.fromstring(mathml(source))
    tex(source)
    typst(source)
