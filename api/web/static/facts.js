// The figures' desk: look through them with the keyboard, put right, use or put aside. Nobody overwrites another unseen.

import { get, send } from "./api.js";
import { around, button, changedTo, changeOf, copy, filtering, flagOf, labels, link, make, nameOf, noRows, notify, periodOf, signer, slot, word } from "./dom.js";
import { gatherButton } from "./gather.js";
import { before, toRestore } from "./history.js";
import { indicatorNamed, suggestIndicators } from "./suggest.js";
import { bringBack } from "./workbook.js";

const filter = document.getElementById("filter");
const body = document.querySelector("#grid tbody");
const card = document.getElementById("card");
const more = document.getElementById("more");
const all = document.getElementById("all");
const signed = signer();
/** Where the card lies over the list instead of beside it. */
const narrow = matchMedia("(max-width: 860px)");
const EDITED = ["value", "value_high", "unit", "bound", "object", "indicator_name", "place", "subject", "subject_level", "status", "period_text", "period_start", "period_end"];
/** As many corrections as the server takes at once. */
const MOST = 500;
const GROUPS = { bound: "bound", subject_level: "level", status: "status" };
const rows = new Map();
let current = null;
let next = null;
let round = 0;

const address = new URLSearchParams(location.search);
for (const field of filter.elements) if (field.name && address.get(field.name)) field.value = address.get(field.name);
filtering(filter, () => { keepAddress(); fresh(); });
window.addEventListener("beforeunload", (event) => { if (Object.keys(typed()).length) event.preventDefault(); });
more.addEventListener("click", () => page(round));
all.addEventListener("change", () => { for (const box of body.querySelectorAll('input[type="checkbox"]')) box.checked = all.checked; count(); });
body.addEventListener("change", count);
for (const each of document.querySelectorAll("[data-review]")) each.addEventListener("click", () => review(each.dataset.review || null));
document.getElementById("bulk-apply").addEventListener("click", async () => {
  const name = document.getElementById("bulk-indicator").value.trim();
  const taken = chosen();
  const indicator = name && (await indicatorOf(name));
  if (indicator) change(taken, () => ({ indicator, indicator_name: name }));
});
document.getElementById("workbook").addEventListener("change", ({ target }) => {
  bringBack(target.files[0], signed, fresh);
  target.value = "";
});
document.addEventListener("keydown", keys);
await Promise.all([fresh(), suggestIndicators(document.getElementById("indicator-names"))]);
if (address.get("id")) only(address.get("id"));

function wish() {
  return Object.fromEntries([...filter.elements].filter((f) => f.name && f.value.trim()).map((f) => [f.name, f.value.trim()]));
}

/** Keep the filters in the address; the order only where it is not the usual one. */
function keepAddress() {
  const { sort, ...narrowed } = wish();
  const usual = filter.elements.sort.querySelector("[selected]").value;
  const given = new URLSearchParams({ ...narrowed, ...(sort === usual ? {} : { sort }) });
  history.replaceState(null, "", `${given}` ? `?${given}` : location.pathname);
}

async function fresh() {
  const mine = ++round;
  next = null;
  const { sort, ...narrowed } = wish();
  document.getElementById("export").hidden = sort === "conflict"; // no file holds this choice
  document.getElementById("export").href = `/v1/exports?${new URLSearchParams({ format: "xlsx", ...narrowed })}`;
  await page(mine, true);
}

async function page(mine, first = false) {
  try {
    const told = await get("/v1/desk/facts", { ...wish(), cursor: next, limit: 100 });
    if (mine !== round) return;
    const kept = Object.keys(typed()).length ? rows.get(current) : null;
    if (first) { body.replaceChildren(); rows.clear(); }
    if (first && !kept) show(null);
    for (const fact of told.items) body.append(put(fact));
    if (kept) rows.set(kept.id, kept); // what is being edited stays, as it was read
    if (first && !told.items.length) body.append(noRows(9, word("none.figures")));
    next = told.next;
    more.hidden = !next;
    count();
  } catch (error) {
    if (mine !== round) return;
    if (!first) return notify(error.message);
    body.replaceChildren(noRows(9, error.message)); // no rows of another filter under this one
    rows.clear();
    more.hidden = true;
    count();
  }
}

async function only(id) {
  try {
    const fact = await get(`/v1/facts/${id}`);
    if (!rows.has(id)) body.prepend(put(fact));
    show(id);
  } catch (error) {
    notify(error.message);
  }
}

function put(fact) {
  const made = make("tr", [fact.review === "not_used" && "put-aside", fact.id === current && "current"].filter(Boolean).join(" "));
  made.dataset.id = fact.id;
  const box = make("input", "");
  box.type = "checkbox";
  box.setAttribute("aria-label", `${nameOf(fact.place)} ${fact.indicator_name} ${fact.text}`);
  const open = button(fact.indicator_name || fact.object || "—", "link", () => choose(fact.id));
  const place = make("td", "", nameOf(fact.place) || "—", make("span", "about", bodyOf(fact)));
  const flags = fact.flags.filter((flag) => flag !== "no_period" || !fact.doubt).map((flag) => make("span", `flag ${flag}`, flagOf(fact, flag)));
  made.append(make("td", "", box), place, make("td", "", open), make("td", "", fact.text), make("td", fact.as_written ? "number" : "number unlike", fact.value_high ? `${fact.value}–${fact.value_high}` : fact.value), make("td", "", fact.unit ?? ""), make("td", "", periodOf(fact.period)), make("td", "short", word(`status.${fact.status}`)), make("td", "", fact.doubt && make("span", "flag failed", fact.doubt), fact.as_written ? null : make("span", "flag failed", word("unlike.text")), ...fact.ties.map((tie) => make("span", "flag", tie)), ...flags));
  made.addEventListener("click", (event) => { if (!event.target.closest("input, button")) choose(fact.id); });
  rows.set(fact.id, fact);
  return made;
}

/** The body below the place whose figure it is, or else the level where it is not the place's own. */
function bodyOf(fact) {
  if (fact.subject_level === fact.place?.level) return "";
  const named = fact.subject && fact.subject !== fact.place?.name;
  return named ? `${fact.subject}（${word(`level.${fact.subject_level}`)}）` : word(`level.${fact.subject_level}`);
}

/** Put a fact in the place of what it was; what is chosen and focused stays so, and what is typed where `keep`. */
function replace(fact, keep = false) {
  const old = body.querySelector(`[data-id="${fact.id}"]`);
  const checked = old?.querySelector("input").checked;
  const focused = old?.contains(document.activeElement) && document.activeElement.tagName;
  const kept = keep && fact.id === current ? typed() : {};
  const made = put(fact);
  made.querySelector("input").checked = Boolean(checked);
  if (old) old.replaceWith(made);
  if (focused) made.querySelector(focused)?.focus();
  if (fact.id !== current) return;
  show(fact.id);
  for (const [field, value] of Object.entries(kept)) card.querySelector("form").elements[field].value = value;
}

/** Show another fact, unless what is typed is to be kept. */
function choose(id) {
  if (id !== current && Object.keys(typed()).length && !confirm(word("leave.typed"))) return;
  const before = current;
  show(id);
  if (!narrow.matches) return;
  if (id) slot(card, "head").focus({ preventScroll: true });
  else body.querySelector(`[data-id="${before}"] .link`)?.focus();
}

/** What is typed into the card and not saved, by field. */
function typed() {
  const form = card.querySelector("form");
  const fact = rows.get(current);
  if (!form || !fact) return {};
  return Object.fromEntries(EDITED.map((field) => [field, form.elements[field].value.trim()]).filter(([field, value]) => value !== said(fact, field)));
}

function show(id) {
  body.querySelector(".current")?.classList.remove("current");
  current = id;
  card.hidden = !id;
  card.parentElement.classList.toggle("with-card", Boolean(id));
  if (!id) return card.replaceChildren();
  const fact = rows.get(id);
  const row = body.querySelector(`[data-id="${id}"]`);
  row?.classList.add("current");
  row?.scrollIntoView({ block: "nearest" });
  const drawn = copy("t-card");
  slot(drawn, "head").textContent = [nameOf(fact.place), fact.indicator_name].filter(Boolean).join("：");
  slot(drawn, "whose").textContent = bodyOf(fact);
  slot(drawn, "judged").textContent = fact.review ? flagOf(fact, fact.review) : "";
  drawn.querySelector(".close").addEventListener("click", () => choose(null));
  for (const each of drawn.querySelectorAll("[data-judge]")) each.addEventListener("click", () => change([id], () => ({ review: each.dataset.judge || null })));
  slot(drawn, "sentence").append(...around(fact));
  const source = slot(drawn, "source");
  source.href = `/articles/${fact.article}?start=${fact.start}&end=${fact.end}`;
  source.textContent = `${word("open")}：${fact.name}`;
  const [start, end] = fact.sentence_span;
  source.after(gatherButton("link", [{ article: fact.article, start, end }], fact.sentence));
  editor(slot(drawn, "form"), fact);
  slot(drawn, "unlike").textContent = fact.as_written ? "" : word("unlike.said", { text: fact.text });
  slot(drawn, "history").append(...fact.history.map((c) => make("li", "", changeOf(c), "　", restorer(fact, c))));
  if (!fact.history.length) slot(drawn, "history").append(make("li", "hint", word("none.history")));
  card.replaceChildren(drawn);
  card.scrollTop = 0;
  conflicts(fact);
}

/** A button that sets back what a change changed; none where it is so. */
function restorer(fact, past) {
  const changes = toRestore(fact, past);
  if (!changes.length) return null;
  const made = button(word("undo"), "link", () => change([fact.id], () => before(changes)));
  made.setAttribute("aria-label", `${word("undo")}：${changeOf(past)}`);
  return made;
}

/** Tell in the card which figures a figure contradicts. */
async function conflicts(fact) {
  if (fact.doubt !== word("flag.contradicted")) return;
  const { contradicting } = await get(`/v1/facts/${fact.id}`).catch(() => ({ contradicting: [] }));
  const list = slot(card, "conflicts");
  if (current !== fact.id || !contradicting.length) return;
  list.querySelector("ul").replaceChildren(...contradicting.map((other) => make("li", "", make("b", "", other.text), " ", link(`/articles/${other.article}?start=${other.start}&end=${other.end}`, "", other.name), make("p", "quote", ...around(other)))));
  list.hidden = false;
}

function editor(form, fact) {
  for (const field of EDITED) {
    const id = `edit-${field}`;
    const label = make("label", "", word(`field.${field}`));
    label.htmlFor = id;
    const input = make(GROUPS[field] ? "select" : "input", "");
    input.id = id;
    input.name = field;
    if (GROUPS[field]) input.append(...labels(GROUPS[field]).map(([code, text]) => Object.assign(make("option", "", text), { value: code })));
    if (field === "indicator_name") input.setAttribute("list", "indicator-names");
    input.value = said(fact, field);
    form.append(make("div", "", label, input));
  }
  form.append(make("p", "actions", Object.assign(make("button", "button primary", word("save.edit")), { type: "submit" })));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(Object.entries(typed()).map(([field, value]) => [field, value || null]));
    if (fields.indicator_name) fields.indicator = await indicatorOf(fields.indicator_name);
    if (fields.indicator_name && !fields.indicator) return;
    if (Object.keys(fields).length) change([fact.id], () => fields, false);
  });
}

function said(fact, field) {
  const known = { place: nameOf(fact.place), period_text: fact.period.text, period_start: fact.period.start, period_end: fact.period.end };
  return String((field in known ? known[field] : fact[field]) ?? "");
}

/** Say something of what is chosen, or else of what the card shows; what of it was judged otherwise is asked about. */
function review(value) {
  const ids = chosen().length ? chosen() : current ? [current] : [];
  const otherwise = value && ids.length > 1 ? ids.filter((id) => rows.get(id).review && rows.get(id).review !== value) : [];
  const told = otherwise.length && word("review.sure", { n: otherwise.length, old: word(`flag.${rows.get(otherwise[0]).review}`), new: word(`flag.${value}`) });
  if (!told || confirm(told)) change(ids, () => ({ review: value }));
}

/** Correct facts, as many at once as the server takes; `keep` what is typed into the card meanwhile. */
async function change(ids, fieldsOf, keep = true) {
  const author = ids.length ? await signed() : null;
  if (author === null) return;
  const undone = new Map();
  let written = 0;
  const fault = slot(card, "fault");
  if (fault) fault.textContent = "";
  try {
    for (let at = 0; at < ids.length; at += MOST) {
      const facts = await Promise.all(ids.slice(at, at + MOST).map((id) => rows.get(id) ?? get(`/v1/facts/${id}`)));
      const changes = facts.map((fact) => ({ fact: fact.id, version: fact.version, fields: fieldsOf(fact) }));
      const told = await send("POST", "/v1/corrections", { author, changes });
      told.items.forEach((fact, n) => {
        const made = fact.history.slice(facts[n].version);
        if (made.length) undone.set(fact.id, before(made));
        if (rows.has(fact.id)) replace(fact, keep);
      });
      written += told.items.length;
    }
    const back = undone.size ? { text: word("take.back"), run: () => change([...undone.keys()], (fact) => undone.get(fact.id)) } : null;
    notify(word("written", { n: written }), back);
  } catch (error) {
    if (written) error.message = word("written.part", { n: written, why: error.message });
    if (fault) fault.textContent = error.message;
    if (error.status === 409) notify(error.message, { text: word("conflict.load"), run: () => reload(ids) });
    else if (!fault) notify(error.message);
  }
  count();
}

/** Show facts as they now are; what was typed into the card is told beside them. */
async function reload(ids) {
  const mine = Object.entries(typed());
  try {
    await Promise.all(ids.map(async (id) => replace(await get(`/v1/facts/${id}`))));
  } catch (error) {
    return notify(error.message);
  }
  const told = ids.includes(current) && slot(card, "typed");
  if (!told || !mine.length) return;
  told.querySelector("span").textContent = mine.map(([field, value]) => `${word(`field.${field}`)} ${changedTo(field, value)}`).join("；");
  told.hidden = false;
}

function chosen() {
  return [...body.querySelectorAll("input:checked")].map((box) => box.closest("tr").dataset.id);
}

function count() {
  const n = chosen().length;
  all.checked = n > 0 && n === body.querySelectorAll("input").length;
  document.getElementById("chosen").textContent = n ? word("chosen", { n }) : "";
}

function keys(event) {
  if (document.querySelector("dialog[open]")) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  const ids = [...rows.keys()];
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  const act = {
    a: () => review("confirmed"), x: () => review("not_used"), z: () => review(null), e: () => { const field = document.getElementById("edit-value"); field?.focus(); field?.select(); },
    o: () => { if (current) location.assign(slot(card, "source").href); }, Escape: () => choose(null),
    " ": () => { const box = body.querySelector(".current input"); if (box) { box.checked = !box.checked; count(); } },
  }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (step && ids.length) choose(ids[Math.max(0, Math.min(ids.length - 1, ids.indexOf(current) + step))]);
  else if (act && !(event.key === " " && event.target.closest("button, input"))) act();
  else return;
  event.preventDefault();
}

// --- indicators -----------------------------------------------------------------------------------------------------

/** The id of an indicator of that name; a new name has an open id of its own. Empty where that cannot be asked. */
async function indicatorOf(name) {
  try {
    return (await indicatorNamed(name)) ?? `open.${name}`;
  } catch (error) {
    notify(error.message);
    return "";
  }
}
