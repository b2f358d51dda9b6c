"""QTI 3.0: names in kebab case, tolerances as bounds."""

import io
import zipfile
from dataclasses import replace

import pytest

pytest.importorskip("lxml", reason="lxml is not installed")

from lxml import etree

from grader.quiz.export import qti30
from grader.quiz.export.qti_dialect import kebab
from grader.quiz.paper import Draws, of_families, paper

NS = {"q": "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"}


def item(name, **changes):
    one = paper(of_families((name,)), Draws("key", 3)).kept()
    question = one.questions[0]._replace(**changes)
    changed = replace(one, questions=(question,))
    members = zipfile.ZipFile(io.BytesIO(b"".join(qti30.pieces(changed))))
    return question, etree.fromstring(members.read(f"{question.id}.xml"))


def test_names_are_in_kebab_case():
    assert kebab("textEntryInteraction") == "text-entry-interaction"
    _, root = item("max-pooling-by-hand")

    names = {etree.QName(each).localname for each in root.iter("{*}*")}
    assert {"qti-text-entry-interaction", "td", "qti-content-body"} <= names
    assert not any(name != name.lower() for name in names)


def test_a_tolerance_is_a_least_and_a_greatest_number():
    _, root = item("conv-layer-parameters", answer=2.5, tolerance=0.01)
    branch = root.find(".//q:qti-response-if", NS)

    assert float(branch.findtext(".//q:qti-gte/q:qti-base-value", None, NS)) == (
        pytest.approx(2.49)
    )
    assert float(branch.findtext(".//q:qti-lte/q:qti-base-value", None, NS)) == (
        pytest.approx(2.51)
    )
    assert root.find(".//q:qti-equal", NS) is None


def test_every_entry_of_a_map_says_whether_case_matters():
    _, root = item("what-pooling-does")
    entries = root.findall(".//q:qti-map-entry", NS)

    assert len(entries) > 2
    assert all(entry.get("case-sensitive") == "true" for entry in entries)
