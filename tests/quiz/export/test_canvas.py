"""Canvas's QTI 1.2: what Canvas, and nobody else, wants."""

import io
import re
import zipfile

import pytest

pytest.importorskip("lxml", reason="lxml is not installed")

from lxml import etree

from grader.quiz.export import canvas
from grader.quiz.export.canvas_item import spellings
from grader.quiz.export.package import bounds
from grader.quiz.paper import Draws, of_families, paper

NS = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


def package(*names, variants=None):
    one = paper(of_families(names), Draws("key", 3, variants=variants)).kept()
    content = b"".join(canvas.pieces(one))
    return one.questions, zipfile.ZipFile(io.BytesIO(content))


def assessment(members):
    (name,) = (
        n for n in members.namelist() if n.endswith(".xml") and n.count("quiz-") == 2
    )
    return etree.fromstring(members.read(name))


def test_a_pool_is_a_group_of_which_one_is_picked_for_its_points():
    _, members = package("max-pooling-by-hand", variants=3)
    (group,) = assessment(members).iter(f"{NS}selection_ordering")

    assert group.findtext(f".//{NS}selection_number") == "1"
    assert group.findtext(f".//{NS}points_per_item") == "1"
    assert len(group.getparent().findall(f"{NS}item")) == 3


def test_a_figure_is_found_wherever_a_link_begins():
    # Canvas keeps the files of a QTI zip by their paths in the manifest; PrairieLearn's
    # converter looks in `web_resources`, where Canvas's own exports have them.
    _, members = package("max-pooling-by-hand")
    pages = "".join(assessment(members).itertext())
    named = re.findall(r'src="\$IMS-CC-FILEBASE\$/([^"]+)"', pages)
    manifest = etree.fromstring(members.read("imsmanifest.xml"))
    kept = {file.get("href") for file in manifest.iter("{*}file")}

    assert named
    for name in named:
        assert {name, f"web_resources/{name}"} <= kept
        assert members.read(name) == members.read(f"web_resources/{name}")


def test_a_number_is_exact_or_within_its_bounds():
    (question,), members = package("conv-layer-parameters")
    root = assessment(members)

    assert root.findtext(f".//{NS}or/{NS}varequal") == str(question.answer)
    assert root.findtext(f".//{NS}and/{NS}vargte") == str(question.answer)
    assert root.findtext(f".//{NS}and/{NS}varlte") == str(question.answer)


def test_bounds_have_the_digits_that_a_person_would_write():
    assert bounds(0.3, 0.1) == ("0.2", "0.4")
    assert bounds(-2.5, 0.01) == ("-2.51", "-2.49")
    assert bounds(1e-7, 0) == ("0.0000001", "0.0000001")


def test_right_ticks_are_asked_for_and_wrong_ones_refused():
    (question,), members = package("what-pooling-does")
    root = assessment(members)

    right = len(root.findall(f".//{NS}and/{NS}varequal"))
    wrong = len(root.findall(f".//{NS}and/{NS}not/{NS}varequal"))
    assert right == sum(choice.correct for choice in question.choices)
    assert right + wrong == len(question.choices)


def test_a_blank_accepts_every_usual_spelling():
    assert spellings(-34944) == ["-34944", "-34,944", "−34944", "−34,944"]
    assert spellings(0.25) == ["0.25", ".25"]
    assert spellings(7.0) == ["7"]


def test_each_blank_of_the_table_is_asked_for_once():
    (question,), members = package("max-pooling-by-hand")
    root = assessment(members)
    prompt = root.findtext(f".//{NS}presentation/{NS}material/{NS}mattext")

    for place, _ in enumerate(question.answer, 1):
        assert prompt.count(f"[blank{place}]</td>") == 1
        assert root.find(f".//*[@ident='response_blank{place}']") is not None


def test_what_canvas_cannot_recognise_is_told_and_said(capsys):
    (question,), members = package("conv-layer-parameters")
    text = etree.tostring(assessment(members), encoding="unicode")

    assert all(w.feedback.split(".")[0] in text for w in question.wrong)
    assert "wrong numbers are not recognised" in capsys.readouterr().err


def test_a_group_holds_the_first_hundred_variants_and_says_so(capsys):
    questions, members = package("conv-layer-parameters", variants=103)
    titles = [item.get("title") for item in assessment(members).iter(f"{NS}item")]

    assert titles == [question.title for question in questions[:100]]
    said = capsys.readouterr().err
    assert "a group holds the first 100 variants, the others are left out" in said
    assert "(3 questions, the first: " in said
    assert f"{questions[100].title})" in said


def test_what_is_left_of_a_large_group_is_what_a_hundred_variants_give():
    _, many = package("conv-layer-parameters", variants=103)
    _, hundred = package("conv-layer-parameters", variants=100)

    assert many.namelist() == hundred.namelist()
    assert all(many.read(name) == hundred.read(name) for name in many.namelist())


def test_a_hundred_variants_are_all_written_without_a_word(capsys):
    _, members = package("convolution-output-shape", variants=100)

    assert len(list(assessment(members).iter(f"{NS}item"))) == 100
    assert capsys.readouterr().err == ""


def test_misconceptions_stand_in_the_metadata():
    (question,), members = package("shift-in-shift-out")
    fields = {
        field.findtext(f"{NS}fieldlabel"): field.findtext(f"{NS}fieldentry")
        for field in assessment(members).iter(f"{NS}qtimetadatafield")
    }

    named = [choice.misconception or "" for choice in question.choices]
    assert fields["misconceptions"].split(",") == named
    assert fields["question_type"] == "multiple_choice_question"


def test_the_settings_sum_up_the_points_of_what_a_student_gets():
    _, members = package("conv-layer-parameters", "shift-in-shift-out", variants=3)
    (name,) = (n for n in members.namelist() if n.endswith("assessment_meta.xml"))
    settings = etree.fromstring(members.read(name))

    assert settings.findtext("{*}points_possible") == "2"
    assert settings.findtext("{*}title") == "Questions"
