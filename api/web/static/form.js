// A report form filled from the library: how it is read is shown and corrected, then it is saved.

import { response, send } from "./api.js";
import { save } from "./cite.js";
import { around, button, copy, make, noRows, notify, slot, word } from "./dom.js";
import { closeReader, openReader } from "./reader.js";
import { suggest, suggestIndicators } from "./suggest.js";

const form = document.getElementById("asked");
const input = document.getElementById("form-file");
const fault = document.getElementById("fault");
const result = document.getElementById("result");
/** Rows of each table that are drawn. */
const MOST = 300;
/** How sure a reading is, as the server says it. */
const [LIKELY, BY_HAND] = ["较有把握", "人工指定"];
let file = null;
/** The mapping as it stands in the fields, as the server takes it back; null before a form was read. */
let mapping = null;
let round = 0;

document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeReader(); });
input.addEventListener("change", () => {
  if (input.files[0]) choose(input.files[0]);
  input.value = "";
});
form.addEventListener("submit", (event) => { event.preventDefault(); look(); });
suggest(form.elements.place, document.getElementById("place-names"));
suggestIndicators(document.getElementById("indicator-names"));

/** Take a form, or none; what was read of another says nothing of it. */
function choose(chosen) {
  [file, mapping, fault.textContent] = [chosen, null, ""];
  round += 1;
  closeReader();
  result.replaceChildren();
  result.setAttribute("aria-busy", "false");
  const chip = chosen && button(`${chosen.name} ×`, "chip", () => { choose(null); input.focus(); });
  chip?.setAttribute("aria-label", `${word("remove")}：${chosen.name}`);
  document.getElementById("form-chosen").replaceChildren(...(chip ? [make("li", "", chip)] : []));
  if (chosen) look();
}

function asked() {
  const sent = new FormData();
  sent.append("file", file);
  if (mapping) sent.append("mapping", new File([JSON.stringify(mapping)], word("form.mapping"), { type: "application/json" }));
  for (const name of ["place", "period"]) if (form.elements[name].value.trim()) sent.append(name, form.elements[name].value.trim());
  return sent;
}

async function look() {
  fault.textContent = "";
  if (!file) {
    fault.textContent = word("form.none");
    input.focus();
    return;
  }
  const mine = ++round;
  closeReader();
  result.setAttribute("aria-busy", "true");
  if (!mapping) result.replaceChildren(make("p", "waiting", word("form.reading")));
  try {
    const told = await send("POST", "/v1/fills/preview", asked());
    if (mine === round) draw(told);
  } catch (error) {
    if (mine !== round) return;
    if (!mapping) result.replaceChildren();
    fault.textContent = error.message;
    fault.scrollIntoView({ block: "nearest" });
  }
  if (mine === round) result.setAttribute("aria-busy", "false");
}

function draw(told) {
  const within = result.contains(document.activeElement);
  mapping = told.mapping;
  const drawn = copy("t-form");
  const count = word("form.counts", told) + (told.doubtful ? word("form.doubtful", told) : "");
  slot(drawn, "head").textContent = count;
  slot(drawn, "notes").replaceChildren(...told.notes.map((text) => make("li", "", text)));
  const again = slot(drawn, "again");
  again.addEventListener("click", look);
  slot(drawn, "save").addEventListener("click", download);
  const changed = () => { again.disabled = false; };
  const entries = [...mapping.columns, ...mapping.places, ...mapping.periods];
  const unread = entries.filter(isUnread);
  const rows = [...unread, ...entries.filter((each) => !unread.includes(each))].map((each) => entry(each, changed));
  fill(slot(drawn, "mapping"), rows, 5);
  fill(slot(drawn, "figures"), told.figures.map(figure), 4);
  fill(slot(drawn, "left"), told.left.map(left), 3);
  result.replaceChildren(drawn);
  if (within) result.querySelector("h2").focus();
}

function isUnread(entry) {
  return !entry.indicators.length && !entry.adcode && entry.kind !== "时间";
}

function fill(table, rows, columns) {
  const more = rows.length > MOST ? [noRows(columns, word("form.more", { n: rows.length - MOST }))] : [];
  table.tBodies[0].replaceChildren(...(rows.length ? rows.slice(0, MOST) : [noRows(columns, word("none"))]), ...more);
}

/** What a head or a name of the form was read as, to be typed over. */
function entry(each, changed) {
  const sheet = `${each.sheet} ${each.range ?? ""}`.trim();
  const field = (name, list) => {
    const typed = make("input", "");
    typed.value = each[name] ?? "";
    typed.maxLength = 60;
    typed.setAttribute("aria-label", `${each.text}：${word(`form.${name}`)}`);
    if (list) typed.setAttribute("list", list);
    typed.addEventListener("input", () => { Object.assign(each, asRead(each), { [name]: typed.value.trim() }); changed(); });
    return typed;
  };
  const what = { 指标: () => field("indicator_name", "indicator-names"), 地方: () => field("place", "place-names"), 时间: () => "" }[each.kind]();
  const unit = each.kind === "指标" ? field("unit") : "";
  const period = each.kind === "地方" ? "" : field("period");
  const sure = make("span", isUnread(each) ? "flag failed" : "flag", each.sure ?? "");
  const trusted = each.indicators.length && each.sure === LIKELY ? confirm(each) : null;
  return make("tr", "", make("td", "", make("b", "", each.text), make("span", "about", sheet)), make("td", "", what), make("td", "short-field", unit), make("td", "", period), make("td", "", sure, trusted, each.note ? make("span", "about", each.note) : null));
}

/** A name typed is laid over what the program read, not over what was typed before. */
function asRead(each) {
  if (each.kind === "地方") return { adcode: each.read_as };
  const ids = (each.read_as ?? "").split("｜")[0].split("、").filter(Boolean);
  return each.kind === "指标" ? { indicators: ids, sure: each.sure === BY_HAND ? null : each.sure } : {};
}

/** A way to have what was read with some doubt filled as it is. */
function confirm(each) {
  const made = button(word("form.confirm"), "link", () => { each.sure = BY_HAND; look(); });
  made.setAttribute("aria-label", `${word("form.confirm")}：${each.text}，${each.indicator_name}`);
  return made;
}

function where(each) {
  return make("td", "", each.cell, make("span", "about", each.sheet));
}

function named(each) {
  return make("td", "", [each.place, each.text].filter(Boolean).join("　"), each.indicator_name && each.indicator_name !== each.text ? make("span", "about", each.indicator_name) : null);
}

function figure(each) {
  const value = make("td", "number", each.value, each.unit ? make("span", "unit", each.unit) : null);
  const open = button(each.title || word("untitled"), "link", () => openReader({ article: each.article, field: "body", start: each.start, end: each.end, quote: each.sentence, n: null }, open));
  const notes = each.notes.length ? make("p", "fault-line", each.notes.join("；")) : null;
  const row = make("tr", "", where(each), named(each), value, make("td", "", make("span", "quote", ...around({ sentence: each.sentence, text: each.said })), make("span", "about", open, `　${each.name}`), notes));
  if (each.doubtful) row.classList.add("current");
  return row;
}

function left(each) {
  return make("tr", "", where(each), named(each), make("td", "", each.reason, each.detail ? make("span", "about", each.detail) : null));
}

async function download() {
  notify(word("downloading"));
  try {
    const given = await response("/v1/fills", { method: "POST", body: asked() });
    const ending = file.name.match(/\.\w+$/)[0];
    save(word("form.saved", { name: file.name.slice(0, -ending.length), ending }), await given.blob(), "application/octet-stream");
    notify("");
  } catch (error) {
    notify(error.message);
  }
}
