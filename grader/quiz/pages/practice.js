"use strict";
// One question at a time. DATA holds the families; each is unpacked when first asked.

const $ = (id) => document.getElementById(id);
const STORE = "cnn-course-practice";
const unpacked = new Map();   // family name -> {feedback, questions by level}
const state = { current: null, first: true, done: false, last: "" };
const memory = load();        // {scores: {concept: [right, asked]}, streak: {family: n}}

function load() {
  const empty = { scores: {}, streak: {} };
  try {
    const kept = JSON.parse(localStorage.getItem(STORE));
    return kept && kept.scores && kept.streak ? kept : empty;
  } catch {
    return empty;   // no storage for files in some browsers: the score lasts a visit
  }
}

function remember() {
  try { localStorage.setItem(STORE, JSON.stringify(memory)); } catch { /* see load */ }
}

async function unpack(family) {
  if (!unpacked.has(family.name)) {
    const bytes = Uint8Array.from(atob(family.packed), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream()
      .pipeThrough(new DecompressionStream("deflate-raw"));
    const whole = JSON.parse(await new Response(stream).text());
    const decks = new Map();
    for (const question of whole.questions) {
      if (!decks.has(question.l)) decks.set(question.l, { all: [], left: [] });
      decks.get(question.l).all.push(question);
    }
    const negative = JSON.stringify(whole.questions.map((q) => [q.a, q.w])).includes("-");
    unpacked.set(family.name, { feedback: whole.feedback, decks, negative });
  }
  return unpacked.get(family.name);
}

function shuffled(list) {
  const copy = list.slice();
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

function chooseFamily() {
  const concept = $("concept").value;
  const wanted = DATA.families.filter((f) => !concept || f.concept === concept);
  const fresh = wanted.filter((f) => f.name !== state.last);
  const pool = fresh.length ? fresh : wanted;
  return pool[Math.floor(Math.random() * pool.length)];
}

function chooseLevel(family, decks) {
  const asked = Number($("level").value);
  const rising = 1 + Math.floor((memory.streak[family.name] || 0) / 2);
  const levels = [...decks.keys()].sort((a, b) => a - b);
  const target = asked || rising;
  return levels.filter((l) => l <= target).pop() || levels[0];
}

async function next(focus = true) {
  const family = chooseFamily();
  const { feedback, decks, negative } = await unpack(family);
  const deck = decks.get(chooseLevel(family, decks));
  if (!deck.left.length) deck.left = shuffled(deck.all);
  const question = deck.left.pop();
  Object.assign(state, { current: { family, question, feedback }, first: true, done: false });
  state.last = family.name;
  $("title").textContent = family.title;
  $("badge").textContent =
    `${family.concept} · level ${question.l}: ${family.levels[question.l - 1]}`;
  $("prompt").innerHTML = question.p;
  for (const blank of blanks()) blank.setAttribute("autocapitalize", "off");
  $("answers").replaceChildren(...answerFields(question, negative));
  say("", true);
  $("solution").hidden = true;
  $("check").hidden = false;
  $("reveal").hidden = true;
  $("next").textContent = "Skip";
  if (focus) $("title").focus();
}

const blanks = () => [...document.querySelectorAll("#prompt input.blank")];
const fields = () => [...document.querySelectorAll("#answers input")];

function answerFields(question, negative) {
  if (question.c) {
    const set = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = question.t === "single" ? "Choose one" : "Choose every right one";
    set.append(legend);
    question.c.forEach(([text], index) => {
      const label = document.createElement("label");
      label.className = "choice";
      const input = document.createElement("input");
      input.type = question.t === "single" ? "radio" : "checkbox";
      input.name = "choice";
      input.value = index;
      const words = document.createElement("span");
      words.textContent = text;
      const verdict = document.createElement("span");
      verdict.className = "verdict";
      label.append(input, words, verdict);
      set.append(label);
    });
    return [set];
  }
  if (question.t !== "numeric") return [];
  const label = document.createElement("label");
  label.className = "typed";
  label.textContent = "Your number";
  const input = document.createElement("input");
  input.type = "text";
  input.inputMode = negative ? "text" : "decimal";   // phones' number pads lack the minus
  label.append(input);
  return [label];
}

// As grader/quiz/response.py reads numbers: thousands commas, fractions, any minus.
function number(written) {
  let text = written.trim().replace(/\u2212/g, "-").replace(/[\s\u00a0]/g, "");
  text = text.replace(/,/g, /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? "" : ".");
  const [above, below] = text.split("/");
  if (!above) return NaN;
  return below === undefined ? Number(above) : Number(above) / Number(below);
}

const near = (value, answer, tolerance) =>
  Math.abs(value - answer) <= tolerance + 1e-9 * Math.abs(answer);

// As reach in response.py: with many digits, two decimals are enough.
const reach = (wrong, right, tolerance) =>
  Number(wrong.toFixed(4)) === wrong
    ? tolerance
    : Math.max(tolerance, Math.min(0.005, Math.abs(wrong - right) / 2));

const known = (value, wrong, right, tolerance) =>
  near(value, wrong, reach(wrong, right, tolerance));

// Each returns {right, said: [texts], missing}; missing asks for an answer first.
function judgeChoices({ question, feedback }) {
  const inputs = fields();
  const ticked = inputs.filter((i) => i.checked).map((i) => Number(i.value));
  if (!ticked.length) return { missing: "Choose an answer first." };
  const wrong = ticked.filter((i) => !question.c[i][1]);
  const missed = question.c.filter(([, right], i) => right && !ticked.includes(i));
  document.querySelectorAll(".choice .verdict").forEach((mark, i) => {
    const right = question.c[i][1];
    mark.textContent = !ticked.includes(i) ? "" : right ? "✓ right" : "✗ not so";
    mark.className = `verdict ${right ? "good" : "bad"}`;
  });
  const said = (wrong.length ? wrong : ticked).map((i) => feedback[question.c[i][2]]);
  if (missed.length && question.t === "multiple") {
    said.push(`${missed.length} right ${missed.length === 1 ? "one is" : "ones are"} missing.`);
  }
  return { right: !wrong.length && !missed.length, said };
}

function judgeNumber({ question, feedback }) {
  const value = number(fields()[0].value);
  if (Number.isNaN(value)) return { missing: "Write a number first, such as 28 or 2.5." };
  if (near(value, question.a, question.e)) return { right: true, said: [] };
  const belief = question.w.find(([answer]) => known(value, answer, question.a, question.e));
  return { right: false, said: [belief ? feedback[belief[1]] : ""] };
}

function judgeBlanks({ question, feedback }) {
  const values = blanks().map((b) => number(b.value));
  if (values.some(Number.isNaN)) return { missing: "Fill in every blank with a number." };
  const right = values.map((v, i) => near(v, question.a[i], question.e));
  blanks().forEach((blank, i) => {
    blank.className = `blank ${right[i] ? "right" : "wrong"}`;
    blank.setAttribute("aria-invalid", String(!right[i]));
  });
  if (right.every(Boolean)) return { right: true, said: [] };
  const fits = question.w.filter(([answers]) =>
    values.every((v, i) => right[i] || known(v, answers[i], question.a[i], question.e)));
  // One that gives the right numbers here too explains more.
  const shows = ([answers]) =>
    right.filter((r, i) => r && !near(answers[i], question.a[i], question.e)).length;
  const belief = fits.sort((one, other) => shows(one) - shows(other))[0];
  const count = right.filter(Boolean).length;
  const said = [`${count} of ${right.length} are right; the others have a dashed frame.`];
  if (belief) said.unshift(feedback[belief[1]]);
  return { right: false, said };
}

function check() {
  if (state.done || !state.current) return;
  const { question, family } = state.current;
  const judge = { numeric: judgeNumber, cloze: judgeBlanks }[question.t] || judgeChoices;
  const result = judge(state.current);
  if (result.missing) {
    say(result.missing, false);
    return;
  }
  if (state.first) count(family, result.right);
  state.first = false;
  const words = result.said.filter(Boolean).join(" ");
  say(result.right ? `Right. ${words}` : `Not yet. ${words} Try again, or see the solution.`,
    result.right);
  $("reveal").hidden = false;
  $("next").textContent = "Next question";
  if (result.right) {
    state.done = true;
    $("check").hidden = true;
    $("next").focus();
  }
}

function say(words, right) {
  $("feedback").className = right ? "right" : "";
  const line = document.createElement("p");
  line.textContent = words.replace(/\s+/g, " ").trim();
  $("feedback").replaceChildren(...(words ? [line] : []));
}

function count(family, right) {
  const score = memory.scores[family.concept] || [0, 0];
  memory.scores[family.concept] = [score[0] + (right ? 1 : 0), score[1] + 1];
  memory.streak[family.name] = right ? (memory.streak[family.name] || 0) + 1 : 0;
  remember();
  showScores();
}

function showScores() {
  let [right, asked] = [0, 0];
  $("scores").replaceChildren(...DATA.concepts.map((concept) => {
    const [r, a] = memory.scores[concept] || [0, 0];
    [right, asked] = [right + r, asked + a];
    const line = document.createElement("tr");
    for (const [text, kind] of [[concept, "words"], [r, ""], [a, ""]]) {
      const cell = document.createElement("td");
      cell.className = kind;
      cell.textContent = text;
      line.append(cell);
    }
    return line;
  }));
  $("total").textContent = asked ? `${right} of ${asked}` : "no answers yet";
}

function reveal() {
  if ($("reveal").hidden) return;
  if (!state.done) { state.done = true; $("check").hidden = true; }
  $("steps").innerHTML = state.current.question.s;
  $("solution").hidden = false;
  $("solution-title").focus();
}

function showLevels() {
  const most = Math.max(...DATA.families.map((f) => f.levels.length));
  for (let level = 1; level <= most; level++) {
    $("level").append(new Option(String(level), String(level)));
  }
}

$("question").addEventListener("submit", (event) => { event.preventDefault(); check(); });
$("next").addEventListener("click", () => next());
$("reveal").addEventListener("click", reveal);
$("concept").addEventListener("change", () => next(false));
$("level").addEventListener("change", () => next(false));
$("forget").addEventListener("click", () => {
  memory.scores = {};
  memory.streak = {};
  remember();
  showScores();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input[type=text], input.blank, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const index = "123456789".indexOf(event.key);
  const choice = index >= 0 && document.querySelectorAll(".choice input")[index];
  if (choice) { choice.click(); choice.focus(); }
  else if (event.key === "n") next();
  else if (event.key === "s") reveal();
  else if (event.key === "Enter" && event.target.matches(".choice input, h2")) check();
  else return;
  event.preventDefault();
});

if (typeof DecompressionStream === "undefined") {
  $("title").textContent = "This browser is too old for this page";
  $("prompt").textContent = "Use one from 2023 or later, or `quiz practice` in a terminal.";
} else {
  const held = DATA.families.reduce((sum, family) => sum + family.count, 0);
  $("held").textContent = held.toLocaleString("en");
  showLevels();
  showScores();
  next(false);
}
