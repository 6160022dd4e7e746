// The room of questions: ask, follow up, change the plan, read beside. A new question calls off the last.

import { draw } from "./answer.js";
import { Fault, get, posted } from "./api.js";
import { button, copy, make, slot, word } from "./dom.js";
import { closeReader, openReader } from "./reader.js";
import { events } from "./stream.js";

const KEPT = 12;
const form = document.getElementById("ask");
const examples = document.getElementById("examples");
const past = document.getElementById("history");
const answer = document.getElementById("answer");
/** The questions answered until now, on which the next may lean. */
let asked = [];
let running = null;
/** The query of the address that is shown: a link within the page does not change it. */
let at = "";

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    askNew(form.elements.q.value.trim());
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeReader();
  });
  document.getElementById("forget").addEventListener("click", () => { localStorage.removeItem("questions"); showPast(); });
  window.addEventListener("popstate", () => { if (location.search !== at) askAddress(); });
  showPast();
  askAddress();
  showExamples();
}

/** The questions to start with; without them the page is as good. */
async function showExamples() {
  const questions = await get("/examples").catch(() => []);
  examples.querySelector("ul").append(...questions.map((question) => choice({ question, previous: [] })));
  examples.hidden = !questions.length;
}

/** What was asked in this browser, each with the questions it leaned on. */
function kept() {
  const questions = JSON.parse(localStorage.getItem("questions") ?? "[]");
  return questions.map((each) => (typeof each === "string" ? { question: each, previous: [] } : each));
}

function showPast() {
  const questions = kept();
  past.querySelector("ul").replaceChildren(...questions.map(choice));
  past.hidden = !questions.length;
}

function choice({ question, previous }) {
  return make("li", "", button(question, "", () => { if (previous.length) asked = previous; askNew(question); }));
}

/**
 * Ask what the page's address asks (`q`), after the questions it leans on (`after`) and with what was changed of its
 * plan (`plan`, JSON), so that a question can be kept, shared and returned to as it was asked.
 */
function askAddress() {
  const said = new URLSearchParams(location.search);
  const question = said.get("q");
  at = location.search;
  if (!question) return running ? begin() : undefined;
  asked = said.getAll("after");
  ask(question, changes(said.get("plan")));
}

/** What an address changes of a plan; what is no JSON goes on as it stands, for the server to refuse. */
function changes(plan) {
  try {
    return JSON.parse(plan);
  } catch {
    return plan;
  }
}

/** The room as one enters it. */
function begin() {
  running?.abort();
  asked = [];
  closeReader();
  form.elements.q.value = "";
  answer.setAttribute("aria-busy", "false");
  answer.replaceChildren();
  document.body.classList.remove("asked");
}

/** Ask another question; the way back leads to the one before. */
function askNew(question) {
  if (!question) return;
  keep(question, null);
  ask(question, null);
}

/** Keep what is asked in the address and among the questions of this browser. */
function keep(question, plan) {
  const previous = leant(question);
  const said = new URLSearchParams({ q: question });
  for (const each of previous) said.append("after", each);
  if (plan) said.set("plan", JSON.stringify(plan));
  const address = `/ask?${said}`;
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  at = location.search;
  const questions = [{ question, previous }, ...kept().filter((each) => each.question !== question)];
  localStorage.setItem("questions", JSON.stringify(questions.slice(0, KEPT)));
  showPast();
}

/**
 * Ask, after a plan where there is one. With `begun`, which is called when the first of the answer comes, what is shown
 * stays until then, and a fault until then is thrown: it is the plan's.
 */
async function ask(question, plan, begun = null) {
  running?.abort();
  const mine = (running = new AbortController());
  form.elements.q.value = question;
  closeReader();
  document.body.classList.add("asked");
  if (matchMedia("(max-width: 860px)").matches) form.elements.q.blur();
  let waiting = begun !== null;
  if (waiting) answer.setAttribute("aria-busy", "true");
  else show(copy("t-waiting"), true);
  try {
    const headers = { Accept: "text/event-stream" };
    const response = await posted("/v1/ask", wish(question, plan), { headers, signal: mine.signal });
    let told = false;
    for await (const { name, value } of events(response)) {
      if (waiting && name !== "error") { waiting = false; begun(); }
      if (name === "plan") show(make("p", "waiting", value.reading.map((r) => `${r.label}：${r.text}`).join("　")), true);
      if (name === "claim") answer.append(make("p", "coming", value.text));
      if (name === "error") throw new Fault(value.detail);
      if (name === "done") {
        show(draw(value, openReader, (edited) => changed(question, { ...plan, ...edited })));
        told = true;
      }
    }
    if (!told) throw new Fault(word("unfinished"));
    if (asked.at(-1) !== question) asked = [...asked, question];
  } catch (error) {
    if (error.name === "AbortError") return;
    if (waiting) { answer.setAttribute("aria-busy", "false"); throw error; }
    showFault(error instanceof Fault ? error.message : word("broken"));
    if (!(error instanceof Fault)) throw error;
  }
}

/** The same question after another plan. */
function changed(question, plan) {
  return ask(question, plan, () => keep(question, plan));
}

function wish(question, plan) {
  const model = document.getElementById("model");
  return { question, previous: leant(question), ...(plan ? { plan } : {}), ...(model && !model.checked ? { llm: "none" } : {}) };
}

/** The questions before, on which one may lean. */
function leant(question) {
  return asked.filter((each) => each !== question).slice(-5);
}

function show(drawn, busy = false) {
  answer.setAttribute("aria-busy", String(busy));
  answer.replaceChildren(drawn);
}

function showFault(detail) {
  const drawn = copy("t-fault");
  slot(drawn, "detail").textContent = detail;
  show(drawn);
}
