// The page: ask, show, read. One question at a time; a new one calls off the last.

import { copy, make, slot } from "./dom.js";
import { draw } from "./answer.js";
import { closeReader, openReader } from "./reader.js";

const form = document.getElementById("ask");
const examples = document.getElementById("examples");
const answer = document.getElementById("answer");
let running = null;

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form.elements.q.value.trim());
  });
  examples.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (chosen) ask(chosen.textContent);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeReader();
  });
  window.addEventListener("popstate", askAddress);
  askAddress();
  showExamples();
}

/** The questions to start with; without them the page is as good. */
async function showExamples() {
  const response = await fetch("/examples").catch(() => null);
  const questions = response?.ok ? await response.json() : [];
  for (const question of questions) {
    const button = make("button", "", question);
    button.type = "button";
    examples.querySelector("ul").append(make("li", "", button));
  }
  examples.hidden = !questions.length;
}

/** Ask what the page's address asks, so that a question can be kept and shared. */
function askAddress() {
  const question = new URLSearchParams(location.search).get("q");
  if (question) ask(question);
}

async function ask(question) {
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
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(wish(question)),
      signal: mine.signal,
    });
    const told = await response.json();
    if (!response.ok) showFault(told.detail);
    else show(draw(told, (citation, from) => openReader(citation, from, showFault)));
  } catch (error) {
    if (error.name === "AbortError") return;
    showFault(copy("t-offline").textContent);
  }
}

function wish(question) {
  const model = document.getElementById("model");
  return model && !model.checked ? { question, llm: "none" } : { question };
}

function remember(question) {
  const address = `/?${new URLSearchParams({ q: question })}`;
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
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
