"""Blocks as plain text."""

from grader.quiz.blocks import (
    BLANK,
    Layers,
    Math,
    Volume,
    Volumes,
    Window,
    blank_grid,
    blanks,
    grid,
    row,
    table,
    text,
)
from grader.quiz.plain import plain


def test_paragraphs_and_formulas():
    assert plain([text("so ", Math("1 + 1"), "."), Math("2")]) == "so 1 + 1.\n\n    2"


def test_a_grid_is_aligned_and_its_window_is_in_brackets():
    shown = plain([grid([[1, -20], [300, 4]], "map", [Window(0, 0)])])

    assert shown.splitlines() == ["map:      ", "  [1] -20 ", " 300    4 "]


def test_blanks_are_numbered_through_the_whole_prompt():
    shown = plain([blank_grid(1, 2), table(["a"], [[BLANK]])])

    assert shown.split() == ["_1_", "_2_", "a", "_3_"]
    assert blanks([blank_grid(1, 2), table(["a"], [[BLANK]])]) == 3


def test_grids_stand_side_by_side():
    shown = plain([row(grid([[1], [2], [3]]), "∗", grid([[7]]))])

    assert [line.split() for line in shown.splitlines()] == [
        ["1"],
        ["2", "∗", "7"],
        ["3"],
    ]


def test_volumes_read_from_left_to_right():
    block = Volumes((Volume(8, 8, 3, "input"), Volume("?", "?", 2)), ("conv",))

    assert plain([block]) == "[input 8 × 8 × 3] -- conv --> [? × ? × 2]"


def test_layers_say_what_each_unit_reads():
    block = Layers((("a", "b"), ("h",)), ((0, 0, 0), (0, 1, 0)), marked=((1, 0),))

    assert plain([block]).splitlines() == [
        "layer 0: a b",
        "layer 1: [h]",
        "  h reads a, b",
    ]
