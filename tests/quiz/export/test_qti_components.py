"""QTI items in a real player: delivered, answered and scored in a browser.

The player reads QTI 3.0; items of QTI 2.1 reach it through a converter by others.
"""

import io
import json
import os
import shutil
import zipfile
from itertools import permutations

import pytest

pytest.importorskip("lxml", reason="lxml is not installed")

from grader.quiz import registry
from grader.quiz.export import qti21, qti30
from grader.quiz.paper import Draws, of_families, paper

PLAYER = "@citolab/qti-components@7.27.4"
CONVERTER = "@citolab/qti-convert@0.3.52"
CONVERT = """
import { readFileSync } from "node:fs";
import { convertQti2toQti3 } from "@citolab/qti-convert/qti-convert-node";
const items = JSON.parse(readFileSync(0, "utf8"));
for (const [name, old] of Object.entries(items))
  items[name] = await convertQti2toQti3(old);
process.stdout.write(JSON.stringify(items));
"""
SCRIPT = "node_modules/@citolab/qti-components/cdn/index.global.js"
BROWSERS = ("chromium", "google-chrome", "chrome", "chromium-browser")
PAGE = """<!doctype html><meta charset="utf-8"><title>player</title>
<script src="{script}"></script><main></main>
<script>
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
async function until(found) {{
  for (let turn = 0; turn < 400; turn++) {{
    const value = found();
    if (value) return value;
    await pause(10);
  }}
  throw new Error("the item did not appear");
}}
// Answers are given as a person gives them: by clicking and by typing.
async function take(xml, given) {{
  const main = document.querySelector("main");
  main.innerHTML = "<qti-item><item-container></item-container></qti-item>";
  const container = main.querySelector("item-container");
  await container.updateComplete;
  container.itemXML = xml;
  const item = await until(() =>
    container.shadowRoot?.querySelector("qti-assessment-item"));
  await item.updateComplete;
  await pause(20);
  for (const [name, value] of Object.entries(given)) {{
    if (name === "RESPONSE") {{
      for (const choice of value)
        item.querySelector(`qti-simple-choice[identifier="${{choice}}"]`).click();
    }} else {{
      const entry = item.querySelector(`[response-identifier="${{name}}"]`);
      const input = await until(() => entry.shadowRoot.querySelector("input"));
      input.value = value;
      for (const kind of ["input", "keyup", "change", "blur"])
        input.dispatchEvent(new Event(kind, {{bubbles: true}}));
    }}
  }}
  await pause(5);
  item.processResponse();
  await pause(5);
  const values = Object.fromEntries(
    item.variables.map((each) => [each.identifier, each.value]));
  const shown = [...item.querySelectorAll("qti-modal-feedback")]
    .filter((each) => each.showStatus === "on").map((each) => each.textContent);
  return {{score: Number(values.SCORE), most: Number(values.MAXSCORE), shown}};
}}
</script>"""


@pytest.fixture(scope="module")
def player(npm, tmp_path_factory):
    """Return a function that takes an item with some answers in a browser."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="no selenium")
    if not any(map(shutil.which, BROWSERS)) or not shutil.which("chromedriver"):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "neither Chromium nor Chrome with chromedriver is installed"
        )
    folder = npm(PLAYER)
    page = tmp_path_factory.mktemp("player") / "player.html"
    page.write_text(PAGE.format(script=(folder / SCRIPT).as_uri()), encoding="utf-8")
    options = webdriver.ChromeOptions()
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(word)
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    driver.set_script_timeout(60)
    driver.get(page.as_uri())

    def take(item, given):
        call = f"take(arguments[0], {json.dumps(given)})"
        result = driver.execute_async_script(
            f"const done = arguments[1]; {call}.then(done, (e) => done(String(e)));",
            item,
        )
        assert isinstance(result, dict), result
        return result

    yield take
    driver.quit()


def drawn(name, module=qti30, seed=3):
    """Return a question and its item."""
    one = paper(of_families((name,)), Draws("key", seed)).kept()
    package = zipfile.ZipFile(io.BytesIO(b"".join(module.pieces(one))))
    (question,) = one.questions
    return question, package.read(f"{question.id}.xml").decode()


@pytest.fixture(scope="module")
def item_of(npm, node):
    """Return a function that gives a family's question and its item in QTI 3.0."""
    converted = {}

    def item(name, form):
        if form == "qti30":
            return drawn(name)
        if not converted:
            old = {each: drawn(each, qti21)[1] for each in registry.names()}
            new = node(npm(CONVERTER), "module", CONVERT, json.dumps(old))
            converted.update(json.loads(new))
        return drawn(name, qti21)[0], converted[name]

    return item


def answers(question):
    """Return the right answers, wrong ones, and those that are partly right."""
    if question.choices:
        right = [f"choice_{n}" for n, c in enumerate(question.choices, 1) if c.correct]
        wrong = [
            f"choice_{n}" for n, c in enumerate(question.choices, 1) if not c.correct
        ]
        part = right[:1] if question.type == "multiple" else None
        return {"RESPONSE": right}, {"RESPONSE": wrong[:1]}, part and {"RESPONSE": part}
    rights = question.answer if question.type == "cloze" else (question.answer,)
    right = {f"RESPONSE_{n}": str(value) for n, value in enumerate(rights, 1)}
    wrong = {name: str(float(value) + 1234.5) for name, value in right.items()}
    half = len(rights) // 2
    names = list(right)
    part = {name: (right if n < half else wrong)[name] for n, name in enumerate(names)}
    return right, wrong, part if half else None


@pytest.mark.parametrize("form", ["qti30", "qti21"])
@pytest.mark.parametrize("name", registry.names())
def test_right_earns_all_wrong_nothing_and_partly_right_a_part(
    name, form, player, item_of
):
    question, item = item_of(name, form)
    right, wrong, part = answers(question)

    best = player(item, right)

    assert best["score"] == best["most"] == question.points
    assert player(item, wrong)["score"] == 0
    assert player(item, {})["score"] == 0
    if part is not None:
        assert 0 < player(item, part)["score"] < question.points


@pytest.mark.parametrize("form", ["qti30", "qti21"])
@pytest.mark.parametrize(
    "name",
    ["convolution-output-shape", "conv-layer-parameters", "max-pooling-by-hand"],
)
def test_a_belief_gets_its_feedback_and_everyone_the_solution(
    name, form, player, item_of
):
    question, item = item_of(name, form)
    if question.choices:
        place = next(n for n, c in enumerate(question.choices, 1) if not c.correct)
        belief, given = question.choices[place - 1], {"RESPONSE": [f"choice_{place}"]}
    else:
        belief = question.wrong[0]
        values = belief.answer if question.type == "cloze" else (belief.answer,)
        given = {f"RESPONSE_{n}": str(value) for n, value in enumerate(values, 1)}

    shown = player(item, given)["shown"]

    assert any(belief.feedback in words for words in shown)
    assert len(shown) == 2


def shadowed(question):
    """Return beliefs of which another one fits too, asked for all that it is known by.

    It is known by the places in which it gives a wrong number.
    """
    for belief, other in permutations(question.wrong, 2):
        known_by = [
            (theirs, mine)
            for theirs, mine, right in zip(
                other.answer, belief.answer, question.answer, strict=True
            )
            if theirs != right
        ]
        if known_by and all(theirs == mine for theirs, mine in known_by):
            yield belief


def test_of_beliefs_that_fit_the_one_that_is_known_by_more_is_told(player):
    found = 0
    for seed in range(40):
        question, item = drawn("true-convolution-by-hand", seed=seed)
        for belief in shadowed(question):
            found += 1
            shown = player(
                item,
                {f"RESPONSE_{n}": str(v) for n, v in enumerate(belief.answer, 1)},
            )["shown"]
            assert any(belief.feedback in words for words in shown)
            assert len(shown) == 2
    assert found > 1
