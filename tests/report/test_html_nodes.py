"""Elements written as HTML: as `xml.etree` writes them, whatever they say."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from grader.report.html_nodes import node, written

WORDS = st.text(alphabet=st.sampled_from("ab &<>\"'é\n/;"), max_size=6)
TAGS = st.sampled_from(["p", "td", "meta", "br", "pre", "slot"])


def trees():
    """Return the maker of elements with texts, attributes and elements within."""
    return st.recursive(
        st.builds(node, TAGS, WORDS, title=WORDS),
        lambda inner: st.builds(
            lambda tag, children, said: node(tag, *children, aria_label=said),
            TAGS,
            st.lists(st.one_of(WORDS, inner), max_size=4),
            WORDS,
        ),
        max_leaves=8,
    )


@given(trees())
def test_a_tree_is_written_as_the_library_does(tree):
    assert written(tree) == ET.tostring(tree, encoding="unicode", method="html")


def test_a_style_is_written_as_it_is():
    style = node("style")
    style.text = "a > b { content: '&' }"

    assert written(style) == "<style>a > b { content: '&' }</style>"
