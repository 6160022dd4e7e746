// The article beside an answer, with the quoted characters marked, on the page image too where there is one.

import { get } from "./api.js";
import { centre, copy, define, make, notify, slot, word } from "./dom.js";
import { gather } from "./gather.js";
import { showPage, whereIs } from "./scan.js";
import { bodyOf, fieldOf } from "./text.js";

const reader = document.getElementById("reader");
let opener = null;

/** Show a citation's article; `from` gets the focus back when the reader closes. */
export async function openReader(citation, from) {
  let article;
  try {
    article = await get(`/v1/desk/articles/${encodeURIComponent(citation.article)}`);
  } catch (error) {
    notify(error.message);
    return;
  }
  opener = from;
  const stays = from.getBoundingClientRect().top;
  const mark = (field) => (citation.field === field ? { start: citation.start, end: citation.end, tag: "mark" } : null);
  const drawn = copy("t-reader");
  slot(drawn, "title").append(...fieldOf(article.title || word("untitled"), mark("title")));
  slot(drawn, "subtitle").textContent = article.subtitle ?? "";
  define(slot(drawn, "facts"), factsOf(article, mark));
  slot(drawn, "body").append(...bodyOf(article, [mark("body")].filter(Boolean), [mark("caption")].filter(Boolean)));
  slot(drawn, "open").href = citation.field === "body" ? `/articles/${article.id}?start=${citation.start}&end=${citation.end}` : `/articles/${article.id}`;
  const take = slot(drawn, "gather");
  take.hidden = citation.field !== "body";
  take.addEventListener("click", () => gather([citation], citation.quote));
  drawn.querySelector(".close").addEventListener("click", closeReader);
  const scan = slot(drawn, "scan");
  reader.replaceChildren(drawn);
  reader.hidden = false;
  document.body.classList.add("reading-source");
  choose(citation.n);
  slot(reader, "title").focus({ preventScroll: true });
  scrollBy(0, from.getBoundingClientRect().top - stays); // the text beside the reader is narrower: what was clicked stays
  reader.scrollTop = 0;
  const quoted = reader.querySelector(".body mark");
  if (quoted) centre(reader, quoted);
  if (article.pages && citation.field === "body") {
    const at = await whereIs(article.id, citation.start, citation.end).catch(() => null);
    if (at?.page && scan.isConnected) await showPage(scan, article, at.page, at.boxes);
  }
}

/** Close it and go back to where it was opened from. */
export function closeReader() {
  if (reader.hidden) return;
  const stays = opener?.getBoundingClientRect().top;
  reader.hidden = true;
  reader.replaceChildren();
  document.body.classList.remove("reading-source");
  choose(null);
  if (!opener?.isConnected) return;
  opener.focus({ preventScroll: true });
  scrollBy(0, opener.getBoundingClientRect().top - stays);
}

/** What is known of an article, as label and text; `mark(field)` is what is marked in a field. */
export function factsOf(article, mark = () => null) {
  const field = (name, cut = 0) => article[name] && make("span", "", ...fieldOf(article[name].slice(cut), moved(mark(name), cut)));
  const labelled = article.source_line?.match(new RegExp(`^\\s*${word("source_line")}\\s*[：:]\\s*`))?.[0].length;
  return [
    [word("place"), article.place?.path.join(" › ")],
    [word("date"), article.published_on],
    [word("issuer"), article.issuer],
    [word("column"), field("column")],
    [word("source_line"), field("source_line", labelled)],
    [word("file"), article.name],
    [word("note"), article.flag_names.join("、")],
  ];
}

/** A mark in a text of which the first characters are cut off. */
function moved(mark, cut) {
  return mark && { ...mark, start: mark.start - cut, end: mark.end - cut };
}

function choose(n) {
  for (const other of document.querySelectorAll(".ref.chosen")) other.classList.remove("chosen");
  if (n !== null) for (const same of document.querySelectorAll(`.ref[data-n="${n}"]`)) same.classList.add("chosen");
}
