// The room of questions: ask, follow up, change the plan, read beside. A new question calls off the last.

import { draw } from "./answer.js";
import { get } from "./api.js";
import { button, copy, make, slot, word } from "./dom.js";
import { closeReader, openReader } from "./reader.js";
import { events } from "./stream.js";

const KEPT = 12;
const form = document.getElementById("ask");
const examples = document.getElementById("examples");
const past = document.getElementById("history");
const answer = document.getElementById("answer");
const asked = [];
let running = null;

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form.elements.q.value.trim());
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeReader();
  });
  document.getElementById("forget").addEventListener("click", () => { localStorage.removeItem("questions"); showPast(); });
  window.addEventListener("popstate", askAddress);
  showPast();
  askAddress();
  showExamples();
}

/** The questions to start with; without them the page is as good. */
async function showExamples() {
  const questions = await get("/examples").catch(() => []);
  examples.querySelector("ul").append(...questions.map(choice));
  examples.hidden = !questions.length;
}

function showPast() {
  const questions = JSON.parse(localStorage.getItem("questions") ?? "[]");
  past.querySelector("ul").replaceChildren(...questions.map(choice));
  past.hidden = !questions.length;
}

function choice(question) {
  return make("li", "", button(question, "", () => ask(question)));
}

/** Ask what the page's address asks, so that a question can be kept and shared. */
function askAddress() {
  const question = new URLSearchParams(location.search).get("q");
  if (question) ask(question);
}

async function ask(question, plan = null) {
  if (!question) return;
  running?.abort();
  const mine = (running = new AbortController());
  form.elements.q.value = question;
  remember(question);
  closeReader();
  document.body.classList.add("asked");
  if (matchMedia("(max-width: 860px)").matches) form.elements.q.blur();
  show(copy("t-waiting"), true);
  try {
    const response = await fetch("/v1/ask", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify(wish(question, plan)),
      signal: mine.signal,
    });
    if (!response.ok) return showFault((await response.json()).detail);
    for await (const { name, value } of events(response)) {
      if (name === "plan") show(make("p", "waiting", value.reading.map((r) => `${r.label}：${r.text}`).join("　")), true);
      if (name === "claim") answer.append(make("p", "coming", value.text));
      if (name === "error") return showFault(value.detail);
      if (name === "done") show(draw(value, openReader, (edited) => ask(question, edited)));
    }
    if (asked.at(-1) !== question) asked.push(question);
  } catch (error) {
    if (error.name !== "AbortError") showFault(word("offline"));
  }
}

function wish(question, plan) {
  const model = document.getElementById("model");
  const previous = asked.filter((each) => each !== question).slice(-5);
  return { question, previous, ...(plan ? { plan } : {}), ...(model && !model.checked ? { llm: "none" } : {}) };
}

function remember(question) {
  const address = `/ask?${new URLSearchParams({ q: question })}`;
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  const questions = JSON.parse(localStorage.getItem("questions") ?? "[]").filter((each) => each !== question);
  localStorage.setItem("questions", JSON.stringify([question, ...questions].slice(0, KEPT)));
  showPast();
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
