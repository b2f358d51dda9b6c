"""The practice page, in a real browser: asked, answered, explained, remembered."""

import re
import shutil

import pytest

from grader.quiz import registry
from grader.quiz.practice_page import practice_page
from grader.quiz.response import reach

SINGLE, NUMERIC, CLOZE = (
    "convolution-output-shape",
    "conv-layer-parameters",
    "max-pooling-by-hand",
)
BROWSERS = ("chromium", "google-chrome", "chrome", "chromium-browser")
DARK = {"name": "prefers-color-scheme", "value": "dark"}


def missing():
    """Return what is missing for a real browser, or an empty text."""
    try:
        import selenium  # noqa: F401, PLC0415
    except ImportError:
        return "selenium is not installed"
    if not any(map(shutil.which, BROWSERS)) or not shutil.which("chromedriver"):
        return "neither Chromium nor Chrome with chromedriver is installed"
    return ""


@pytest.fixture(scope="module")
def browser():
    """Start a browser once; skip where there is none."""
    if reason := missing():
        pytest.skip(reason)
    from selenium import webdriver  # noqa: PLC0415

    options = webdriver.ChromeOptions()
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


@pytest.fixture
def practise(browser, tmp_path):
    """Return a function that opens the page with some families."""

    def start(*names):
        path = tmp_path / "practice.html"
        path.write_text(practice_page(names, 40), encoding="utf-8")
        browser.get(path.as_uri())
        browser.execute_script("localStorage.clear()")
        browser.refresh()
        wait(browser, "document.getElementById('title').textContent")
        return browser

    yield start
    errors = [e for e in browser.get_log("browser") if e["level"] == "SEVERE"]
    assert errors == []


def wait(browser, expression):
    from selenium.webdriver.support.ui import WebDriverWait  # noqa: PLC0415

    WebDriverWait(browser, 10).until(
        lambda driver: driver.execute_script(f"return {expression}")
    )


def element(browser, selector):
    return browser.find_element("css selector", selector)


def choose(browser, *, right):
    """Tick the first right or wrong choice."""
    kinds = browser.execute_script("return state.current.question.c.map((c) => c[1])")
    index = kinds.index(int(right))
    browser.find_elements("css selector", ".choice input")[index].click()
    return browser.execute_script(
        "const {question, feedback} = state.current;"
        f"return feedback[question.c[{index}][2]]"
    )


def press(browser, *keys):
    from selenium.webdriver import ActionChains  # noqa: PLC0415

    ActionChains(browser).send_keys(*keys).perform()


def test_a_wrong_choice_meets_its_misconception_and_may_be_mended(practise):
    page = practise(SINGLE)
    said = choose(page, right=False)
    element(page, "#check").click()
    told = element(page, "#feedback").text

    assert said in told
    assert told.startswith("Not yet.")

    choose(page, right=True)
    element(page, "#check").click()

    assert element(page, "#feedback").text.startswith("Right.")
    # Only the first try counts.
    assert element(page, "#total").text == "0 of 1"


def test_the_solution_is_shown_with_formulas_and_receives_the_focus(practise):
    page = practise(SINGLE)
    choose(page, right=False)
    element(page, "#check").click()
    element(page, "#reveal").click()

    assert element(page, "#steps math").is_displayed()
    assert page.switch_to.active_element.get_attribute("id") == "solution-title"
    assert element(page, "#prompt svg").get_attribute("aria-label")


def test_a_typed_misconception_is_recognised(practise):
    page = practise(NUMERIC)
    number, said = page.execute_script(
        "const {question, feedback} = state.current;"
        "return [question.w[0][0], feedback[question.w[0][1]]]"
    )
    element(page, ".typed input").send_keys(f"{number:,}", "\n")

    assert said in element(page, "#feedback").text


def test_a_number_is_known_from_as_few_decimals_as_elsewhere(practise):
    page = practise(NUMERIC)
    cases = [(-97 / 9, 3, 0), (0.25, 3, 0), (1 / 3, 0.336, 0), (2 / 3, 5, 0.01)]

    for case in cases:
        assert page.execute_script("return reach(...arguments)", *case) == reach(*case)


def test_of_beliefs_that_fit_the_one_that_fits_all_is_told(practise):
    page = practise(CLOZE)
    told = page.execute_script("""
        document.querySelector("#prompt").innerHTML =
            '<input class="blank"><input class="blank">';
        const wrong = [[[11, 11], 0], [[13, 11], 1]];
        const feedback = ["first", "second"];
        const said = (typed, w) => {
            blanks().forEach((blank, i) => { blank.value = typed[i]; });
            return judgeBlanks({question: {a: [11, 13], e: 0, w}, feedback}).said[0];
        };
        return [[11, 11], [13, 11], [13, 13]].map((typed) =>
            [wrong, [...wrong].reverse()].map((w) => said(typed, w)));
    """)

    assert told == [["first"] * 2, ["second"] * 2, ["second"] * 2]


def test_blanks_are_marked_one_by_one(practise):
    page = practise(CLOZE)
    answers = page.execute_script("return state.current.question.a")
    fields = page.find_elements("css selector", "#prompt input.blank")
    for field, answer in zip(fields, answers, strict=True):
        field.send_keys(str(answer))
    fields[0].send_keys("99")
    element(page, "#check").click()
    marks = [field.get_attribute("aria-invalid") for field in fields]

    assert marks == ["true"] + ["false"] * (len(fields) - 1)

    fields[0].clear()
    fields[0].send_keys(str(answers[0]))
    element(page, "#check").click()

    assert element(page, "#feedback").text.startswith("Right.")


def test_an_empty_answer_is_asked_for_and_not_counted(practise):
    page = practise(SINGLE)
    element(page, "#check").click()

    assert element(page, "#feedback").text == "Choose an answer first."
    assert element(page, "#total").text == "no answers yet"


def test_everything_works_from_the_keyboard(practise):
    page = practise(SINGLE)
    before = element(page, "#prompt").text
    press(page, "2")
    assert page.find_elements("css selector", ".choice input")[1].is_selected()

    press(page, "\ue007")
    assert element(page, "#feedback").text

    press(page, "s")
    assert element(page, "#solution").is_displayed()

    press(page, "n")
    wait(page, "document.getElementById('solution').hidden")
    assert element(page, "#prompt").text != before
    assert page.switch_to.active_element.get_attribute("id") == "title"


def test_questions_go_on_when_all_variants_have_been_asked(practise):
    page = practise(SINGLE)
    page.execute_async_script(
        "const done = arguments[0];"
        "(async () => { for (let i = 0; i < 100; i++) await next(); done(); })()"
    )

    assert element(page, "#prompt").text


def test_the_score_is_remembered_until_it_is_forgotten(practise):
    page = practise(SINGLE)
    choose(page, right=True)
    element(page, "#check").click()
    for _ in range(20):  # the browser stores it a moment after it is told to
        page.refresh()
        wait(page, "document.getElementById('total').textContent !== ''")
        if element(page, "#total").text != "no answers yet":
            break

    assert element(page, "#total").text == "1 of 1"

    element(page, "#progress summary").click()
    element(page, "#forget").click()

    assert element(page, "#total").text == "no answers yet"


def test_a_chapter_can_be_chosen(practise):
    page = practise(SINGLE, NUMERIC, CLOZE)
    element(page, "#concept option:nth-child(4)").click()
    wait(page, "state.current.family.concept === 'pooling'")

    assert element(page, "#badge").text.startswith("pooling")


def test_what_is_said_reaches_a_screen_reader(practise):
    page = practise(NUMERIC)

    assert element(page, "#feedback").get_attribute("aria-live") == "polite"
    assert element(page, ".typed input").accessible_name == "Your number"
    assert element(page, "#concept").accessible_name.strip() == "Chapter"


@pytest.mark.parametrize("name", registry.names())
def test_every_family_fits_a_phone_and_answers_right(practise, name):
    page = practise(name)
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True},
    )
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [DARK]})
    page.execute_script("""
        const {question} = state.current;
        const answers = Array.isArray(question.a) ? question.a : [question.a];
        if (question.c) {
            question.c.forEach((c, i) => { if (c[1]) fields()[i].checked = true; });
        } else {
            [...fields(), ...blanks()].forEach((f, i) => { f.value = answers[i]; });
        }
        check();
        reveal();
    """)
    wide = page.execute_script("return document.documentElement.scrollWidth")
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    assert element(page, "#feedback").text.startswith("Right.")
    assert wide == 390


def test_the_page_loads_nothing_and_hides_no_answer_in_plain_sight():
    page = practice_page((SINGLE,), 5)

    assert not re.search(r"""(src|href)=["']|@import|fetch\(""", page)
    assert page.count("</script>") == 1
