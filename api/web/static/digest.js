// One digest on the table: outline by dragging, text edited in place, each sentence checked against its sources.

import { get, send } from "./api.js";
import { attach } from "./attach.js";
import { standard } from "./cite.js";
import { choices, memory, merge } from "./clash.js";
import { button, copy, link, make, notify, word } from "./dom.js";
import { drawOutline } from "./outline.js";
import { marked } from "./text.js";
import { isOff, warningsOf } from "./warnings.js";

const table = document.getElementById("table");
const path = `/v1/digests/${table.dataset.digest}`;
const paper = document.getElementById("paper");
const outline = document.getElementById("outline");
const imprint = document.getElementById("imprint");
const state = document.getElementById("state");
let now = null;
/** How many changes were made here, and how many of them the server has. */
let made = 0;
let kept = 0;
let waiting = null;
let saving = Promise.resolve();
let leaving = false;
/** What the server had when it was last heard of. */
let seen = null;
/** States of the other side that this one was chosen over. */
const decided = new Set();

try {
  now = await get(path);
  seen = memory(now.issue);
  draw();
} catch (error) {
  notify(error.message);
}

for (const input of imprint.elements) {
  input.addEventListener("change", () => {
    if (input.name === "published" && input.checked && !sure()) {
      input.checked = false;
      return;
    }
    now.issue[input.name] = input.type === "checkbox" ? input.checked : input.value;
    if (input.name === "published") changed();
    else later();
  });
}
document.getElementById("add-section").addEventListener("click", () => {
  const made = { id: fresh(), heading: word("section.new"), entries: [] };
  now.issue.sections.push(made);
  changed();
  goTo(sectionAt(made), ".section-heading");
});
document.getElementById("add-entry").addEventListener("click", () => {
  if (!now.issue.sections.length) now.issue.sections.push({ id: fresh(), heading: word("section.new"), entries: [] });
  const made = { id: fresh(), heading: word("entry.new"), text: "", unit: "", place: null, sources: [], claims: [] };
  now.issue.sections.at(-1).entries.push(made);
  changed();
  goTo(entryAt(made), ".heading");
});
document.getElementById("delete").addEventListener("click", async () => {
  if (!confirm(word("digest.delete", { name: now.issue.title }))) return;
  try {
    await send("DELETE", path);
    kept = made;
    sessionStorage.setItem("deleted", JSON.stringify(now.issue)); // the list of digests offers to restore it
    location.assign("/digests");
  } catch (error) {
    notify(error.message);
  }
});
document.getElementById("revised").addEventListener("change", async (event) => {
  const form = new FormData();
  form.append("file", event.target.files[0]);
  event.target.value = "";
  try {
    await flush();
    now = await send("POST", `${path}/revised`, form);
    seen = memory(now.issue);
    draw();
    cameBack(now);
  } catch (error) {
    notify(error.message);
  }
});
for (const file of table.querySelectorAll('.toolbar a[href*="/file"]')) {
  file.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      await flush();
      leaving = true;
      location.assign(`${file.href}&standard=${standard()}`);
    } catch {
      notify(word("not.exported"));
    }
    setTimeout(() => { leaving = false; });
  });
}
addEventListener("beforeunload", (event) => { if (made !== kept && !leaving) event.preventDefault(); });

/** What of a file was taken over; what was not stays on the page to be read. */
function cameBack(told) {
  const taken = ["changed", "added", "headings"].filter((name) => told[name] > 0).map((name) => word(`imported.${name}`, { n: told[name] }));
  if (told.moved) taken.push(word("imported.moved"));
  const said = word("imported", { told: taken.join("，") || word("imported.none") });
  const not = ["kept", "missing", "left"].filter((name) => told[name].length).map((name) => make("p", "", word(`imported.${name}`, { names: told[name].join("、") })));
  if (not.length) stand(said, ...not, make("p", "actions", button(word("close"), "button", () => stand(""))));
  else notify(said);
}

// --- saving ---------------------------------------------------------------------------------------------------------

function changed() {
  draw();
  later();
}

function later() {
  made += 1;
  state.textContent = word("unsaved");
  clearTimeout(waiting);
  waiting = setTimeout(() => flush().catch(() => {}), 500);
}

/** Save what is not saved; rejects where it could not be. */
function flush() {
  clearTimeout(waiting);
  saving = saving.catch(() => {}).then(save);
  return saving;
}

async function save() {
  if (made === kept) return;
  const mine = made;
  state.textContent = word("saving");
  try {
    const issue = now.issue;
    const told = await send("PUT", path, { version: now.version, issue });
    seen = memory(told.issue);
    now = { ...told, issue };
  } catch (error) {
    if (error.kind === "Conflict") return settle();
    state.textContent = word("unsaved");
    notify(error.message);
    if (error.kind !== "UsageError") waiting = setTimeout(() => flush().catch(() => {}), 4000);
    throw error;
  }
  kept = mine;
  state.textContent = word(made === kept ? "saved" : "unsaved");
  refresh();
}

/** Somebody saved meanwhile: what both sides changed stays on the page until it is decided. */
async function settle() {
  const theirs = await get(path);
  const clashes = merge(now.issue, theirs.issue, seen).filter(([, there]) => !decided.has(JSON.stringify(there)));
  if (!clashes.length) return over(theirs);
  state.textContent = word("conflict");
  let open = clashes.length;
  stand(word("conflict.both"), ...choices(clashes, (here, there, taken) => {
    decided.add(JSON.stringify(there));
    if (taken) Object.assign(here, there);
    open -= 1;
    if (!open) { stand(""); over(theirs); }
  }));
  throw new Error(word("conflict"));
}

/** Save what is here over what the server has now. */
function over(theirs) {
  now.version = theirs.version;
  Object.assign(now, { articles: { ...theirs.articles, ...now.articles } });
  seen = memory(theirs.issue);
  changed();
}

/** Say something that stays until it is dealt with; nothing takes it away. */
function stand(text, ...more) {
  const box = document.getElementById("standing");
  box.hidden = !text;
  box.replaceChildren(make("p", "", text), ...more);
  box.scrollIntoView({ block: "nearest" });
}

// --- drawing --------------------------------------------------------------------------------------------------------

function draw() {
  document.getElementById("head").textContent = now.issue.title;
  for (const input of imprint.elements) {
    if (input.type === "checkbox") input.checked = now.issue[input.name];
    else input.value = now.issue[input.name];
  }
  paper.replaceChildren(...now.issue.sections.map(sectionOf));
  outlined();
  lock();
  refresh();
}

function outlined() {
  drawOutline(outline, now.issue, (entry) => goTo(entryAt(entry), ".heading"), changed);
}

/** Whether an issue is to be published although something is missing or not verified. */
function sure() {
  const off = Object.values(now.checks).flat().filter(isOff).length;
  const names = missing().map((field) => field.labels[0].textContent).join("、");
  const told = [names && word("imprint.missing", { names }), off && word("sentences.off", { n: off })].filter(Boolean);
  return !told.length || confirm(word("publish.sure", { told: told.join("；") }));
}

/** A published issue is read, not written. */
function lock() {
  const closed = now.issue.published;
  table.classList.toggle("closed", closed);
  document.getElementById("closed").hidden = !closed;
  for (const input of [...paper.querySelectorAll("input"), ...imprint.elements]) {
    if (input.type === "checkbox") continue;
    if (input.tagName === "SELECT") input.disabled = closed;
    else input.readOnly = closed;
  }
  for (const id of ["add-section", "add-entry", "revised"]) document.getElementById(id).disabled = closed;
}

function entryAt(entry) {
  return paper.querySelector(`[data-entry="${CSS.escape(entry.id)}"]`);
}

function sectionAt(section) {
  return paper.querySelector(`[data-section="${CSS.escape(section.id)}"]`);
}

/** Bring a part of the paper into view and put the cursor into its field. */
function goTo(drawn, field) {
  drawn.scrollIntoView({ block: "start" });
  drawn.querySelector(field).focus({ preventScroll: true });
}

/** What the checks say, without touching what is being edited. */
function refresh() {
  document.getElementById("head").textContent = now.issue.title;
  const off = Object.values(now.checks).flat().filter(isOff).length;
  document.getElementById("count").textContent = [word("characters", { n: now.characters }), off && word("sentences.off", { n: off })].filter(Boolean).join("　");
  for (const entry of entries()) {
    const drawn = entryAt(entry);
    if (drawn) read(drawn, entry);
  }
  warn();
}

function warn() {
  const box = document.getElementById("warnings");
  const open = new Set([...box.querySelectorAll("details[open]")].map((each) => each.dataset.kind));
  const go = {
    entry: (entry) => goTo(entryAt(entry), ".heading"),
    section: (section) => goTo(sectionAt(section), ".section-heading"),
    field: (field) => { field.closest("details").open = true; field.focus(); },
  };
  const told = warningsOf(now, missing(), go, open);
  box.hidden = !told.length;
  box.querySelector("ul").replaceChildren(...told);
}

/** The fields of the masthead that every issue has and this one lacks. */
function missing() {
  return ["masthead", "number", "issuer"].map((name) => imprint.elements[name]).filter((field) => !field.value.trim());
}

function sectionOf(section) {
  const heading = make("input", "section-heading");
  heading.value = section.heading;
  heading.maxLength = 200;
  heading.setAttribute("aria-label", word("section.heading"));
  heading.addEventListener("input", () => { section.heading = heading.value; outlined(); later(); });
  const made = make("section", section.entries.length ? "part" : "part bare", heading, ...section.entries.map((entry) => entryOf(entry, section)));
  made.dataset.section = section.id;
  return made;
}

function entryOf(entry, section) {
  const drawn = copy("t-entry").firstElementChild;
  drawn.dataset.entry = entry.id;
  const heading = drawn.querySelector(".heading");
  const area = drawn.querySelector("textarea");
  const unit = drawn.querySelector(".unit");
  label(drawn, heading, `h-${entry.id}`);
  label(drawn, area, `t-${entry.id}`, 1);
  heading.value = entry.heading;
  unit.value = entry.unit;
  heading.addEventListener("input", () => { entry.heading = heading.value; name(drawn, entry); outlined(); later(); });
  unit.addEventListener("input", () => { entry.unit = unit.value; later(); });
  area.addEventListener("input", () => { entry.text = area.value; tall(area); later(); });
  area.addEventListener("keydown", (event) => { if (event.key === "Escape") drawn.querySelector('[data-do="edit"]').focus(); });
  area.addEventListener("blur", () => { area.hidden = true; drawn.querySelector(".reading-text").hidden = false; });
  const edit = () => {
    area.value = entry.text;
    area.hidden = false;
    drawn.querySelector(".reading-text").hidden = true;
    tall(area);
    area.focus();
  };
  const act = { edit, cite: () => cite(entry), up: () => move(section, entry, -1), down: () => move(section, entry, 1), remove: () => remove(section, entry) };
  const words = { edit: "edit", cite: "source.add", up: "move.up", down: "move.down", remove: "remove" };
  for (const each of drawn.querySelectorAll("[data-do]")) {
    each.textContent = word(words[each.dataset.do]);
    each.addEventListener("click", act[each.dataset.do]);
  }
  name(drawn, entry);
  drawn.querySelector(".reading-text").addEventListener("dblclick", () => { if (!now.issue.published) edit(); });
  return drawn;
}

/** Attach a sentence of the library to a sentence of an entry, by choice. */
async function cite(entry) {
  try {
    await flush();
  } catch {
    return; // why it could not be saved stands on the page
  }
  const points = Array.from(entry.text);
  const checks = now.checks[entry.id] ?? [];
  const said = [...checks.filter(isOff), ...checks.filter((each) => !isOff(each))].map(({ start, end }) => points.slice(start, end).join(""));
  if (!said.length) return notify(word("source.no.text"));
  const { sources, claims, unit, place } = structuredClone(entry);
  const taken = await attach(entry, said);
  if (!taken) return;
  now.articles[taken.article] ??= taken;
  changed();
  entryAt(entry).querySelector('[data-do="cite"]').focus();
  notify(word("source.added"), { text: word("take.back"), run: () => { Object.assign(entry, { sources, claims, unit, place }); changed(); } });
}

function name(drawn, entry) {
  for (const each of drawn.querySelectorAll("[data-do]")) each.setAttribute("aria-label", `${each.textContent}：${entry.heading}`);
}

function remove(section, entry) {
  const at = section.entries.indexOf(entry);
  section.entries.splice(at, 1);
  changed();
  const next = section.entries[Math.min(at, section.entries.length - 1)];
  const focused = next ? entryAt(next).querySelector('[data-do="edit"]') : document.getElementById("add-entry");
  focused.focus();
  notify(word("removed", { name: entry.heading }), { text: word("undo"), run: () => { section.entries.splice(at, 0, entry); changed(); } });
}

/** The text with each sentence's mark, and the sources under it. */
function read(drawn, entry) {
  const box = drawn.querySelector(".reading-text");
  const points = Array.from(entry.text);
  const checks = now.checks[entry.id] ?? [];
  const marks = checks.map((each) => ({
    start: each.start, end: each.end, tag: "span", className: isOff(each) ? "off" : "kept-to-source",
    title: standing(each, entry),
  }));
  const credit = entry.unit ? word("credit", { unit: entry.unit }) : "";
  const lines = [];
  let start = 0;
  for (const line of entry.text.split("\n")) {
    const end = start + Array.from(line).length;
    lines.push(make("p", "", ...marked(points, start, end, marks)));
    start = end + 1;
  }
  lines.at(-1).append(make("span", "credit", credit));
  box.replaceChildren(...lines);
  const off = checks.filter(isOff).length;
  drawn.querySelector(".tally").textContent = [word("characters", { n: points.filter((c) => c.trim()).length }), off ? word("sentences.off", { n: off }) : checks.length && word("verified")].filter(Boolean).join("　");
  const cited = [...new Set(entry.sources.map((source) => source.article))];
  drawn.querySelector(".entry-sources").replaceChildren(...cited.map((id) => {
    const first = entry.sources.find((source) => source.article === id);
    if (!now.articles[id]) return make("li", "fault-line", `${word("gone")}：${first.quote}`);
    return make("li", "", link(`/articles/${id}?start=${first.start}&end=${first.end}`, "", titleOf(first)));
  }));
}

/** Where a sentence of an entry stands, or what it is to be held against. */
function standing(check, entry) {
  const near = check.near === null ? [] : [word("held.against", { text: entry.sources[check.near].quote.trim() })];
  if (check.source === null) return [word("unverified"), ...near].join("　");
  return check.gone ? word("gone") : `${word("verified")}　${titleOf(entry.sources[check.source])}`;
}

function titleOf(source) {
  const article = now.articles[source.article];
  return article ? [article.title || word("untitled"), article.published_on, article.name].filter(Boolean).join("　") : source.quote;
}

function label(drawn, field, id, n = 0) {
  field.id = id;
  drawn.querySelectorAll("label.hidden")[n].htmlFor = id;
}

function tall(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

function move(section, entry, step) {
  const sections = now.issue.sections;
  const at = section.entries.indexOf(entry);
  const to = at + step;
  section.entries.splice(at, 1);
  if (to >= 0 && to <= section.entries.length) section.entries.splice(to, 0, entry);
  else {
    const other = sections[sections.indexOf(section) + step];
    if (!other) section.entries.splice(at, 0, entry);
    else if (step < 0) other.entries.push(entry);
    else other.entries.unshift(entry);
  }
  changed();
  entryAt(entry).querySelector(`[data-do="${step < 0 ? "up" : "down"}"]`).focus();
}

function entries() {
  return now.issue.sections.flatMap((section) => section.entries);
}

function fresh() {
  return crypto.getRandomValues(new Uint32Array(2)).reduce((text, n) => text + n.toString(16).padStart(8, "0"), "").slice(0, 12);
}
