// Places beside each other: figures by indicator, or sentences by aspect; every cell opens its source.

import { get, send } from "./api.js";
import { draw } from "./compared.js";
import { button, make, notify, parted, tabs, word } from "./dom.js";
import { closeReader, openReader } from "./reader.js";
import { indicatorNamed, suggest } from "./suggest.js";

/** Indicators offered to begin with. */
const FIRST = 12;
const form = document.getElementById("choose");
const result = document.getElementById("result");
const fault = document.getElementById("fault");
const chosen = document.getElementById("chosen-indicators");
const field = document.getElementById("c-indicator");
const near = document.getElementById("near-indicators");
const nearTold = document.getElementById("near-told");
const known = new Set();
const picked = [];
const list = filed("c-list", "/v1/desk/places", (items) => word("places", { n: items.length }));
const book = filed("codebook", "/v1/desk/codebook", (items) => items.map((aspect) => aspect.name).join("、"));
let byTheme = false;
let round = 0;

const choose = tabs(form.querySelector(".tabs"), (tab) => { byTheme = tab.id === "by-theme"; });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeReader(); });
field.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); take(); } });
field.addEventListener("input", (event) => { if (!event.inputType || event.inputType === "insertReplacementText") take(); }); // chosen from the list
form.addEventListener("input", () => { fault.textContent = ""; });
form.addEventListener("submit", (event) => { event.preventDefault(); compare(); });
indicators();
suggest(form.elements.places, document.getElementById("place-names"));
fromAddress();

async function indicators() {
  try {
    const { items } = await get("/v1/indicators", { used: true, limit: 1000 });
    for (const { name } of items) known.add(name);
    document.getElementById("indicator-names").append(...items.map((each) => Object.assign(make("option", ""), { value: each.name })));
    document.getElementById("common-indicators").append(...items.slice(0, FIRST).map(({ name }) => make("li", "", button(name, "chip", () => pick(name)))));
  } catch (error) {
    notify(error.message);
  }
}

/** A file of the form: what was read of it or why it could not be, told beside it until it is removed or another comes. */
function filed(id, path, about) {
  const input = document.getElementById(id);
  const place = document.getElementById(`${id}-chosen`);
  const kept = { items: null, error: "", ready: Promise.resolve() };
  const clear = () => { Object.assign(kept, { items: null, error: "" }); place.replaceChildren(); input.focus(); };
  const chip = (name, told) => {
    const made = button(`${name}${told} ×`, "chip", clear);
    made.setAttribute("aria-label", `${word("remove")}：${name}${told}`);
    return make("li", "", made);
  };
  const read = async (file) => {
    const sent = new FormData();
    sent.append("file", file);
    Object.assign(kept, { items: null, error: "" });
    try {
      const { items, problems = [] } = await send("POST", path, sent);
      kept.items = items;
      place.replaceChildren(chip(file.name, `（${about(items)}）`), ...problems.map((text) => make("li", "fault-line", text)));
    } catch (error) {
      kept.error = error.message;
      place.replaceChildren(chip(file.name, ""), make("li", "fault-line", error.message));
    }
  };
  input.addEventListener("change", () => {
    if (input.files[0]) kept.ready = read(input.files[0]);
    input.value = "";
  });
  return kept;
}

/** Make what is typed a chip if it names an indicator, else offer what is like it. Not when the field is left: what is
 * being clicked would move away. */
async function take() {
  const name = field.value.trim();
  field.value = "";
  unlike("", []);
  if (!name || known.has(name) || (await indicatorNamed(name).catch(() => name))) return pick(name);
  const alike = [...known].filter((each) => each.includes(name) || pairsOf(name).some((pair) => each.includes(pair)));
  alike.sort((a, b) => b.includes(name) - a.includes(name));
  unlike(word(alike.length ? "compare.alike" : "compare.unknown", { name }), alike.slice(0, FIRST));
}

/** Say that what was typed names no indicator, with those that are like it; nothing takes that away. */
function unlike(text, names) {
  nearTold.textContent = text;
  near.replaceChildren(...names.map((each) => make("li", "", button(each, "chip", () => { unlike("", []); pick(each); }))));
}

/** Every two characters of a name that stand side by side. */
function pairsOf(name) {
  return Array.from(name).slice(1).map((each, at) => Array.from(name)[at] + each);
}

function pick(name) {
  if (!name || picked.includes(name)) return;
  picked.push(name);
  fault.textContent = "";
  drawPicked();
}

function drawPicked() {
  chosen.replaceChildren(...picked.map((name) => {
    const chip = button(`${name} ×`, "chip", () => { picked.splice(picked.indexOf(name), 1); drawPicked(); field.focus(); });
    chip.setAttribute("aria-label", `${word("remove")}：${name}`);
    return make("li", "", chip);
  }));
}

function fromAddress() {
  const asked = new URLSearchParams(location.search);
  form.elements.places.value = asked.get("places") ?? "";
  for (const name of asked.getAll("indicator")) pick(name.trim());
  if (asked.get("theme")) {
    form.elements.theme.value = asked.get("theme");
    choose(document.getElementById("by-theme"), false);
  }
  if ([...asked.keys()].length) compare();
}

async function compare() {
  fault.textContent = "";
  await take();
  if (nearTold.textContent) return field.focus();
  closeReader();
  const mine = ++round;
  await Promise.all([list.ready, book.ready]); // a file just chosen counts
  if (mine !== round) return;
  const places = parted(form.elements.places.value);
  const theme = form.elements.theme.value.trim();
  if (byTheme && !theme) return refuse(word("compare.no.theme"), form.elements.theme);
  if (!byTheme && !picked.length && !places.length && !list.items) {
    document.getElementById("common-indicators").parentElement.open = true;
    return refuse(word("compare.nothing"), field);
  }
  if (list.error || (byTheme && book.error)) return refuse(word("compare.bad.file"), document.getElementById(list.error ? "c-list" : "codebook"));
  const where = list.items ? { places: list.items.map((place) => place.adcode), order: "given" } : places.length ? { places } : {};
  const asked = { ...where, ...(byTheme ? { theme, aspects: book.items ?? [] } : { indicators: picked }) };
  const address = [...(places.length ? [["places", places.join("、")]] : []), ...(byTheme ? [["theme", theme]] : picked.map((name) => ["indicator", name]))];
  history.replaceState(null, "", address.length ? `?${new URLSearchParams(address)}` : location.pathname);
  const named = list.items ? list.items.map((place) => place.name) : places;
  result.setAttribute("aria-busy", "true");
  result.replaceChildren(make("p", "waiting", word("asking")));
  try {
    const told = await send("POST", "/v1/compare", asked);
    if (mine === round) result.replaceChildren(draw(told, named, openReader));
  } catch (error) {
    if (mine !== round) return;
    result.replaceChildren();
    fault.textContent = error.message;
  }
  if (mine === round) result.setAttribute("aria-busy", "false");
}

/** Say what is missing and go there; what was compared before would stand under what is asked now. */
function refuse(text, at) {
  fault.textContent = text;
  result.replaceChildren();
  result.setAttribute("aria-busy", "false");
  at.focus();
}
