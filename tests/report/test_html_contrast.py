"""The palettes of the HTML report: text can be read in the light and in the dark."""

import re

import pytest

from grader.report.pages import asset


def colours(name):
    """Return a palette as relative luminances."""
    found = re.findall(r"--([\w-]+): (#[0-9a-f]+);", asset(name))
    return {key: luminance(value) for key, value in found}


def luminance(colour):
    digits = colour[1:]
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    parts = [int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = max(one, other), min(one, other)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light.css", "dark.css"])
def test_text_has_a_contrast_of_at_least_4_5(name):
    palette = colours(name)
    tones = ("accent", "good", "bad", "warn", "ours")
    pairs = [(ink, on) for ink in ("ink", "soft") for on in ("ground", "paper")]
    pairs += [(tone, f"{tone}-tint") for tone in tones]
    pairs += [("ink", f"{tone}-tint") for tone in tones]
    pairs += [("accent", "paper"), ("accent", "ground"), ("soft", "accent-tint")]

    low = {p: contrast(palette[p[0]], palette[p[1]]) for p in pairs}

    assert {pair: value for pair, value in low.items() if value < 4.5} == {}


def test_both_palettes_name_the_same_colours():
    assert colours("light.css").keys() == colours("dark.css").keys()
