// An answer as text with footnotes, and its sources for a reference manager.

import { word } from "./dom.js";

/** Text with [n] kept, what is to be noted and the references under it, after the standard chosen in the settings. */
export function withFootnotes(answer) {
  const notes = answer.citations.map((c) => `[${c.n}] ${reference(c, answer)}`);
  const caveats = answer.caveats.map((caveat) => `${word("note")}：${caveat}`);
  return [answer.question, answer.text, ...caveats, "", ...notes].join("\n");
}

/** The edition of GB/T 7714 chosen in the settings. */
export function standard() {
  return localStorage.getItem("standard") === "2015" ? "2015" : "2025";
}

/** An article's reference after the chosen edition. */
export function referenceOf(articles, id) {
  return articles[id][standard() === "2015" ? "reference_2015" : "reference"];
}

/** A citation's reference; the page stands last, before the day of access, where the kind of source has pages. */
export function reference(citation, answer) {
  const told = referenceOf(answer.references, citation.article);
  return citation.page && /\[[ZR]\]/.test(told) ? told.replace(/(\[[\d-]{10}\])?\.$/, `: ${citation.page}$1.`) : told;
}

const TYPES = { "EB/OL": "ELEC", N: "NEWS", R: "RPRT", Z: "GOVDOC" };

/** The cited articles in RIS, each with the pages cited of it. */
export function ris(answer) {
  const seen = new Map(answer.citations.map((c) => [c.article, c]));
  return [...seen.values()].map((c) => {
    const { author, published_on, number, title, host } = answer.references[c.article];
    const pages = answer.citations.filter((each) => each.article === c.article && each.page).map((each) => each.page);
    const [first, last] = pages.length ? [Math.min(...pages), Math.max(...pages)] : [];
    const type = TYPES[/\[(EB\/OL|[NRZ])\]/.exec(referenceOf(answer.references, c.article))[1]];
    const lines = [["TY", type], ["TI", title], ["AU", author], ["T2", host], ["PY", published_on?.slice(0, 4)], ["DA", published_on?.replaceAll("-", "/")], ["SP", first], ["EP", last], ["SN", number], ["N1", c.name], ["ER", " "]];
    return lines.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${String(value).trim()}`).join("\r\n");
  }).join("\r\n") + "\r\n";
}

/** Save a text as a file. */
export function save(name, text, type) {
  const made = document.createElement("a");
  made.href = URL.createObjectURL(new Blob([text], { type }));
  made.download = name;
  made.click();
  setTimeout(() => URL.revokeObjectURL(made.href), 1000);
}
