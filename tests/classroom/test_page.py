"""The page of a class: what it says, and how it is in a real browser."""

import base64
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from grader.catalogue import misconception
from grader.classroom import page
from grader.classroom.beliefs import beliefs
from grader.classroom.marks import marks
from grader.classroom.page_concerns import concerns
from grader.classroom.page_facts import facts
from grader.classroom.similar import Alike, Similar
from grader.grading import Grading, Late
from grader.verdict import Finding, Verdict

AXE = "axe-core@4.14.1"
SCRIPT = "node_modules/axe-core/axe.min.js"
BROWSERS = ("chromium", "google-chrome", "chrome", "chromium-browser")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HOSTILE = (
    "</script><script>document.title='got you'</script><img src=x onerror=alert(1)>"
)


@pytest.fixture(scope="module")
def rendered(pretend):
    """Return a function that renders the page of a class."""

    def render(graded, **fields):
        course = pretend.course(**fields.pop("course", {}))
        links = {g.student.id: f"feedback/{g.student.id}/report.html" for g in graded}
        return page.render(course, marks(course, graded), links=links, **fields)

    return render


def words(html):
    """Return the page's text without styles, scripts and tags."""
    bare = re.sub(r"<(style|script|svg).*?</\1>", " ", html, flags=re.DOTALL)
    text = " ".join(re.sub(r"<[^>]+>", " ", bare).split())
    return re.sub(r" ([,:.])", r"\1", text)


def section(html, name):
    return words(html.split(f'<section id="{name}"')[1].split("</section>")[0])


def test_a_belief_is_counted_once_a_student_and_shown_with_its_remedy(
    rendered, pretend
):
    entry = misconception("stride-ignored")

    said = section(rendered(pretend.a_class()), "beliefs")

    assert "2 of 7" in said
    assert entry.belief in said
    assert entry.remedy in said
    assert "double(x=np.array([1]))" in said
    assert "Björn, Chiara" in said


def test_no_hidden_call_is_ever_an_example(pretend):
    public = Finding("expected 1, got 2", call="public(1)")
    hidden = Finding("expected 3, got 4", call="hidden(1)")
    check = pretend.check
    wrong = {"verdict": Verdict.WRONG, "beliefs": ("stride-ignored",)}
    exercise = pretend.exercise("stride", Verdict.PASS)
    both = replace(
        exercise,
        checks=(
            check("a", **wrong, public=False, found=hidden),
            check("b", **wrong, found=public),
        ),
    )
    ada = replace(pretend.graded("ada", Verdict.PASS), report=pretend.report(both))
    only = replace(both, checks=both.checks[:1])
    zoe = replace(pretend.graded("zoe", Verdict.PASS), report=pretend.report(only))

    assert beliefs([ada])[0].example.call == "public(1)"
    assert beliefs([zoe])[0].example is None


def test_a_belief_that_the_catalogue_no_longer_has_is_still_shown(rendered, pretend):
    exercise = pretend.exercise("stride", Verdict.WRONG, beliefs=("since-renamed",))
    ada = replace(pretend.graded("ada", Verdict.PASS), report=pretend.report(exercise))

    assert "since-renamed" in section(rendered([ada]), "beliefs")


def test_who_needs_help_comes_by_urgency_with_the_reasons(pretend):
    found = concerns(marks(pretend.course(), pretend.a_class()))

    assert [(c.student.id, c.reasons) for c in found] == [
        ("gil", ("the hand-in was refused",)),
        ("dora", ("nothing handed in",)),
        ("emil", ("crashes or never ends: Stride",)),
        ("chiara", ("among the lowest totals",)),
    ]


def test_facts_are_counted_right(pretend):
    counted = facts(marks(pretend.course(), pretend.a_class()))

    stride = counted.exercises[0]
    assert (counted.students, len(counted.totals), counted.full) == (7, 5, 1)
    assert [s.id for s in counted.nothing] == ["dora"]
    assert dict(stride.counts) == {
        Verdict.PASS: 2,
        Verdict.WRONG: 2,
        Verdict.TODO: 1,
        Verdict.CRASH: 1,
    }
    assert stride.checks[0].passed == 2 / 6
    assert [f.reason for f in counted.failures] == ["expected 2, got 1"]
    assert counted.isolation == (("sealed (seccomp)", 6),)


def test_failures_and_refusals_are_never_zeros(rendered, pretend):
    html = rendered(pretend.a_class())

    assert "2 no number" in " ".join(
        f"{dd} {dt}" for dt, dd in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html)
    )
    assert "Fay, Pooling: expected 2, got 1" in section(html, "grading")
    assert "Gil: the zip is broken" in section(html, "grading")


@pytest.mark.parametrize("kind", ["nobody", "one", "refused", "failed", "todo"])
def test_a_class_of_any_kind_has_a_sensible_page(rendered, pretend, kind):
    graded = {
        "nobody": [],
        "one": [pretend.graded("ada", Verdict.PASS)],
        "refused": [pretend.refused("ada"), pretend.refused("bo")],
        "failed": [pretend.graded("ada", Verdict.INTERNAL)],
        "todo": [pretend.graded("ada", Verdict.TODO, Verdict.TODO, files=())],
    }[kind]

    said = words(rendered(graded, course={"grading": Grading(drop_lowest=1)}))

    assert {
        "nobody": "A class of nobody yet",
        "one": "No answer shows a misconception.",
        "refused": "nothing has been judged",
        "failed": "Nobody has a number of points yet.",
        "todo": "nothing handed in",
    }[kind] in said
    assert "nan" not in said.split()
    assert "None" not in said


def test_nothing_that_a_student_chose_becomes_markup(rendered, pretend):
    bad = Finding(HOSTILE, call=HOSTILE)
    exercise = pretend.exercise("stride", Verdict.WRONG, beliefs=(HOSTILE,), found=bad)
    eve = pretend.graded("eve", Verdict.PASS, name=HOSTILE, notes=(HOSTILE,))
    eve = replace(eve, report=pretend.report(exercise))
    gil = pretend.refused("gil", problem=HOSTILE)

    html = rendered(
        [eve, gil],
        notes=(HOSTILE,),
        similar=Similar((Alike(("eve", HOSTILE), (HOSTILE,), 0.9, False),)),
    )

    assert "<img" not in html
    assert html.count("<script") == 1


def test_the_same_class_gives_the_same_page(rendered, pretend):
    assert rendered(pretend.a_class()) == rendered(pretend.a_class())


def test_a_thousand_students_make_a_page_of_a_few_megabytes(rendered, pretend):
    kinds = (Verdict.PASS, Verdict.WRONG, Verdict.ERROR, Verdict.TODO)
    graded = [pretend.graded(f"student-{n:04}", kinds[n % 4]) for n in range(1000)]

    html = rendered(graded)

    assert html.count("<tr data-is") == 1000
    assert len(html.encode()) < 3_000_000


def test_alike_files_are_told_with_care(rendered, pretend):
    alike = Similar((Alike(("ada", "björn"), ("stride.py",), 0.91, False),), 3, 40)

    said = section(rendered(pretend.a_class(), similar=alike), "similar")

    assert "A hint where to look, not a verdict" in said
    assert "91 % stride.py Ada, Björn" in said
    assert "And 3 more, less alike." in said


# In a real browser.


def give_up(reason):
    """Skip, but never in CI."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser():
    """Start a browser once; skip where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="no selenium")
    if not any(map(shutil.which, BROWSERS)) or not shutil.which("chromedriver"):
        give_up("neither Chromium nor Chrome with chromedriver is installed")
    options = webdriver.ChromeOptions()
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(word)
    logging = {"browser": "ALL", "performance": "ALL"}
    options.set_capability("goog:loggingPrefs", logging)
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def address(rendered, pretend, tmp_path_factory):
    """Write the page of a class once, with everything that a page can have."""
    late = replace(pretend.graded("hugo", Verdict.PASS), late=True)
    rules = {"grading": Grading(late=Late(percent_per_day=10))}
    alike = Similar((Alike(("ada", "emil"), ("stride.py",), 0.9, False),), 0, 7)
    graded = [*pretend.a_class(), late]
    html = rendered(graded, course=rules, similar=alike, notes=("a note",))
    path = tmp_path_factory.mktemp("page") / "class.html"
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def shown(browser, address):
    """Return a function that opens the page; nothing may be loaded or complained of."""

    def show(theme="light", width=1100):
        theme = [{"name": "prefers-color-scheme", "value": theme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": theme})
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.get_log("performance")
        browser.get(address)
        return browser

    yield show
    sent = [json.loads(e["message"])["message"] for e in browser.get_log("performance")]
    asked = [m["params"] for m in sent if m["method"] == "Network.requestWillBeSent"]
    assert [a["request"]["url"] for a in asked if a["type"] != "Document"] == []
    assert browser.get_log("browser") == []


def column(browser, place):
    return browser.execute_script(
        "return [...document.querySelectorAll('#table tbody tr')].filter((r) => "
        "!r.hidden).map((r) => r.cells[arguments[0]].textContent)",
        place,
    )


def head(browser, name):
    return browser.execute_script(
        "return [...document.querySelectorAll('#table thead th')].find((h) => "
        "h.textContent === arguments[0])",
        name,
    )


def test_the_table_sorts_by_keyboard_and_says_how(shown):
    browser = shown()
    total = head(browser, "total")
    button = total.find_element("css selector", "button")

    button.send_keys("\n")
    up = column(browser, 2)
    said_up = total.get_attribute("aria-sort")
    button.send_keys("\n")

    assert up == ["0", "0", "10", "10", "20", "20", "–", "–"]
    assert column(browser, 2) == ["20", "20", "10", "10", "0", "0", "–", "–"]
    assert (said_up, total.get_attribute("aria-sort")) == ("ascending", "descending")
    assert head(browser, "student").get_attribute("aria-sort") is None


def test_the_table_filters_by_name_and_by_kind_and_says_how_many(shown):
    browser = shown()
    find = browser.find_element("id", "find")
    shown_now = browser.find_element("id", "shown")

    find.send_keys("BJÖ")
    assert column(browser, 0) == ["Björn"]
    assert shown_now.text == "1 of 8"

    find.send_keys("\b\b\b")
    browser.find_element("css selector", "#show option[value=late]").click()
    assert column(browser, 0) == ["Hugo"]


def test_without_a_script_the_table_is_there_and_the_form_is_not(browser, shown):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        shown()
        body = browser.find_element("css selector", "#table tbody").text
        form = browser.find_element("id", "filter").is_displayed()
    finally:
        browser.execute_cdp_cmd(
            "Emulation.setScriptExecutionDisabled", {"value": False}
        )

    assert "Ada" in body
    assert not form


@pytest.mark.parametrize("width", [320, 400, 1100])
def test_the_page_never_scrolls_sideways(shown, width):
    browser = shown(width=width)

    wide, seen = browser.execute_script(
        "const e = document.documentElement; return [e.scrollWidth, e.clientWidth]"
    )
    assert wide == seen


def test_charts_are_text_in_the_colours_of_the_theme(shown):
    browser = shown("dark")

    chart = browser.find_element("css selector", "#points svg")
    label = chart.find_element("css selector", "text")
    colour = "return getComputedStyle(arguments[0]).fill"

    assert chart.get_attribute("role") == "img"
    assert chart.get_attribute("aria-label").startswith("Students by share of the")
    # Soft ink on dark paper: a light grey.
    assert browser.execute_script(colour, label) == "rgb(163, 175, 189)"
    assert "NaN" not in chart.get_attribute("innerHTML")


@pytest.fixture(scope="module")
def axe(npm):
    """Return axe-core, which judges whether a page can be used by everyone."""
    return (npm(AXE) / SCRIPT).read_text(encoding="utf-8")


@pytest.mark.parametrize(("theme", "width"), [("light", 1100), ("dark", 400)])
def test_axe_finds_nothing_that_keeps_anyone_out(shown, axe, theme, width):
    browser = shown(theme, width)
    browser.execute_script(
        "document.querySelectorAll('details').forEach((each) => { each.open = true })"
    )
    # By the debugger, since the page itself runs no script but its own.
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
    options = json.dumps({"runOnly": RULES, "resultTypes": ["violations"]})
    found = browser.execute_cdp_cmd(
        "Runtime.evaluate",
        {
            "expression": f"axe.run(document, {options}).then((r) => JSON.stringify("
            "{passes: r.passes.length, violations: r.violations.map((v) => "
            "[v.id, v.help, v.nodes.slice(0, 3).map((n) => n.html)])}))",
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    result = json.loads(found["result"]["value"])

    assert result["violations"] == []
    assert result["passes"] > 15


def test_print_has_the_beliefs_and_the_whole_table_without_the_form(shown, tmp_path):
    if not shutil.which("pdftotext"):
        give_up("pdftotext is not installed (poppler-utils)")
    path = tmp_path / "class.pdf"
    browser = shown()

    made = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})
    path.write_bytes(base64.b64decode(made["data"]))
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    said = " ".join(done.stdout.decode().split())

    assert misconception("stride-ignored").belief in said
    assert "Hugo" in said.split("A dash: no number")[1]
    assert "everyone" not in said
