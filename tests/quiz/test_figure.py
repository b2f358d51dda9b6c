"""Figures are well-formed SVG and say in words what they show."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.quiz.blocks import (
    Layers,
    Volume,
    Volumes,
    Window,
    blank_grid,
    grid,
    row,
)
from grader.quiz.figure import alt, svg

SVG = "{http://www.w3.org/2000/svg}"
IMAGE = grid([[1, -2, 3], [4, 5.5, None]], "input <&>", [Window(0, 1, 2, 2)])
FIGURES = [
    IMAGE,
    row(IMAGE, "∗", grid([[1, 0]]), "=", blank_grid(2, 2, "output")),
    Volumes((Volume(32, 32, 3, "input"), Volume("?", "?", 6)), ("6 filters",)),
    Layers(
        (("x1", "x2", "x3"), ("h1", "h2")),
        ((0, 0, 0), (0, 1, 0), (0, 1, 1), (0, 2, 1)),
        marked=((1, 0),),
        labels=("input", "hidden"),
    ),
]


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_is_an_image_with_its_text(figure):
    element = ElementTree.fromstring(svg(figure))

    assert element.tag == f"{SVG}svg"
    assert element.get("role") == "img"
    assert element.get("aria-label") == alt(figure)


@pytest.mark.parametrize("figure", FIGURES)
def test_nothing_is_drawn_outside_the_view(figure):
    element = ElementTree.fromstring(svg(figure))
    wide, tall = (float(element.get(name)) for name in ("width", "height"))

    for part, left, top in placed(element):
        for names, start, most in ((("x", "cx"), left, wide), (("y", "cy"), top, tall)):
            for name in names:
                assert 0 <= start + float(part.get(name, 0)) <= most


def placed(element, left=0.0, top=0.0):
    """Yield each part with how far its group is moved."""
    moved = re.fullmatch(r"translate\((\S+) (\S+)\)", element.get("transform", ""))
    if moved:
        left, top = left + float(moved[1]), top + float(moved[2])
    yield element, left, top
    for part in element:
        yield from placed(part, left, top)


def test_a_grid_says_its_numbers_and_its_windows():
    assert alt(IMAGE) == (
        "input <&>, 2 × 3: 1 -2 3; 4 5.5 empty. "
        "Highlighted: rows 1 to 2, columns 2 to 3."
    )


def test_layers_say_what_is_connected():
    assert "x2 to h1, x2 to h2" in alt(FIGURES[3])


def test_a_window_covers_its_cells():
    element = ElementTree.fromstring(svg(grid([[1, 2], [3, 4]], "", [Window(1, 1)])))
    rect = element.find(f"{SVG}rect")

    assert [float(rect.get(n)) for n in ("x", "y", "width", "height")] == [
        31,
        31,
        30,
        30,
    ]


@given(st.lists(st.lists(st.text(max_size=5), min_size=2, max_size=2), min_size=1))
def test_any_words_in_cells_stay_well_formed(cells):
    printable = [[c for c in line if c.isprintable()] for line in cells]
    words = [["".join(c) for c in line] + [""] for line in printable]

    ElementTree.fromstring(svg(grid(words)))
