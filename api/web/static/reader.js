// The article beside the answer, with the quoted characters marked. Offsets are code points, not UTF-16 units.

import { copy, define, make, slot, word } from "./dom.js";

const reader = document.getElementById("reader");
let opener = null;

/** Show a citation's article; `from` gets the focus back when the reader closes. */
export async function openReader(citation, from, showFault) {
  const response = await fetch(`/v1/articles/${encodeURIComponent(citation.article)}`);
  const article = await response.json();
  if (!response.ok) {
    showFault(article.detail);
    return;
  }
  opener = from;
  const drawn = copy("t-reader");
  slot(drawn, "title").append(...cut(article.title, 0, at(citation, "title")));
  slot(drawn, "subtitle").textContent = article.subtitle ?? "";
  define(slot(drawn, "facts"), facts(article, citation));
  slot(drawn, "body").append(...paragraphs(article, citation));
  drawn.querySelector(".close").addEventListener("click", closeReader);
  reader.replaceChildren(drawn);
  reader.hidden = false;
  document.body.classList.add("reading-source");
  for (const other of document.querySelectorAll(".ref.chosen")) other.classList.remove("chosen");
  for (const same of document.querySelectorAll(`.ref[data-n="${citation.n}"]`)) same.classList.add("chosen");
  slot(reader, "title").focus({ preventScroll: true });
  (reader.querySelector("mark") ?? reader).scrollIntoView({ block: "center" });
}

/** Close it and go back to where it was opened from. */
export function closeReader() {
  if (reader.hidden) return;
  reader.hidden = true;
  reader.replaceChildren();
  document.body.classList.remove("reading-source");
  for (const other of document.querySelectorAll(".ref.chosen")) other.classList.remove("chosen");
  opener?.focus();
}

function facts(article, citation) {
  const page = citation.page ? `　${word("page.before")} ${citation.page} ${word("page.after")}` : "";
  const source = make("span", "", ...cut(article.source_line ?? "", 0, at(citation, "source_line")));
  const column = make("span", "", ...cut(article.column ?? "", 0, at(citation, "column")));
  return [
    [word("place"), article.place?.path.join(" › ")],
    [word("date"), article.published_on],
    [word("issuer"), article.issuer],
    [word("column"), article.column && column],
    [word("source_line"), article.source_line && source],
    [word("file"), article.name + page],
    [word("note"), article.flags.map((flag) => word(flag)).join("、")],
  ];
}

/** The body's lines as paragraphs, captions after the line in which they stood. */
function paragraphs(article, citation) {
  const made = [];
  const captions = captionsOf(article, citation);
  let start = 0;
  for (const line of article.body.split("\n")) {
    const length = Array.from(line).length;
    const parts = cut(line, start, at(citation, "body"), article.repeats);
    if (length) made.push(make("p", "", ...parts));
    start += length + 1;
    while (captions.length && captions[0].at < start) made.push(captions.shift().drawn);
  }
  return [...made, ...captions.map((c) => c.drawn)];
}

/** Captions in order; a quote from them counts in all captions joined by line breaks. */
function captionsOf(article, citation) {
  let start = 0;
  const drawn = article.captions.map((caption) => {
    const parts = cut(caption.text, start, at(citation, "caption"));
    start += Array.from(caption.text).length + 1;
    return { at: caption.at, drawn: make("p", "caption", word("caption"), ...parts) };
  });
  return drawn.sort((a, b) => a.at - b.at);
}

function at(citation, field) {
  return citation.field === field ? [citation.start, citation.end] : null;
}

/** A text that starts at `start`, as pieces: the quoted span in a mark, repeated spans dimmed. */
function cut(text, start, quoted, repeats = []) {
  const points = Array.from(text);
  const edges = [0, points.length];
  for (const span of [...(quoted ? [quoted] : []), ...repeats]) edges.push(span[0] - start, span[1] - start);
  const cuts = [...new Set(edges)].filter((e) => e >= 0 && e <= points.length).sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, i) => {
    const piece = points.slice(from, cuts[i + 1]).join("");
    if (quoted && inside(from + start, quoted)) return make("mark", "", piece);
    if (!repeats.some((span) => inside(from + start, span))) return piece;
    const repeated = make("span", "repeat", piece);
    repeated.title = word("repeat");
    return repeated;
  });
}

function inside(point, span) {
  return span[0] <= point && point < span[1];
}
