// An answer, drawn.

import { posted } from "./api.js";
import { chartOf, numbersIn, withoutWider } from "./chart.js";
import { reference, ris, save, withFootnotes } from "./cite.js";
import { button, copy, copyText, make, notify, slot, word } from "./dom.js";
import { claimsButton } from "./gather.js";
import { mapOf } from "./map.js";
import { planOf } from "./plan.js";

/**
 * The article element of an answer; `open(citation, opener)` is called when a citation is chosen, `again(plan)` when
 * the plan was changed.
 */
export function draw(answer, open, again) {
  const cited = new Map(answer.citations.map((c) => [c.n, c]));
  const ref = (n) => refButton(cited.get(n), n, open);
  const drawn = copy(answer.refused ? "t-refusal" : "t-answer");
  slot(drawn, "question").textContent = answer.question;
  slot(drawn, "plan").append(planOf(answer, again));
  if (answer.refused) refuse(drawn, answer, ref);
  else tell(drawn, answer, ref);
  const caveats = slot(drawn, "caveats");
  caveats.hidden = !answer.caveats.length;
  caveats.querySelector("ul").append(...answer.caveats.map((c) => make("li", "", c)));
  slot(drawn, "coverage").textContent = coverage(answer);
  sources(slot(drawn, "sources"), answer, ref);
  return drawn;
}

function tell(drawn, answer, ref) {
  slot(drawn, "text").append(...lines(answer, ref));
  const checked = slot(drawn, "checked");
  checked.hidden = !answer.claims.length || !answer.claims.every((c) => c.verified);
  checked.querySelector(".seal").textContent = seal(answer.claims);
  slot(drawn, "mode").textContent = word(`mode.${answer.mode}`);
  const rows = slot(drawn, "rows");
  rows.hidden = !answer.table || answer.table.rows.length < 2;
  if (!rows.hidden) {
    rows.append(tableOf(answer.table, ref));
    drawRows(slot(drawn, "chart"), slot(drawn, "map"), answer);
  }
  slot(drawn, "actions").append(
    button(word("copy.notes"), "button", () => copyText(withFootnotes(answer))),
    button(word("ris"), "button", () => save(`${word("ris.name")}.ris`, ris(answer), "application/x-research-info-systems")),
    button(word("save.word"), "button", () => file(answer, "docx")),
    button(word("save.table"), "button", () => file(answer, "xlsx")),
    claimsButton("button", answer, answer.claims) ?? "",
  );
}

/** A chart of the table's numbers, and a map where each row is another place and all have one unit; no place that contains another. */
function drawRows(chart, map, { table, names }) {
  const codes = new Map(Object.entries(names).map(([code, name]) => [name, code]));
  const { kept, wider } = withoutWider(table.rows, (row) => codes.get(row[0]));
  if (wider.length) chart.append(make("figcaption", "hint", word("chart.wider", { places: wider.map((row) => row[0]).join("、") })));
  chartOf(chart, { ...table, rows: kept });
  onMap(map, { ...table, rows: kept }, codes);
}

function onMap(figure, table, codes) {
  const numbers = numbersIn(table);
  const units = table.columns.indexOf(word("field.unit"));
  const rows = table.rows.filter((row) => row[numbers] && codes.has(row[0])).map((row) => ({ adcode: codes.get(row[0]), value: Number.parseFloat(row[numbers]), shown: row[numbers], unit: row[units] ?? "" }));
  if (new Set(rows.map((row) => row.adcode)).size === rows.length && new Set(rows.map((row) => row.unit)).size === 1) mapOf(figure, rows, rows[0].unit);
}

/** The answer as a file that the server writes. */
function file(answer, format) {
  const { question, text, table, caveats } = answer;
  const sources = answer.citations.map((c) => [c.n, reference(c, answer), c.quote]);
  const articles = answer.citations.map((c) => c.article);
  return saveAs(question.replace(/[?？。/\\]/g, "").slice(0, 40), { question, text, table, caveats, sources, articles, format });
}

/** Have the server write an answer's file, and save it under a name. */
export async function saveAs(name, told) {
  notify(word("downloading"));
  try {
    const response = await posted("/v1/desk/answer-file", told);
    save(`${name}.${told.format}`, await response.blob(), "application/octet-stream");
    notify("");
  } catch (error) {
    notify(error.message);
  }
}

function refuse(drawn, answer, ref) {
  slot(drawn, "reason").textContent = `${answer.reason ?? ""}。`;
  const near = slot(drawn, "near");
  near.hidden = !answer.claims.length;
  for (const claim of answer.claims) {
    slot(near, "text").append(make("p", "", ...keep(claim.text, claim.citations.map(ref))));
  }
}

/** The text as paragraphs, one a cited sentence; a lead before them stands alone. */
function lines(answer, ref) {
  const { text, claims } = answer;
  const parts = text.split(/(?<=\d\][；。])/);
  const made = [];
  const lead = parts.length > 1 ? leadOf(parts[0], claims) : "";
  if (lead) made.push(make("p", "lead", lead));
  parts[0] = parts[0].slice(lead.length);
  for (const part of parts) {
    const said = claims.filter((claim) => part.includes(claim.text.replace(/[。；]$/, "")));
    const line = make("p", "", ...marked(part, ref));
    if (said.length && said.every((claim) => claim.verified)) line.title = seal(said);
    if (parts.length > 1) line.append(takeOf(answer, said));
    made.push(line);
    for (const { derivation } of said) {
      if (derivation) made.push(make("div", "derivation", derived(derivation)));
    }
  }
  return made;
}

/** Beside a line its claims to be put into a digest. */
function takeOf(answer, said) {
  const take = claimsButton("link take", answer, said);
  if (!take) return "";
  take.title = take.textContent;
  take.setAttribute("aria-label", `${take.textContent}：${said[0].text}`);
  take.textContent = "";
  return take;
}

/** What was found of claims that all hold: with the source alone, or with it and what a person corrected. */
function seal(claims) {
  return word(claims.some((claim) => claim.derivation?.operation === "correction") ? "verified.amended" : "verified");
}

/** How a result was come by: a sum, a year that the text tells elsewhere, a person's correction. */
function derived({ operation, expression, result, unit }) {
  if (operation === "year" || operation === "correction") return word(`derived.${operation}`, { expression, result });
  return word("derived", { expression: `${expression} = ${result}${unit ?? ""}` });
}

function leadOf(part, claims) {
  const lead = part.match(/^[^[\]：]+：/)?.[0] ?? "";
  return claims.some((claim) => claim.text.startsWith(lead)) ? "" : lead;
}

function marked(text, ref) {
  return [...text.matchAll(/([^[]*(?:\[(?!\d+\])[^[]*)*)((?:\[\d+\])*)([，。；：、！？）”》]*)/g)].flatMap(([, words, marks, behind]) =>
    keep(words, [...marks.matchAll(/\d+/g)].map(([n]) => ref(Number(n))), behind),
  );
}

/** A text and its marks; neither the first of them nor the punctuation `behind` them ever starts a line. */
export function keep(text, marks, behind = "") {
  if (!marks.length) return [text, behind];
  const points = Array.from(text);
  const before = points.pop() ?? "";
  const [first, ...others] = marks;
  const last = others.pop();
  if (!last) return [points.join(""), make("span", "kept", before, first, behind)];
  return [points.join(""), make("span", "kept", before, first), ...others, make("span", "tail", last, behind)];
}

export function refButton(citation, n, open) {
  const button = make("button", "ref", `[${n}]`);
  button.type = "button";
  button.dataset.n = n;
  if (!citation) {
    button.disabled = true;
    return button;
  }
  button.setAttribute("aria-label", `${word("ref")} ${n}：${citation.title}`);
  button.addEventListener("click", () => open(citation, button));
  return button;
}

/**
 * The table; a row's marks stand once, at the first cell that has them, unless `each` cell is to show its own.
 * `under(r, c)` are what stands in a cell below its text.
 */
export function tableOf(given, ref, each = false, under = () => []) {
  const numeric = given.columns.map((_, c) => given.rows.every((row) => /^-?[\d.]+%?$|^$/.test(row[c])));
  const side = (c) => (numeric[c] && given.rows.some((row) => row[c]) ? "number" : "");
  const head = make("tr", "", ...given.columns.map((column, c) => {
    const cell = make("th", side(c), column);
    cell.scope = "col";
    return cell;
  }));
  const body = given.rows.map((row, r) => {
    let before = "";
    return make("tr", "", ...row.map((text, c) => {
      const marks = given.cell_citations[r]?.[c] ?? [];
      const shown = !each && marks.join() === before ? [] : marks;
      before = marks.join() || before;
      return make("td", side(c) || (text.length < 6 ? "short" : ""), ...keep(text, shown.map(ref)), ...under(r, c));
    }));
  });
  return make("table", "", make("thead", "", head), make("tbody", "", ...body));
}

function coverage(answer) {
  const { places_in_library, places_asked, places_with_evidence, places_without } = answer.coverage;
  const asked = places_asked.length;
  const met = asked ? asked - places_without.length : places_with_evidence.length;
  const looked = word(asked ? "covered.asked" : "covered.all", { n: asked || places_in_library });
  const counted = !asked && answer.claims.some((claim) => claim.derivation?.operation === "count"); // the text says how many
  const told = !counted && (met || !answer.citations.length) ? looked + word("covered.met", { m: met }) : `${looked}。`;
  const missing = places_without.map((code) => answer.names[code] ?? code).join("、");
  return told + (missing ? word("covered.without", { places: missing }) : "");
}

function sources(section, answer, ref) {
  section.hidden = !answer.citations.length;
  for (const citation of answer.citations) {
    const item = copy("t-source");
    slot(item, "ref").replaceWith(ref(citation.n));
    slot(item, "quote").textContent = citation.quote;
    const page = citation.page ? word("page", { n: citation.page }) : "";
    const where = [citation.title, answer.names[citation.place] ?? "", `${citation.name} ${page}`.trim()];
    slot(item, "where").textContent = where.filter(Boolean).join("　");
    section.querySelector("ol").append(item);
  }
}
