// Sources for a sentence written by hand: sentences of the library are offered, the chosen one is attached.

import { send } from "./api.js";
import { answered, button, link, make, word } from "./dom.js";

const dialog = document.getElementById("source-dialog");
const which = document.getElementById("source-sentence");
const query = document.getElementById("source-query");
const list = document.getElementById("source-list");
let asked = 0;
let place = null;
let choose = null;

which.addEventListener("change", () => { query.value = which.value; offer(); });
query.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); offer(); } });
document.getElementById("source-search").addEventListener("click", offer);

/** Attach to an entry what a person chooses for one of its `sentences`; what was chosen, null for nothing. */
export async function attach(entry, sentences) {
  which.replaceChildren(...sentences.map((text) => Object.assign(make("option", "", text), { value: text })));
  which.parentElement.hidden = sentences.length < 2;
  query.value = which.value;
  place = entry.place;
  let taken = null;
  choose = (offered) => { taken = offered; dialog.close(); };
  offer();
  await answered(dialog);
  if (!taken) return null;
  if (!entry.sources.length) Object.assign(entry, { unit: entry.unit || taken.unit, place: entry.place ?? taken.adcode });
  const { article, start, end, quote } = taken;
  entry.sources.push({ article, start, end, quote });
  if (taken.carries) entry.claims.push({ text: which.value, sources: [entry.sources.length - 1], derivation: null });
  return taken;
}

async function offer() {
  const mine = ++asked;
  list.replaceChildren(make("li", "hint", word("asking")));
  const drawn = await found().catch((error) => [make("li", "fault-line", error.message)]);
  if (mine === asked) list.replaceChildren(...drawn);
}

async function found() {
  const { items } = await send("POST", "/v1/digests/sources", { sentence: which.value, query: query.value.trim(), place });
  return items.length ? items.map(row) : [make("li", "hint", word("none.sources"))];
}

function row(offered) {
  const where = [offered.title || word("untitled"), offered.place, offered.published_on, offered.name].filter(Boolean).join("　");
  const source = link(`/articles/${offered.article}?start=${offered.start}&end=${offered.end}`, "", where);
  source.target = "_blank";
  const take = button(word("source.take"), "button", () => choose(offered));
  take.setAttribute("aria-label", `${take.textContent}：${offered.quote}`);
  const seal = make("span", offered.carries ? "flag ok" : "flag", word(offered.carries ? "verified" : "source.unlike"));
  return make("li", "", make("p", "quote", offered.quote), make("p", "about", seal, source), take);
}
