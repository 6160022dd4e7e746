// The indicator dictionary: what figures measure, renamed, merged, defined.

import { get, send } from "./api.js";
import { button, filtering, link, make, noRows, notify, signer, word } from "./dom.js";

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
await Promise.all([fresh(), names()]);

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

/** The names of all indicators, to merge into. */
async function names() {
  const { items } = await get("/v1/indicators", { limit: 1000 }).catch(() => ({ items: [] }));
  document.getElementById("indicator-names").append(...items.map(({ name }) => Object.assign(make("option", ""), { value: name })));
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
  field("e-units").value = each.units.join("、");
  field("e-synonyms").value = each.synonyms.join("、");
  field("e-into").value = "";
  field("e-words").hidden = !each.known;
  dialog.showModal();
}

async function write() {
  const author = await signed();
  if (author === null) return;
  fault.textContent = "";
  const words = (id) => field(id).value.split(/[、，,]/).map((w) => w.trim()).filter(Boolean);
  const into = field("e-into").value.trim();
  const name = field("e-name").value.trim();
  const asked = { ...(name !== edited.name ? { name } : {}), ...(edited.known ? changed({ units: [words("e-units"), edited.units], synonyms: [words("e-synonyms"), edited.synonyms] }) : {}) };
  try {
    const told = into
      ? await send("POST", "/v1/indicators/merge", { indicator: edited.id, into, author })
      : await send("PATCH", `/v1/indicators/${encodeURIComponent(edited.id)}`, { ...asked, author });
    dialog.close();
    notify(told.facts ? word("written", { n: told.facts }) : `${word("saved")}。`);
    await fresh();
  } catch (error) {
    fault.textContent = error.message;
  }
}

function changed(given) {
  return Object.fromEntries(Object.entries(given).filter(([, [now, before]]) => now.join() !== before.join()).map(([name, [now]]) => [name, now]));
}
