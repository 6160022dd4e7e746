// The indicator dictionary: what figures measure, renamed, merged, defined.

import { get, send } from "./api.js";
import { button, filtering, link, make, noRows, notify, signer, word } from "./dom.js";
import { indicatorNamed, suggestIndicators } from "./suggest.js";

const filter = document.getElementById("filter");
const body = document.querySelector("#grid tbody");
const more = document.getElementById("more");
const signed = signer();
const dialog = document.getElementById("edit-dialog");
const fault = document.getElementById("e-fault");
/** The indicator in the dialog. */
let edited = null;
let next = null;
let round = 0;

filtering(filter, fresh);
more.addEventListener("click", () => page(round));
dialog.querySelector("form").addEventListener("submit", (event) => {
  if (event.submitter?.value !== "write") return;
  event.preventDefault(); // the dialog stays until what is in it is written
  write();
});
await Promise.all([fresh(), suggestIndicators(document.getElementById("indicator-names"))]);

async function fresh() {
  next = null;
  await page(++round, true);
}

async function page(mine, first = false) {
  try {
    const told = await get("/v1/indicators", { q: filter.elements.q.value.trim(), used: filter.elements.used.value, cursor: next, limit: 100 });
    if (mine !== round) return;
    if (first) body.replaceChildren();
    body.append(...told.items.map(row));
    next = told.next;
    more.hidden = !next;
    if (first && !told.items.length) body.append(noRows(5, word("none")));
  } catch (error) {
    if (mine !== round) return;
    if (first) body.replaceChildren(noRows(5, error.message));
    else notify(error.message);
  }
}

function row(each) {
  const act = button(word("edit"), "link", () => edit(each));
  act.setAttribute("aria-label", `${word("edit")}：${each.name}`);
  const count = each.facts ? link(`/facts?indicator=${encodeURIComponent(each.id)}`, "", String(each.facts)) : "0";
  return make("tr", "", make("td", "", make("b", "", each.name)), make("td", "", each.definition), make("td", "", each.units.join("、")), make("td", "number", count), make("td", "", act));
}

function field(id) {
  return document.getElementById(id);
}

function edit(each) {
  edited = each;
  fault.textContent = "";
  field("edit-head").textContent = each.name;
  field("e-name").value = each.name;
  field("e-definition").value = each.definition;
  field("e-units").value = each.units.join("、");
  field("e-synonyms").value = each.synonyms.join("、");
  field("e-into").value = "";
  field("e-open").hidden = each.known;
  before(each);
  dialog.showModal();
}

/** What the figures were called, and which indicators they were merged from, each to be had back. */
async function before(each) {
  const list = field("e-past");
  list.replaceChildren();
  const { names, merged } = await get("/v1/indicators/past", { indicator: each.id }).catch(() => ({ names: [], merged: [] }));
  const line = (text, undo) => {
    const act = button(word("undo"), "link", () => done(undo));
    act.setAttribute("aria-label", `${word("undo")}：${text}`);
    return make("li", "", text, act);
  };
  list.replaceChildren(
    ...names.map(({ name, facts }) => line(word("past.name", { name, n: facts }), (author) => change(each.id, { name, author }))),
    ...merged.map(({ indicator, name, facts }) => line(word("past.merged", { name, n: facts }), (author) => split(each.id, indicator, author))),
  );
}

/** Write what is in the dialog. */
async function write() {
  const words = (id) => field(id).value.split(/[、，,]/).map((w) => w.trim()).filter(Boolean);
  const { id, name: before, definition, units, synonyms } = edited;
  const into = field("e-into").value.trim();
  if (into) {
    const merge = (author) => send("POST", "/v1/indicators/merge", { indicator: id, into, author });
    try {
      const target = await indicatorNamed(into);
      await done(merge, target ? (author) => split(target, id, author) : null);
    } catch (error) {
      notify(error.message);
    }
    return;
  }
  const name = field("e-name").value.trim();
  const defined = field("e-definition").value.trim();
  const asked = { ...(name !== before ? { name } : {}), ...(defined !== definition ? { definition: defined } : {}), ...changed({ units: [words("e-units"), units], synonyms: [words("e-synonyms"), synonyms] }) };
  await done((author) => change(id, { ...asked, author }), asked.name ? (author) => change(id, { name: before, author }) : null);
}

/** Do something signed that tells how many figures changed; say so, offer to undo it, and show the list anew. */
async function done(work, undo = null) {
  const author = await signed();
  if (author === null) return;
  fault.textContent = "";
  try {
    const told = await work(author);
    dialog.close();
    notify(told.facts ? word("written", { n: told.facts }) : `${word("saved")}。`, undo ? { text: word("undo"), run: () => done(undo) } : null);
    await fresh();
  } catch (error) {
    if (dialog.open) fault.textContent = error.message;
    else notify(error.message);
  }
}

function change(indicator, asked) {
  return send("PATCH", `/v1/indicators/${encodeURIComponent(indicator)}`, asked);
}

function split(indicator, source, author) {
  return send("POST", "/v1/indicators/split", { indicator, source, author });
}

function changed(given) {
  return Object.fromEntries(Object.entries(given).filter(([, [now, before]]) => now.join() !== before.join()).map(([name, [now]]) => [name, now]));
}
