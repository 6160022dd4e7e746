// A comparison, drawn: its table with what each figure needs to be read, charts, time lines, figures apart, notes.

import { keep, refButton, saveAs, tableOf } from "./answer.js";
import { chartOf, timesOf, withoutWider } from "./chart.js";
import { fileOf, notesOf } from "./compared_file.js";
import { button, link, make, periodOf, word } from "./dom.js";
import { gatherButton, spansOf } from "./gather.js";
import { mapOf } from "./map.js";

/** Places whose dates make one time line that can be read. */
const MOST_LINES = 40;

/** The article of what was compared at places `named`, of all for none; `open(citation, opener)` opens a source. */
export function draw(told, named, open) {
  const asked = `${word("place")}：${named.join("、") || word("plan.everywhere")}`;
  const cited = new Map(told.citations.map((c) => [c.n, c]));
  const ref = (n) => refButton(cited.get(n), n, open);
  const names = new Map(told.rows.map((row, r) => [row.place.adcode, told.table.rows[r][0]]));
  const figures = told.kind === "indicators";
  const card = make("article", "told", make("h2", "", titleOf(told)), make("p", "about", [asked, word("compared.on", { date: today() }), word(`order.${told.order}`) + word(figures ? "compared.figures" : "compared.theme")].join("　")));
  const rows = make("div", figures ? "rows" : "rows matrix");
  rows.tabIndex = 0;
  rows.setAttribute("role", "region");
  rows.setAttribute("aria-label", word("table"));
  if (!told.rows.length) rows.append(make("p", "hint", word("none.compared")));
  else rows.append(tableOf(told.table, ref, true, figures ? (r, c) => cellOf(told, r, c, ref) : undefined));
  takeRows(rows, told, cited);
  card.append(rows);
  if (figures) told.columns.forEach((column, at) => card.append(...[chart(told, at, names), times(told, at, names, ref)].filter(Boolean)));
  if (told.points.length) card.append(points(told.points, ref));
  const notes = notesOf(told);
  if (notes.length) card.append(make("section", "caveats", make("h2", "", word("note")), make("ul", "", ...notes.map((note) => make("li", "", note)))));
  if (told.places_without.length) card.append(make("p", "coverage", word("covered.without", { places: told.places_without.map((code) => names.get(code) ?? code).join("、") })));
  const actions = make("p", "actions", button(word("save.table"), "button", () => save(told, asked)));
  if (!figures) actions.append(link(`/digests?${new URLSearchParams({ theme: told.theme, template: "comparison", places: named.join("、") })}`, "button", word("to.digest")));
  card.append(actions, make("ol", "printed", ...told.citations.map((c) => make("li", "", `[${c.n}] ${c.quote}（${c.title}，${c.name}）`))));
  return card;
}

function titleOf(told) {
  return told.theme ?? told.columns.map((column) => column.name).join("、");
}

function today() {
  return new Date().toLocaleDateString("sv");
}

/** Under a cell's number: how it is written, when it was so, what else is to be known; the other figures folded away. */
function cellOf(told, r, c, ref) {
  const cell = c > 0 ? told.rows[r].cells[c - 1] : null;
  if (!cell) return [];
  const made = [make("span", "about", aboutOf(cell, told.columns[c - 1].unit))];
  for (const name of ["others", "parts"]) {
    const figures = cell[name].map((other) => make("li", "", ...keep(other.text, other.citations.map(ref)), make("span", "about", aboutOf(other))));
    if (figures.length) made.push(make("details", "others", make("summary", "", word(name, { n: figures.length })), make("ul", "", ...figures)));
  }
  return made;
}

/** When a figure was so and what its number alone does not tell; `unit` is that of its column. */
function aboutOf(figure, unit) {
  const written = unit !== undefined && figure.text !== figure.shown + (unit ?? "") ? word("as.written", { text: figure.text }) : "";
  return [written, periodOf(figure.period), figure.remarks].filter(Boolean).join("；");
}

/** A chart, and a map where one is configured, of one column of figures; a place that contains another is left out. */
function chart(told, at, names) {
  const column = told.columns[at];
  const { kept, wider } = withoutWider(told.rows.filter((row) => row.cells[at]), (row) => row.place.adcode);
  const filled = kept.map((row) => ({ adcode: row.place.adcode, name: names.get(row.place.adcode), value: Number(row.cells[at].value), shown: row.cells[at].shown }));
  const figure = make("figure", "chart");
  figure.hidden = true;
  const left = wider.length ? word("chart.wider", { places: wider.map((row) => names.get(row.place.adcode)).join("、") }) : "";
  figure.append(make("figcaption", "hint", [column.name, left].filter(Boolean).join("　")));
  chartOf(figure, { columns: [word("place"), column.name, word("field.unit")], rows: filled.map((row) => [row.name, row.shown, column.unit ?? ""]) });
  mapOf(figure, filled, column.unit ?? "");
  return figure.hidden ? null : figure;
}

/** What places told of an indicator at several dates, as lines, each point listed with its source below. */
function times(told, at, names, ref) {
  const column = told.columns[at];
  const rows = told.rows.filter((row) => row.cells[at]?.times.length);
  if (!rows.length || rows.length > MOST_LINES) return null;
  const unit = column.unit ?? "";
  const dated = rows.map((row) => ({ name: names.get(row.place.adcode), dates: byDate(row.cells[at].times) }));
  const list = dated.map(({ name, dates }) => make("li", "", `${name}：`, ...dates.flatMap(([date, all], n) => [n ? "；" : "", `${date} `, ...all.flatMap((each) => pointOf(each, unit, ref)), all.length > 1 ? make("b", "", word("times.clash")) : ""])));
  const lines = dated.map(({ name, dates }) => ({ name, points: dates.filter(([, all]) => all.length === 1).map(([date, [each]]) => [date, Number(each.value)]) })).filter((line) => line.points.length > 1);
  const figure = make("figure", "chart times", make("figcaption", "hint", column.name));
  const under = make("ul", "plain", ...list);
  if (lines.length) timesOf(figure, lines, unit, under);
  else figure.append(under);
  return figure;
}

/** Figures by the end of their period: [date, figures]. */
function byDate(figures) {
  const dates = new Map();
  for (const each of figures) dates.set(each.period.end, [...(dates.get(each.period.end) ?? []), each]);
  return [...dates];
}

function pointOf(each, unit, ref) {
  const remark = each.bound === "exact" ? "" : `（${each.remarks}）`;
  return [`${each.shown}${unit}${remark}`, ...each.citations.map(ref), " "];
}

/** Figures of bodies below the places, apart. */
function points(given, ref) {
  const rows = given.map((p) => make("li", "", [p.place?.name, p.subject, p.indicator_name, p.text].filter(Boolean).join("　"), ...p.citations.map(ref)));
  return make("details", "points", make("summary", "", `${word("points")}（${given.length}）`), make("ul", "plain", ...rows));
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

/** The comparison as a file; `asked` says where in words. */
function save(told, asked) {
  const file = fileOf(told, asked);
  return saveAs(word("save.comparison", { question: file.question.slice(0, 40) }), file);
}
