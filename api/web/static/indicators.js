// The indicator dictionary: what figures measure, renamed, merged, defined.

import { get, send } from "./api.js";
import { button, filtering, link, make, notify, signer, word } from "./dom.js";

const filter = document.getElementById("filter");
const body = document.querySelector("#grid tbody");
const more = document.getElementById("more");
const author = signer();
const dialog = document.getElementById("edit-dialog");
const known = new Map();
let next = null;
let round = 0;

filtering(filter, fresh);
more.addEventListener("click", () => page(round));
await fresh();

async function fresh() {
  next = null;
  await page(++round, true);
}

async function page(mine, first = false) {
  try {
    const told = await get("/v1/indicators", { q: filter.elements.q.value.trim(), used: filter.elements.used.value, cursor: next, limit: 100 });
    if (mine !== round) return;
    if (first) body.replaceChildren();
    for (const each of told.items) {
      if (!known.has(each.name)) document.getElementById("indicator-names").append(Object.assign(make("option", ""), { value: each.name }));
      known.set(each.name, each.id);
    }
    body.append(...told.items.map(row));
    next = told.next;
    more.hidden = !next;
    if (first && !told.items.length) {
      const cell = make("td", "hint", word("none"));
      cell.colSpan = 5;
      body.append(make("tr", "", cell));
    }
  } catch (error) {
    if (mine === round) notify(error.message);
  }
}

function row(each) {
  const act = button(word("edit"), "link", () => edit(each));
  act.setAttribute("aria-label", `${word("edit")}：${each.name}`);
  const count = each.facts ? link(`/facts?indicator=${encodeURIComponent(each.id)}`, "", String(each.facts)) : "0";
  return make("tr", "", make("td", "", make("b", "", each.name)), make("td", "", each.definition), make("td", "", each.units.join("、")), make("td", "number", count), make("td", "", act));
}

async function edit(each) {
  const field = (id) => document.getElementById(id);
  field("edit-head").textContent = each.name;
  field("e-name").value = each.name;
  field("e-definition").value = each.definition;
  field("e-units").value = each.units.join("、");
  field("e-synonyms").value = each.synonyms.join("、");
  field("e-into").value = "";
  field("e-open").hidden = each.known;
  before(each);
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
  if (dialog.returnValue !== "write") return;
  const words = (id) => field(id).value.split(/[、，,]/).map((w) => w.trim()).filter(Boolean);
  const into = field("e-into").value.trim();
  await write(async () => {
    if (into && !known.has(into)) throw new Error(word("no.indicator", { name: into }));
    if (into) return [await merge(each.id, known.get(into)), () => split(known.get(into), each.id)];
    const name = field("e-name").value.trim();
    const definition = field("e-definition").value.trim();
    const asked = { ...(name !== each.name ? { name } : {}), ...(definition !== each.definition ? { definition } : {}), ...changed({ units: [words("e-units"), each.units], synonyms: [words("e-synonyms"), each.synonyms] }) };
    return [await change(each.id, asked), asked.name && (() => change(each.id, { name: each.name }))];
  });
}

/** What the figures were called, and which indicators they were merged from, each to be had back. */
async function before(each) {
  const list = document.getElementById("e-past");
  list.replaceChildren();
  const { names, merged } = await get("/v1/indicators/past", { indicator: each.id }).catch(() => ({ names: [], merged: [] }));
  const line = (text, undo) => {
    const act = button(word("undo"), "link", () => { dialog.close(); write(async () => [await undo(), null]); });
    act.setAttribute("aria-label", `${word("undo")}：${text}`);
    return make("li", "", text, act);
  };
  list.replaceChildren(
    ...names.map(({ name, facts }) => line(word("past.name", { name, n: facts }), () => change(each.id, { name }))),
    ...merged.map(({ indicator, name, facts }) => line(word("past.merged", { name, n: facts }), () => split(each.id, indicator))),
  );
}

/** Do something that tells how many figures changed, and how it is undone; say so and show the list anew. */
async function write(work) {
  try {
    const [told, undo] = await work();
    notify(told.facts ? word("written", { n: told.facts }) : `${word("saved")}。`, undo ? { text: word("undo"), run: () => write(async () => [await undo(), null]) } : null);
    await fresh();
  } catch (error) {
    notify(error.message);
  }
}

function signed(asked) {
  return { ...asked, author: author.value.trim() };
}

function change(indicator, asked) {
  return send("PATCH", `/v1/indicators/${encodeURIComponent(indicator)}`, signed(asked));
}

function merge(indicator, into) {
  return send("POST", "/v1/indicators/merge", signed({ indicator, into }));
}

function split(indicator, source) {
  return send("POST", "/v1/indicators/split", signed({ indicator, source }));
}

function changed(given) {
  return Object.fromEntries(Object.entries(given).filter(([, [now, before]]) => now.join() !== before.join()).map(([name, [now]]) => [name, now]));
}
