// Places beside each other: figures by indicator, or sentences by aspect; every cell opens its source.

import { refButton, saveAs, tableOf } from "./answer.js";
import { get, send } from "./api.js";
import { chartOf, timesOf } from "./chart.js";
import { fileOf, notesOf } from "./compared.js";
import { button, link, make, notify, parted, tabs, word } from "./dom.js";
import { gatherButton, spansOf } from "./gather.js";
import { mapOf } from "./map.js";
import { closeReader, openReader } from "./reader.js";
import { suggest } from "./suggest.js";

const MOST_LINES = 40;
const form = document.getElementById("choose");
const result = document.getElementById("result");
const fault = document.getElementById("fault");
const chosen = document.getElementById("chosen-indicators");
const field = document.getElementById("c-indicator");
const picked = [];
let aspects = [];
let listed = null;
let byTheme = false;
let round = 0;
let reading = Promise.resolve();

const choose = tabs(form.querySelector(".tabs"), (tab) => { byTheme = tab.id === "by-theme"; });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeReader(); });
field.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); pick(field.value); } });
field.addEventListener("change", () => pick(field.value));
form.addEventListener("submit", (event) => { event.preventDefault(); compare(); });
document.getElementById("codebook").addEventListener("change", (event) => { reading = readBook(event); });
document.getElementById("c-list").addEventListener("change", (event) => { reading = readList(event); });
indicators();
suggest(form.elements.places, document.getElementById("place-names"));
fromAddress();

async function indicators() {
  try {
    const { items } = await get("/v1/indicators", { used: true, limit: 1000 });
    document.getElementById("indicator-names").append(...items.map((each) => Object.assign(make("option", ""), { value: each.name })));
  } catch (error) {
    notify(error.message);
  }
}

async function readList(event) {
  const file = event.target.files[0];
  const form = new FormData();
  form.append("file", file);
  event.target.value = "";
  fault.textContent = "";
  try {
    listed = await send("POST", "/v1/desk/places", form);
    fault.textContent = listed.problems.join(" ");
    const chip = button(`${file.name}：${word("places", { n: listed.items.length })} ×`, "chip", () => { listed = null; chip.parentElement.remove(); });
    chip.title = listed.items.map((place) => place.name).join("、");
    document.getElementById("chosen-list").replaceChildren(make("li", "", chip));
  } catch (error) {
    fault.textContent = error.message;
  }
}

/** The user's own aspects; without a file the library's. */
async function readBook(event) {
  const file = event.target.files[0];
  const told = document.getElementById("codebook-name");
  aspects = [];
  told.textContent = "";
  fault.textContent = "";
  if (!file) return;
  const form = new FormData();
  form.append("file", file);
  event.target.value = "";
  try {
    aspects = (await send("POST", "/v1/desk/codebook", form)).items;
    told.textContent = `${file.name}（${aspects.map((a) => a.name).join("、")}）`;
  } catch (error) {
    fault.textContent = error.message;
  }
}

function pick(name) {
  if (!name.trim() || picked.includes(name.trim())) return;
  picked.push(name.trim());
  field.value = "";
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
  for (const name of asked.getAll("indicator")) pick(name);
  if (asked.get("theme")) {
    form.elements.theme.value = asked.get("theme");
    choose(document.getElementById("by-theme"), false);
  }
  if ([...asked.keys()].length) compare();
}

async function compare() {
  pick(field.value);
  fault.textContent = "";
  closeReader();
  await reading; // a file just chosen counts
  const places = parted(form.elements.places.value);
  const theme = form.elements.theme.value.trim();
  const where = listed ? { places: listed.items.map((place) => place.adcode), order: "given" } : places.length ? { places } : {};
  const asked = { ...where, ...(byTheme ? { theme, aspects } : { indicators: picked }) };
  if (byTheme && !theme) { form.elements.theme.focus(); return; }
  const address = [...(places.length ? [["places", places.join("、")]] : []), ...(byTheme ? [["theme", theme]] : picked.map((name) => ["indicator", name]))];
  history.replaceState(null, "", address.length ? `?${new URLSearchParams(address)}` : location.pathname);
  const mine = ++round;
  result.setAttribute("aria-busy", "true");
  result.replaceChildren(make("p", "waiting", word("asking")));
  try {
    const told = await send("POST", "/v1/compare", asked);
    if (mine === round) show(told);
  } catch (error) {
    if (mine !== round) return;
    result.replaceChildren();
    fault.textContent = error.message;
  }
  if (mine === round) result.setAttribute("aria-busy", "false");
}

function show(told) {
  const cited = new Map(told.citations.map((c) => [c.n, c]));
  const ref = (n) => refButton(cited.get(n), n, openReader);
  const names = new Map(told.rows.map((row) => [row.place.adcode, row.place.name]));
  const card = make("article", "told");
  const rows = make("div", told.kind === "theme" ? "rows matrix" : "rows");
  rows.tabIndex = 0;
  rows.setAttribute("role", "region");
  rows.setAttribute("aria-label", word("table"));
  if (told.rows.length) rows.append(tableOf(told.table, ref, true));
  else rows.append(make("p", "hint", word("none")));
  takeRows(rows, told, cited);
  card.append(rows);
  if (told.kind === "indicators") card.append(...told.columns.map((_, at) => chart(told, at)).filter(Boolean));
  if (told.points.length) card.append(points(told.points, ref));
  const notes = notesOf(told);
  if (notes.length) card.append(make("section", "caveats", make("h2", "", word("note")), make("ul", "", ...notes.map((note) => make("li", "", note)))));
  if (told.places_without.length) card.append(make("p", "coverage", word("covered.without", { places: told.places_without.map((code) => names.get(code) ?? code).join("、") })));
  const actions = make("p", "actions", button(word("save.table"), "button", () => save(told)));
  if (told.kind === "theme") actions.append(link(`/digests?theme=${encodeURIComponent(told.theme)}`, "button", word("to.digest")));
  card.append(actions);
  result.replaceChildren(card);
  if (told.kind === "indicators") for (const column of told.columns) times(told, column, actions);
}

/** Beside each place's name, its row to be put into a digest. */
function takeRows(drawn, told, cited) {
  drawn.querySelectorAll("tbody tr").forEach((row, at) => {
    const said = [...new Set(told.table.cell_citations[at].flat())].map((n) => cited.get(n));
    const heading = told.rows[at].place.name;
    const take = gatherButton("link take", spansOf(said), [heading, ...said.map((c) => c.quote)].join("\n"), { heading });
    if (!take) return;
    take.title = `${word("gather")}：${heading}`;
    take.setAttribute("aria-label", take.title);
    take.textContent = "";
    row.cells[0].append(take);
  });
}

/** What the places told of an indicator at several dates, as lines, where there is any such place. */
async function times(told, column, before) {
  const places = told.rows.map((row) => row.place.adcode);
  if (!places.length || places.length > MOST_LINES) return;
  const query = new URLSearchParams([["indicator", column.indicator], ["status", "done"], ["limit", "1000"], ...places.map((p) => ["place", p])]);
  const { items } = await get(`/v1/facts?${query}`).catch(() => ({ items: [] }));
  const series = told.rows.map(({ place }) => {
    const own = items.filter((f) => f.place?.adcode === place.adcode && f.subject_level === place.level && f.period.end && !f.duplicate_of && !f.flags.includes("not_used"));
    const dated = new Map(own.map((f) => [f.period.end, Number(f.value)]));
    return { name: place.name, points: [...dated].sort(([a], [b]) => a.localeCompare(b)) };
  }).filter((each) => each.points.length > 1);
  if (!series.length || !before.isConnected) return;
  const figure = make("figure", "chart", make("figcaption", "hint", column.name));
  timesOf(figure, series, items[0].unit ?? "");
  before.before(figure);
}

/** A chart, and a map where one is configured, of one column of figures. */
function chart(told, at) {
  const column = told.columns[at];
  const rows = told.rows.filter((row) => row.cells[at]).map((row) => [row.place.name, row.cells[at].shown, column.unit ?? ""]);
  const figure = make("figure", "chart");
  figure.hidden = true;
  figure.append(make("figcaption", "hint", column.name));
  chartOf(figure, { columns: [word("place"), column.name, word("field.unit")], rows });
  const filled = told.rows.filter((row) => row.cells[at]).map((row) => ({ adcode: row.place.adcode, value: Number(row.cells[at].value), shown: row.cells[at].shown }));
  mapOf(figure, filled, column.unit ?? "");
  return figure.hidden ? null : figure;
}

/** Figures of bodies below the places, apart. */
function points(given, ref) {
  const rows = given.map((p) => make("li", "", [p.place?.name, p.subject, p.indicator_name, p.text].filter(Boolean).join("　"), ...p.citations.map(ref)));
  return make("details", "points", make("summary", "", `${word("points")}（${given.length}）`), make("ul", "plain", ...rows));
}

function save(told) {
  const file = fileOf(told);
  return saveAs(word("save.comparison", { question: file.question.slice(0, 40) }), file);
}
