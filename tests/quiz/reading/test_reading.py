"""Files of other generators are read; malformed ones get one clear line."""

import io
import zipfile
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.errors import QuizError
from grader.quiz import reading
from grader.quiz.export import exporter
from grader.quiz.paper import Draws, of_families, paper

MOODLE = """\
<?xml version="1.0" ?>
<quiz>
<!-- by hand -->
<question type="category">
<category><text>$course$/Sums/Easy</text></category></question>
<question type="multichoice">
  <name><text>Even</text></name>
  <questiontext format="html"><text><![CDATA[<p>Which are <b>even</b>?
  <img src="@@PLUGINFILE@@/lost.png"></p>]]></text></questiontext>
  <defaultgrade>2</defaultgrade><single>false</single>
  <answer fraction="37"><text>2</text><feedback><text>Yes</text></feedback></answer>
  <answer fraction="-50"><text>3</text></answer>
</question>
<question type="truefalse"><name><text>Odd</text></name>
  <questiontext><text>3 is odd</text></questiontext>
  <answer fraction="100"><text>true</text></answer>
  <answer fraction="0"><text>false</text></answer>
</question>
<question type="cloze"><name><text>Gaps</text></name>
  <questiontext><text>1+1={2:NM:=2:0.1#good~%50%3}, a
  {1:MULTICHOICE:=cat#x \\} y~dog}</text></questiontext>
</question>
</quiz>
"""

GIFT = """\
// by hand
$CATEGORY: tom/dick

::Tomb:: Who lies in Grant's tomb\\: 1 \\= 1?{
  =Grant #right
  ~%50%nobody
  ~Jefferson # no
  ####All of it
}

When was Grant born?{#=1822:0 #yes =%50%1822:2}

Pi is about {#3.14..3.16} today.

::t:: The sun rises in the east.{TRUE#wrong#right}

Two plus two {=four =4}

Match {=a -> b =c -> d}

Write an essay.{}

Just a remark.
"""

CSV = """\
//a comment,,,,
NewQuestion,MC,,,
ID,CHEM-1,,,
Title,Colours,,,
QuestionText,"Which, then?",,,
Points,2,,,
Image,images/a.png,,,
Option,100,red,,yes
Option,25,blue,,
Feedback,All of it,,,

NewQuestion,SA,,,
Title,Word,,,
QuestionText,Say it,,,
Answer,100,it,,
Answer,50,this,regexp,
"""


@pytest.fixture
def read(tmp_path):
    def read(content):
        path = tmp_path / "file"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return reading.read(path)

    return read


def test_moodle_xml_of_others_is_read(read):
    contents = read(MOODLE)
    even, odd, gaps = contents.items

    assert contents.format == "moodle"
    assert (even.title, even.type, even.points) == ("Even", "multiple", 2)
    assert (even.pool, even.figures) == ("Easy", 1)
    assert [a.fraction for a in even.answers] == [0.37, -0.5]
    assert even.answers[0].feedback == "Yes"
    assert odd.type == "truefalse"
    assert gaps.points == 3
    assert [(a.text, a.blank, a.fraction, a.tolerance) for a in gaps.answers] == [
        ("2", 1, 1, 0.1),
        ("3", 1, 0.5, 0),
        ("cat", 2, 1, 0),
        ("dog", 2, 0, 0),
    ]
    assert gaps.answers[2].feedback == "x } y"
    assert contents.notes == ("line 6: the picture lost.png is not in the file",)


def test_gift_of_others_is_read(read):
    contents = read(GIFT)
    tomb, born, pi, sun, plus, match, essay = contents.items

    assert (tomb.title, tomb.type, tomb.pool) == ("Tomb", "single", "dick")
    assert tomb.prompt == "Who lies in Grant's tomb: 1 = 1?"
    assert [(a.text, a.fraction, a.feedback) for a in tomb.answers] == [
        ("Grant", 1, "right"),
        ("nobody", 0.5, ""),
        ("Jefferson", 0, "no"),
    ]
    assert tomb.feedback == "All of it"
    assert [(a.text, a.fraction, a.tolerance) for a in born.answers] == [
        ("1822", 1, 0),
        ("1822", 0.5, 2),
    ]
    assert float(pi.answers[0].text) == pytest.approx(3.15)
    assert pi.answers[0].tolerance == pytest.approx(0.01)
    assert [item.type for item in (sun, plus, match, essay)] == [
        "truefalse", "shortanswer", "match", "essay",
    ]  # fmt: skip
    assert contents.notes == ("line 23: a text without answers, not a question",)


def test_brightspace_csv_of_others_is_read(read):
    contents = read(CSV)
    colours, word = contents.items

    assert contents.format == "brightspace"
    assert (colours.title, colours.type, colours.points) == ("Colours", "single", 2)
    assert [(a.text, a.fraction, a.feedback) for a in colours.answers] == [
        ("red", 1, "yes"),
        ("blue", 0.25, ""),
    ]
    assert word.type == "shortanswer"
    assert [note.split(":")[0] for note in contents.notes] == ["line 2"]


def test_a_byte_order_mark_and_utf16_are_understood(read):
    assert read(b"\xef\xbb\xbf" + GIFT.encode()).format == "gift"
    assert read(b"\xef\xbb\xbf" + MOODLE.encode()).format == "moodle"


MALFORMED = [
    ("<quiz><question>", "line 1, column 17: not well-formed XML"),
    ("<quiz>&bomb;</quiz>", "not well-formed XML"),
    ('{"questions": [', "line 1, column 16: not JSON"),
    ('{"a": 1}', "it has no questions"),
    ('{"questions": [{"title": 1}]}', "question 1 has no 'choices'"),
    ('{"questions": [3]}', "its questions are no objects"),
    (
        '{"questions": [{"title": 1, "choices": 3}]}',
        "question 1 holds a value of the wrong kind",
    ),
    ("::a::\n\nb {=c ~d\n", "line 3: the question lacks a '}'"),
    ('NewQuestion,MC\nTitle,"open\n', "not sound CSV"),
    ("::caf\xe9:: {=a}".encode("latin-1"), "line 1 is not UTF-8"),
    ("hello", "is no quiz that this command reads"),
    ("", "is no quiz that this command reads"),
    (b"\x00\x01\x02{=a}", "is no quiz that this command reads"),
]


@pytest.mark.parametrize(("content", "said"), MALFORMED)
def test_a_malformed_file_gets_one_clear_line(read, content, said):
    with pytest.raises(QuizError) as caught:
        read(content)

    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_bomb_of_entities_is_not_lit(read):
    bomb = dedent("""\
        <!DOCTYPE quiz [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;">
        <!ENTITY c SYSTEM "file:///etc/passwd">]>
        <quiz><question type="essay"><name><text>&b;&c;</text></name></question></quiz>
        """)

    assert read(bomb).items[0].title == ""


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(QuizError, match=r"cannot read .*none"):
        reading.read(tmp_path / "none")


QUIZ = paper(of_families(("max-pooling-by-hand", "why-convolutions")), Draws()).kept()


@pytest.mark.parametrize("form", ["moodle", "gift", "brightspace", "json"])
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(read, form, data):
    whole = b"".join(exporter(form).pieces(QUIZ, solutions=True))
    place = data.draw(st.integers(0, len(whole) - 1))
    patch = data.draw(st.binary(max_size=3))
    skipped = data.draw(st.sampled_from([0, 1, 7, len(whole)]))
    said = ""
    try:
        read(whole[:place] + patch + whole[place + skipped :])
    except QuizError as error:
        said = str(error)
    assert "\n" not in said


def test_a_zip_that_was_cut_short_is_said_to_be_no_sound_zip(read):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("imsmanifest.xml", "imsqti_item_xmlv2p1" * 100)

    with pytest.raises(QuizError, match="it is no sound zip"):
        read(stream.getvalue()[:-40])


def test_xml_in_utf16_is_asked_for_in_utf8(read):
    with pytest.raises(QuizError, match="Save the file in UTF-8"):
        read(MOODLE.encode("utf-16"))


def test_blanks_that_never_close_are_words(read):
    blanks = "{1:NUMERICAL:=1" * 20_000
    text = f"<questiontext><text>{blanks}</text></questiontext>"
    contents = read(f'<quiz><question type="cloze">{text}</question></quiz>'.encode())

    assert contents.items[0].answers == ()
