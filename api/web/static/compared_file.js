// A comparison as a file: its table, what each figure says, the figures of bodies below, every note and source.

import { reference } from "./cite.js";
import { labels, word } from "./dom.js";

const COLUMNS = ["place", "indicator", "said", "value", "field.unit", "field.period_text", "state", "remarks"];
const POINTS = ["place", "field.subject", "field.subject_level", "indicator", "field.object", "said", "state"];

/** What the server is to write; `asked` says where in words. */
export function fileOf(told, asked) {
  const question = told.theme ?? told.columns.map((column) => column.name).join("、");
  return {
    question, text: asked, table: { ...told.table, name: word("sheet.compared") }, more: [figures(told), points(told)].filter((each) => each.rows.length),
    caveats: notesOf(told), sources: told.citations.map((c) => [c.n, reference(c, told), c.quote]),
    articles: told.citations.map((c) => c.article), format: "xlsx",
  };
}

/** The notes of the whole and of each column. */
export function notesOf(told) {
  return [...told.notes, ...told.columns.flatMap((column) => column.notes.map((note) => `${column.name}：${note}`))];
}

/** Every figure of the table on a row of its own, and what else the sources of its place say. */
function figures(told) {
  const rows = told.kind !== "indicators" ? [] : told.rows.flatMap(({ place, cells }) => cells.flatMap((cell, at) => {
    if (!cell) return [];
    const { name, unit } = told.columns[at];
    const beside = (figures, kind) => figures.map((each) => [[place.name, name, each.text, "", "", "", "", word(kind)], each.citations]);
    const others = [...beside(cell.others, "other"), ...beside(cell.parts, "part")];
    return [[[place.name, name, cell.text, cell.shown, unit ?? "", cell.period.text || cell.period.end || word("basis.none"), word(`status.${cell.status}`), cell.remarks], cell.citations], ...others];
  }));
  return table("sheet.figures", COLUMNS, rows);
}

function points(told) {
  const levels = Object.fromEntries(labels("level"));
  return table("points", POINTS, told.points.map((p) => [[p.place?.name ?? "", p.subject, levels[p.level] ?? p.level, p.indicator_name, p.object, p.text, word(`status.${p.status}`)], p.citations]));
}

/** Rows of [cells, the numbers of their sources], the numbers at the last cell. */
function table(name, columns, rows) {
  return {
    name: word(name), columns: columns.map((column) => word(column)), rows: rows.map(([cells]) => cells),
    cell_citations: rows.map(([cells, numbers]) => cells.map((_, at) => (at === cells.length - 1 ? numbers : []))),
  };
}
