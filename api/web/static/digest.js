// One digest on the table: outline by dragging, text edited in place, each sentence checked against its sources.

import { get, send } from "./api.js";
import { button, copy, link, make, notify, word } from "./dom.js";
import { marked } from "./text.js";

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
/** What the server had when it was last heard of: entries as JSON by id, and the ids of sections. */
let seen = new Map();
let seenSections = new Set();

try {
  now = await get(path);
  remember(now.issue);
  draw();
} catch (error) {
  notify(error.message);
}

for (const input of imprint.elements) {
  input.addEventListener("change", () => {
    now.issue[input.name] = input.type === "checkbox" ? input.checked : input.value;
    later();
  });
}
document.getElementById("add-section").addEventListener("click", () => { now.issue.sections.push({ id: fresh(), heading: word("section.new"), entries: [] }); changed(); });
document.getElementById("add-entry").addEventListener("click", () => {
  if (!now.issue.sections.length) now.issue.sections.push({ id: fresh(), heading: word("section.new"), entries: [] });
  now.issue.sections.at(-1).entries.push({ id: fresh(), heading: word("entry.new"), text: "", unit: "", place: null, sources: [] });
  changed();
});
document.getElementById("delete").addEventListener("click", async () => {
  if (!confirm(word("digest.delete", { name: now.issue.title }))) return;
  try {
    await send("DELETE", path);
    kept = made;
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
    remember(now.issue);
    draw();
    notify([word("imported", { n: now.changed }), now.kept.length && word("imported.kept", { names: now.kept.join("、") }), now.missing.length && word("imported.missing", { names: now.missing.join("、") })].filter(Boolean).join(" "));
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
      location.assign(file.href);
    } catch {
      notify(word("not.exported"));
    }
    setTimeout(() => { leaving = false; });
  });
}
addEventListener("beforeunload", (event) => { if (made !== kept && !leaving) event.preventDefault(); });

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
    remember(told.issue);
    now = { ...told, issue };
  } catch (error) {
    if (error.kind === "Conflict") return merge(error);
    state.textContent = word("unsaved");
    notify(error.message);
    waiting = setTimeout(() => flush().catch(() => {}), 4000);
    throw error;
  }
  kept = mine;
  state.textContent = word(made === kept ? "saved" : "unsaved");
  refresh();
}

/** Somebody saved meanwhile: what only the server has comes in, what was changed on both sides is asked about. */
async function merge(error) {
  const theirs = await get(path);
  const mine = new Map(entries().map((entry) => [entry.id, entry]));
  const clashes = [];
  for (const section of theirs.issue.sections) {
    const own = now.issue.sections.find((each) => each.id === section.id);
    if (!own) { if (!seenSections.has(section.id)) now.issue.sections.push(section); continue; }
    for (const entry of section.entries) {
      const old = seen.get(entry.id);
      const here = mine.get(entry.id);
      const text = JSON.stringify(entry);
      if (!here) { if (old === undefined) own.entries.push(entry); }
      else if (text !== old && JSON.stringify(here) === old) Object.assign(here, entry);
      else if (text !== old && text !== JSON.stringify(here)) clashes.push(entry.heading);
    }
  }
  if (clashes.length) {
    state.textContent = word("conflict");
    notify(`${error.message} ${word("conflict.both", { names: clashes.join("、") })}`, { text: word("conflict.mine"), run: () => over(theirs) });
    throw error;
  }
  over(theirs);
}

/** Save what is here over what the server has now. */
function over(theirs) {
  now.version = theirs.version;
  Object.assign(now, { articles: { ...theirs.articles, ...now.articles } });
  remember(theirs.issue);
  changed();
}

function remember(issue) {
  seen = new Map(issue.sections.flatMap((section) => section.entries).map((entry) => [entry.id, JSON.stringify(entry)]));
  seenSections = new Set(issue.sections.map((section) => section.id));
}

// --- drawing --------------------------------------------------------------------------------------------------------

function draw() {
  document.getElementById("head").textContent = now.issue.title;
  for (const input of imprint.elements) {
    if (input.type === "checkbox") input.checked = now.issue[input.name];
    else input.value = now.issue[input.name];
  }
  paper.replaceChildren(...now.issue.sections.map(sectionOf));
  drawOutline();
  refresh();
}

/** What the checks say, without touching what is being edited. */
function refresh() {
  document.getElementById("head").textContent = now.issue.title;
  const off = Object.values(now.checks).flat().filter((each) => each.source === null || each.gone).length;
  document.getElementById("count").textContent = [word("characters", { n: now.characters }), off && word("sentences.off", { n: off })].filter(Boolean).join("　");
  for (const entry of entries()) {
    const drawn = paper.querySelector(`[data-entry="${CSS.escape(entry.id)}"]`);
    if (drawn) read(drawn, entry);
  }
  warn();
}

function warn() {
  const box = document.getElementById("warnings");
  const texts = new Map(entries().map((entry) => [entry.id, entry]));
  const told = [];
  if (now.marking) told.push(make("li", "", now.marking));
  for (const each of now.used) {
    told.push(make("li", "", `${texts.get(each.entry)?.heading ?? ""}：${word("published.before", { issue: each.issue })}`));
  }
  for (const each of now.private) {
    const entry = texts.get(each.entry);
    if (!entry) continue;
    const text = Array.from(entry[each.field]).slice(each.span[0], each.span[1]).join("");
    told.push(make("li", "", `${entry.heading}：${word("private", { why: each.why, text, instead: each.instead })}`));
  }
  box.hidden = !told.length;
  box.querySelector("ul").replaceChildren(...told);
}

function sectionOf(section) {
  const heading = make("input", "section-heading");
  heading.value = section.heading;
  heading.maxLength = 200;
  heading.setAttribute("aria-label", word("section.heading"));
  heading.addEventListener("input", () => { section.heading = heading.value; drawOutline(); later(); });
  const made = make("section", "part", heading, ...section.entries.map((entry) => entryOf(entry, section)));
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
  heading.addEventListener("input", () => { entry.heading = heading.value; name(drawn, entry); drawOutline(); later(); });
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
  const act = { edit, up: () => move(section, entry, -1), down: () => move(section, entry, 1), remove: () => remove(section, entry) };
  const words = { edit: "edit", up: "move.up", down: "move.down", remove: "remove" };
  for (const each of drawn.querySelectorAll("[data-do]")) {
    each.textContent = word(words[each.dataset.do]);
    each.addEventListener("click", act[each.dataset.do]);
  }
  name(drawn, entry);
  drawn.querySelector(".reading-text").addEventListener("dblclick", edit);
  return drawn;
}

function name(drawn, entry) {
  for (const each of drawn.querySelectorAll("[data-do]")) each.setAttribute("aria-label", `${each.textContent}：${entry.heading}`);
}

function remove(section, entry) {
  const at = section.entries.indexOf(entry);
  section.entries.splice(at, 1);
  changed();
  const next = section.entries[Math.min(at, section.entries.length - 1)];
  const focused = next ? paper.querySelector(`[data-entry="${CSS.escape(next.id)}"] [data-do="edit"]`) : document.getElementById("add-entry");
  focused.focus();
  notify(word("removed", { name: entry.heading }), { text: word("undo"), run: () => { section.entries.splice(at, 0, entry); changed(); } });
}

/** The text with each sentence's mark, and the sources under it. */
function read(drawn, entry) {
  const box = drawn.querySelector(".reading-text");
  const points = Array.from(entry.text);
  const checks = now.checks[entry.id] ?? [];
  const marks = checks.map((each) => ({
    start: each.start, end: each.end, tag: "span", className: each.source === null || each.gone ? "off" : "kept-to-source",
    title: each.source === null ? word("unverified") : each.gone ? word("gone") : `${word("verified")}　${titleOf(entry.sources[each.source])}`,
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
  const off = checks.filter((each) => each.source === null || each.gone).length;
  drawn.querySelector(".tally").textContent = [word("characters", { n: points.filter((c) => c.trim()).length }), off ? word("sentences.off", { n: off }) : checks.length && word("verified")].filter(Boolean).join("　");
  const cited = [...new Set(entry.sources.map((source) => source.article))];
  drawn.querySelector(".entry-sources").replaceChildren(...cited.map((id) => {
    const first = entry.sources.find((source) => source.article === id);
    if (!now.articles[id]) return make("li", "fault-line", `${word("gone")}：${first.quote}`);
    return make("li", "", link(`/articles/${id}?start=${first.start}&end=${first.end}`, "", titleOf(first)));
  }));
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

// --- the outline ----------------------------------------------------------------------------------------------------

function drawOutline() {
  outline.replaceChildren(...now.issue.sections.map((section) => {
    const list = make("ol", "outline-list", ...section.entries.map((entry) => {
      const item = make("li", "", button(entry.heading || word("untitled"), "link", () => paper.querySelector(`[data-entry="${CSS.escape(entry.id)}"]`).scrollIntoView({ block: "start" })));
      item.dataset.id = entry.id;
      return item;
    }));
    list.dataset.section = section.id;
    const head = make("div", "outline-section", make("b", "", section.heading));
    const at = now.issue.sections.indexOf(section);
    const moved = (text, to) => {
      const act = button(text, "link", () => { now.issue.sections.splice(to, 0, ...now.issue.sections.splice(at, 1)); changed(); });
      act.setAttribute("aria-label", `${text}：${section.heading}`);
      act.disabled = to < 0 || to >= now.issue.sections.length;
      return act;
    };
    head.append(make("span", "entry-actions", moved("↑", at - 1), moved("↓", at + 1)));
    if (!section.entries.length) head.append(button(word("remove"), "link", () => { now.issue.sections.splice(now.issue.sections.indexOf(section), 1); changed(); }));
    return make("div", "outline-part", head, list);
  }));
  for (const list of outline.querySelectorAll(".outline-list")) {
    globalThis.Sortable?.create(list, { group: "entries", animation: 120, onEnd: dropped });
  }
}

function dropped() {
  const known = new Map(entries().map((entry) => [entry.id, entry]));
  for (const list of outline.querySelectorAll(".outline-list")) {
    const section = now.issue.sections.find((each) => each.id === list.dataset.section);
    section.entries = [...list.children].map((item) => known.get(item.dataset.id));
  }
  changed();
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
  paper.querySelector(`[data-entry="${CSS.escape(entry.id)}"] [data-do="${step < 0 ? "up" : "down"}"]`).focus();
}

function entries() {
  return now.issue.sections.flatMap((section) => section.entries);
}

function fresh() {
  return crypto.getRandomValues(new Uint32Array(2)).reduce((text, n) => text + n.toString(16).padStart(8, "0"), "").slice(0, 12);
}
