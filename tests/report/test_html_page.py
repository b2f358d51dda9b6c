"""The HTML report in a browser: themes, phones, paper, keyboard, screen readers."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from dataclasses import replace

import pytest

from grader.picture import Grid, Picture, Plane
from grader.report import html
from grader.verdict import Finding, StudentText, Verdict

AXE = "axe-core@4.14.1"
SCRIPT = "node_modules/axe-core/axe.min.js"
BROWSERS = ("chromium", "google-chrome", "chrome", "chromium-browser")
THEMES = ("light", "dark")
WIDTHS = (320, 400, 1100)
BEST = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def page(browser, gallery, tmp_path_factory):
    """Open the report once; whatever the browser complains of fails."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(html.render(gallery), encoding="utf-8")
    browser.get(path.as_uri())
    yield browser
    assert browser.get_log("browser") == []


@pytest.fixture
def shown(page):
    """Return a function that shows the page in a theme and a width."""

    def show(theme="light", width=1100, media=""):
        wanted = {"name": "prefers-color-scheme", "value": theme}
        page.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"media": media, "features": [wanted]}
        )
        page.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
        )
        return page

    yield show
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def test_the_browser_has_nothing_to_load_and_nothing_to_complain_of(page):
    loaded = page.execute_script("return performance.getEntriesByType('resource')")

    assert loaded == []
    assert page.find_elements("css selector", "figure table")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_window(shown, width):
    page = shown(width=width)
    page.execute_script(
        "document.querySelectorAll('details').forEach((each) => { each.open = true })"
    )

    assert page.execute_script("return document.documentElement.scrollWidth") <= width
    # What scrolls on its own does so in a box that the keyboard reaches.
    stuck = page.execute_script(
        "return [...document.querySelectorAll('.gr-scroll')]"
        ".filter((b) => b.scrollWidth > b.clientWidth && b.tabIndex < 0)"
        ".map((b) => b.textContent)"
    )
    assert stuck == []


def test_the_longest_words_and_numbers_stay_in_the_window(shown, gallery, tmp_path):
    long = "w" * 300
    plane = Plane((("-1.23457e+06",) * 8,) * 2, long, height=40, width=40)
    grid = Grid("out", (40, 40), (plane,))
    finding = Finding(
        long,
        call=long,
        student=StudentText(long, long, long),
        hint=long,
        picture=Picture(grid, grid, cell=long, right=long, result=long, inputs=(grid,)),
    )
    checks = [
        replace(each, claim=long, finding=finding, verdict=Verdict.ERROR)
        for each in gallery.exercises[0].checks[:1]
    ]
    exercise = replace(gallery.exercises[0], title=long, checks=tuple(checks))
    path = tmp_path / "long.html"
    hostile = replace(gallery, course=long, exercises=(exercise,) * 2)
    path.write_text(html.render(hostile), encoding="utf-8")
    page = shown(width=320)
    here = page.current_url

    page.get(path.as_uri())

    assert page.execute_script("return document.documentElement.scrollWidth") <= 320
    page.get(here)


def test_light_and_dark_follow_the_system(shown):
    script = "return getComputedStyle(document.querySelector('.gr-exercise'))"
    seen = [
        shown(theme).execute_script(f"{script}.backgroundColor") for theme in THEMES
    ]

    assert seen == ["rgb(255, 255, 255)", "rgb(28, 32, 38)"]


def test_paper_is_light_whatever_the_theme(shown):
    page = shown("dark", media="print")

    script = "return getComputedStyle(document.querySelector('.grader-report')).color"
    assert page.execute_script(script) == "rgb(31, 35, 40)"


@pytest.fixture(scope="module")
def axe(npm):
    """Return axe-core, which judges whether a page can be used by everyone."""
    return (npm(AXE) / SCRIPT).read_text(encoding="utf-8")


@pytest.mark.parametrize(("theme", "width"), [("light", 1100), ("dark", 400)])
def test_axe_finds_nothing_that_keeps_anyone_out(
    shown, axe, theme, width, gallery, tmp_path
):
    page = shown(theme, width)
    here, path = page.current_url, tmp_path / "part.html"
    part = replace(gallery, exercises=gallery.exercises[1:5:3])
    path.write_text(html.render(part), encoding="utf-8")
    page.get(path.as_uri())
    page.execute_script(
        "document.querySelectorAll('details').forEach((each) => { each.open = true })"
    )
    page.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
    options = json.dumps({"runOnly": BEST, "resultTypes": ["violations"]})
    found = page.execute_cdp_cmd(
        "Runtime.evaluate",
        {
            "expression": f"axe.run(document, {options}).then((r) => JSON.stringify("
            "{passes: r.passes.length, violations: r.violations.map((v) => "
            "[v.id, v.help, v.nodes.slice(0, 3).map((n) => n.html)])}))",
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    page.get(here)
    result = json.loads(found["result"]["value"])

    assert result["violations"] == []
    assert result["passes"] > 15


def press(page, *keys):
    from selenium.webdriver import ActionChains  # noqa: PLC0415

    ActionChains(page).send_keys(*keys).perform()


def test_what_is_folded_opens_and_closes_by_keyboard(shown):
    page = shown()
    page.refresh()
    tab, enter = "\ue004", "\ue007"
    for _ in range(60):
        press(page, tab)
        focused = page.switch_to.active_element
        if focused.tag_name == "summary":
            break
    folded = focused.find_element("xpath", "..")
    before = folded.get_attribute("open")

    press(page, enter)

    assert folded.get_attribute("open") != before
    ring = page.execute_script(
        "const style = getComputedStyle(document.activeElement);"
        "return [style.outlineStyle, parseFloat(style.outlineWidth)]"
    )
    assert ring == ["solid", 3]


def test_a_link_of_the_overview_leads_to_its_exercise(shown):
    page = shown()
    link = page.find_elements("css selector", "nav a")[2]
    title = link.find_element("css selector", ".gr-title").text
    page.execute_script("arguments[0].focus()", link)

    press(page, "\ue007")

    target = page.find_element("css selector", ":target")
    assert target.accessible_name == title
    assert target.find_element("css selector", "h2").text.startswith(title)


def test_a_screen_reader_hears_the_name_of_each_table_and_that_a_cell_is_wrong(page):
    page.refresh()
    tables = page.find_elements("css selector", "table")
    names = [each.accessible_name for each in tables if each.is_displayed()]
    wrong = page.find_element("css selector", "td.gr-differs")

    assert len(names) > 10
    assert all(names)
    assert names[:2] == ["expected", "yours"]
    assert "(this cell, wrong)" in wrong.get_attribute("textContent")


def test_paper_shows_what_is_folded(shown, tmp_path):
    if not shutil.which("pdftotext"):
        give_up("pdftotext is not installed")
    page = shown()
    page.refresh()
    folded = page.execute_script(
        "return [...document.querySelectorAll('details:not([open]) .gr-claim')]"
        ".filter((each) => !each.closest('summary')).map((each) => each.textContent)"
    )
    printed = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    path = tmp_path / "report.pdf"
    path.write_bytes(base64.b64decode(printed["data"]))
    words = ["pdftotext", "-layout", str(path), "-"]
    done = subprocess.run(words, capture_output=True, check=True)
    text = "".join(done.stdout.decode("utf-8").split())

    assert len(folded) > 10
    # A line may break, and what stands beside it come between: its begin must do.
    begins = ["".join(claim.split()[:5]) for claim in folded]
    assert [begin for begin in begins if begin not in text] == []


def test_two_fragments_share_a_page_and_leave_it_as_it_was(browser, gallery, tmp_path):
    part = html.fragment(replace(gallery, exercises=gallery.exercises[:1]))
    path = tmp_path / "notebook.html"
    path.write_text(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Notebook</title>"
        "<body data-jp-theme-light=false><p class=row id=own>Mine</p>"
        f"<table id=theirs><tr><td>1</td></tr></table>{part}{part}</body></html>",
        encoding="utf-8",
    )
    here = browser.current_url
    browser.get(path.as_uri())
    style = "const s = getComputedStyle(document.getElementById('%s')); return s.%s"

    assert len(browser.find_elements("css selector", ".grader-report")) == 2
    assert browser.execute_script(style % ("own", "color")) == "rgb(0, 0, 0)"
    assert browser.execute_script(style % ("own", "display")) == "block"
    assert browser.execute_script(style % ("theirs", "borderCollapse")) == "separate"
    # A notebook's own dark theme wins over a light system.
    dark = browser.execute_script(
        "return getComputedStyle(document.querySelector('.grader-report')).color"
    )
    assert dark == "rgb(230, 232, 235)"
    browser.get(here)
