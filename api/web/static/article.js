// One article: its text with figures and practices marked, and beside it what was made of it, the original, its kin.

import { get, send } from "./api.js";
import { referenceOf } from "./cite.js";
import { copyText, define, flagOf, link, make, nameOf, notify, points, slot, tabs, word } from "./dom.js";
import { gather, gatherButton } from "./gather.js";
import { factsOf } from "./reader.js";
import { showPage, whereIs } from "./scan.js";
import { bodyOf } from "./text.js";

const book = document.getElementById("book");
const LONGEST = 80;
const address = new URLSearchParams(location.search);
const wanted = address.has("end") ? { start: Number(address.get("start")), end: Number(address.get("end")) } : null;
let article;
let page = null;

try {
  article = await get(`/v1/desk/articles/${book.dataset.article}`);
  draw();
} catch (error) {
  notify(error.message);
}

function draw() {
  slot(book, "name").textContent = article.name;
  slot(book, "title").textContent = article.title || word("untitled");
  slot(book, "subtitle").textContent = article.subtitle ?? "";
  define(slot(book, "facts"), factsOf(article));
  slot(book, "note").textContent = article.note ?? "";
  const marks = [
    ...(wanted ? [{ ...wanted, tag: "mark" }] : []),
    ...article.facts.map((f) => ({ start: f.start, end: f.end, tag: "span", className: "is-fact", title: [f.indicator_name, word(`status.${f.status}`)].join("　"), id: f.id })),
    ...article.practices.flatMap((p) => p.spans.map(([start, end]) => ({ start, end, tag: "span", className: "is-practice", title: word(`practice.${p.kind}`), id: p.id }))),
  ];
  slot(book, "body").append(...bodyOf(article, marks));
  book.querySelector("mark")?.scrollIntoView({ block: "center" });
  document.getElementById("original").href = `/v1/documents/${article.document}/file`;
  document.getElementById("cite").addEventListener("click", () => copyText(referenceOf(article.references, article.id)));
  document.getElementById("gather").addEventListener("click", gatherSelection);
  document.getElementById("delete").addEventListener("click", takeOut);
  figures();
  practices();
  links();
  tabs(book.querySelector(".tabs"), (tab) => { if (tab.id === "t-page" && !page) original(wanted); });
}

function figures() {
  const rows = article.facts.map((fact) => {
    const made = make("li", fact.review === "not_used" ? "put-aside" : "",
      make("b", "", fact.indicator_name || fact.object), make("span", "value", fact.as_written ? fact.text : `${fact.text} → ${fact.value}${fact.unit ?? ""}`),
      make("span", "about", [nameOf(fact.place) + (fact.place?.detail ?? ""), fact.period.text, word(`status.${fact.status}`), ...fact.flags.map((f) => flagOf(fact, f))].filter(Boolean).join("　")));
    const sentence = { article: article.id, start: fact.sentence_span[0], end: fact.sentence_span[1] };
    made.append(seek(fact.start, fact.end), gatherButton("link", [sentence], points(article.body, sentence.start, sentence.end)), link(`/facts?id=${fact.id}`, "link", word("edit")));
    return made;
  });
  fill("p-facts", rows, "none.facts");
}

function practices() {
  const rows = article.practices.map((p) => {
    const made = make("li", "", make("b", "", p.practice), make("span", "about", [word(`practice.${p.kind}`), ...p.themes].join("　")));
    if (p.members.length) made.append(make("p", "about", word("members") + p.members.map((m) => m.text).join("、")));
    const spans = p.spans.map(([start, end]) => ({ article: article.id, start, end }));
    if (spans.length) made.append(seek(...p.spans[0]), gatherButton("link", spans, spans.map((s) => points(article.body, s.start, s.end)).join("\n"), { heading: p.practice }));
    return made;
  });
  fill("p-practices", rows, "none.practices");
}

/** The articles that are copies, alike or versions: which is the older of versions, and where each differs. */
function links() {
  const rows = article.links.map((l) => {
    const about = [l.name, l.kind === "version" && word(l.older ? "link.older" : "link.newer"), l.kind === "copy" && word("link.copy")].filter(Boolean).join("　");
    const made = make("li", "", make("span", "flag", l.kind_name), link(`/articles/${l.id}`, "", l.title || word("untitled")), make("span", "about", about));
    if (l.changes.length) made.append(make("p", "about", word("link.changes", { n: l.differences.length })), make("ul", "differences", ...l.changes.map(changed)));
    return made;
  });
  fill("p-links", rows, "none.links");
}

/** A difference: what stands here struck out, what stands there beside it. */
function changed({ before, here, there, after }) {
  return make("li", "", before && `…${before}`, here && make("del", "", shortened(here)), here && there && " → ", there && make("ins", "", shortened(there)), after && `${after}…`);
}

function shortened(text) {
  const all = Array.from(text);
  return all.length > LONGEST ? `${all.slice(0, LONGEST).join("")}…` : text;
}

function fill(id, rows, none) {
  document.getElementById(id).replaceChildren(rows.length ? make("ul", "plain", ...rows) : make("p", "hint", word(none)));
}

/** A button that shows a span in the text and on the page. */
function seek(start, end) {
  const made = make("button", "link", word("original").replace("：", ""));
  made.type = "button";
  made.addEventListener("click", () => {
    for (const old of book.querySelectorAll(".sought")) old.classList.remove("sought");
    const at = [...book.querySelectorAll("[data-id]")].filter((each) => article.facts.concat(article.practices).some((x) => x.id === each.dataset.id && ((x.start === start && x.end === end) || x.spans?.some(([s, e]) => s === start && e === end))));
    for (const each of at) each.classList.add("sought");
    at[0]?.scrollIntoView({ block: "center" });
    if (article.pages) original({ start, end });
  });
  return made;
}

async function original(span) {
  const panel = document.getElementById("p-page");
  if (!article.pages) {
    panel.replaceChildren(make("p", "hint", word("no.pages")));
    return;
  }
  page ??= make("figure", "scan");
  panel.replaceChildren(page);
  const at = await whereIs(article.id, span?.start ?? 0, span?.end ?? Math.max(1, Array.from(article.body).length)).catch(() => null);
  await showPage(page, article, at?.page ?? 1, span ? (at?.boxes ?? []) : []);
}

function gatherSelection() {
  const chosen = selected(slot(book, "body"));
  if (!chosen) return notify(word("select.text"));
  gather([{ article: article.id, ...chosen }], chosen.quote);
}

/** The body span that is selected: its characters, found by counting those before it, as they stand in the body. */
function selected(body) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !body.contains(selection.anchorNode) || !body.contains(selection.focusNode)) return null;
  const range = selection.getRangeAt(0);
  const before = document.createRange();
  before.selectNodeContents(body);
  before.setEnd(range.startContainer, range.startOffset);
  const skip = solid(before);
  const take = solid(range);
  let start = -1;
  let seen = 0;
  const points = Array.from(article.body);
  for (let i = 0; i < points.length; i++) {
    if (!points[i].trim()) continue;
    if (seen === skip && start < 0) start = i;
    seen += 1;
    if (start >= 0 && seen === skip + take) return { start, end: i + 1, quote: points.slice(start, i + 1).join("") };
  }
  return null;
}

/** How many characters of the body, white space apart, a range holds; captions are not the body's. */
function solid(range) {
  const part = range.cloneContents();
  for (const caption of part.querySelectorAll(".caption")) caption.remove();
  return Array.from(part.textContent.replace(/\s/g, "")).length;
}

async function takeOut() {
  if (!confirm(word("delete.sure", { name: article.name }))) return;
  try {
    await send("DELETE", `/v1/documents/${article.document}`);
    location.assign("/documents?view=files");
  } catch (error) {
    notify(error.message);
  }
}
