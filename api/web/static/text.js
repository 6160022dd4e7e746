// An article's body as elements, with spans of it marked. Offsets are code points, not UTF-16 units.

import { make, word } from "./dom.js";

/**
 * The body's lines as paragraphs, headings and tables, captions after the line in which they stood.
 * `marks` are {start, end, tag, className, title, id}; where several cover a character, the first in the list shows.
 */
export function bodyOf(article, marks, captionMarks = []) {
  const all = [...marks, ...article.repeats.map(([start, end]) => ({ start, end, tag: "span", className: "repeat", title: word("repeat") }))];
  const headings = new Map((article.headings ?? []).map((h) => [h.start, h.level]));
  const grids = new Map((article.tables ?? []).filter((t) => t.rows.length).map((t) => [t.rows[0][0][0], t]));
  const captions = captionsOf(article, captionMarks);
  const points = Array.from(article.body);
  const made = [];
  let start = 0;
  for (const line of article.body.split("\n")) {
    const end = start + Array.from(line).length;
    const grid = grids.get(start);
    if (grid) made.push(tableOf(grid, points, all));
    else if (end > start && !inGrid(start, grids)) {
      const lead = line.length - line.trimStart().length;
      const level = headings.get(start) ?? headings.get(start + lead);
      made.push(make("p", level ? `heading level-${level}` : "", ...marked(points, start, end, all)));
    }
    start = end + 1;
    while (captions.length && captions[0].at < start) made.push(captions.shift().drawn);
  }
  return [...made, ...captions.map((c) => c.drawn)];
}

/** Characters [start, end) as pieces, each in the first mark that covers it. */
export function marked(points, start, end, marks) {
  const here = marks.filter((m) => m.start < end && m.end > start);
  const edges = [start, end, ...here.flatMap((m) => [m.start, m.end])].filter((e) => e >= start && e <= end);
  const cuts = [...new Set(edges)].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, i) => {
    const text = points.slice(from, cuts[i + 1]).join("");
    const over = here.find((m) => m.start <= from && from < m.end);
    if (!over) return text;
    const made = make(over.tag, over.className ?? "", text);
    if (over.title) made.title = over.title;
    if (over.id) made.dataset.id = over.id;
    return made;
  });
}

/** A field other than the body, marked. */
export function fieldOf(text, mark) {
  const points = Array.from(text ?? "");
  return marked(points, 0, points.length, mark ? [mark] : []);
}

function tableOf(grid, points, marks) {
  const rows = grid.rows.map((row, r) =>
    make("tr", "", ...row.map(([start, end]) => make(r < grid.header ? "th" : "td", "", ...marked(points, start, end, marks)))));
  const table = make("table", "", make("thead", "", ...rows.slice(0, grid.header)), make("tbody", "", ...rows.slice(grid.header)));
  return make("div", "scroll", table);
}

function inGrid(at, grids) {
  return [...grids.values()].some((t) => t.rows[0][0][0] < at && at <= Math.max(...t.rows.at(-1).map(([, end]) => end)));
}

/** Captions in order; a span of them counts in all captions joined by line breaks. */
function captionsOf(article, marks) {
  let start = 0;
  const drawn = article.captions.map((caption) => {
    const points = Array.from(caption.text);
    const moved = marks.map((m) => ({ ...m, start: m.start - start, end: m.end - start }));
    const parts = marked(points, 0, points.length, moved);
    start += points.length + 1;
    return { at: caption.at, drawn: make("p", "caption", word("caption"), ...parts) };
  });
  return drawn.sort((a, b) => a.at - b.at);
}
