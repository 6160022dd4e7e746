// Putting what was found into a digest, from anywhere: passages, figures, practices, answers, rows of a comparison.

import { get, send } from "./api.js";
import { answered, button, make, notify, when, word } from "./dom.js";

/**
 * Ask which digest, then put an entry into it. `spans` are body characters of articles, as { article, start, end };
 * without a `text` the entry is what stands there, without a `heading` it has the first article's title.
 */
export function gather(spans, quote, { heading = "", text = "" } = {}) {
  const [first, ...more] = spans.map(({ article, start, end }) => ({ article, start, end }));
  return into(quote, "passages", { ...first, more, heading, text });
}

/** A button that gathers; none where nothing of it stands in a body. */
export function gatherButton(className, spans, quote, given = {}) {
  return spans.length ? button(word("gather"), className, () => gather(spans, quote, given)) : null;
}

/** A button that puts claims of an answer into a digest, each with what it cites; none where none cites a body. */
export function claimsButton(className, answer, claims) {
  const cited = answer.citations.filter((c) => c.field === "body");
  const said = claims.filter((claim) => claim.derivation?.operation !== "count" && cited.some((c) => claim.citations.includes(c.n)));
  if (!said.length) return null;
  const quote = said.map((claim) => claim.text).join("\n");
  return button(word("gather"), className, () => into(quote, "claims", { question: answer.question.slice(0, 300), claims: said, citations: cited }));
}

/** The spans of citations, each once. */
export function spansOf(citations) {
  const found = citations.filter((c) => c && c.field === "body").map(({ article, start, end }) => [`${article} ${start} ${end}`, { article, start, end }]);
  return [...new Map(found).values()];
}

/** Ask which digest and section, and post to it. */
async function into(quote, part, body) {
  try {
    const { items } = await get("/v1/digests");
    const chosen = await choose(items, quote);
    if (!chosen) return;
    const { digest, section } = chosen;
    localStorage.setItem("digest", digest.id);
    localStorage.setItem("section", section);
    await send("POST", `/v1/digests/${digest.id}/${part}`, { ...body, section });
    notify(word("added", { title: digest.title }), { text: word("open"), run: () => location.assign(`/digests/${digest.id}`) });
  } catch (error) {
    notify(error.message);
  }
}

/** The digest, as { id, title }, that is chosen or begun, and the id of its section ("" for none); null for neither. */
async function choose(items, quote) {
  const to = document.getElementById("gather-to");
  const title = document.getElementById("gather-title");
  const section = document.getElementById("gather-section");
  to.replaceChildren(...items.map((digest) => Object.assign(option(digest.id, told(digest)), { disabled: digest.published })), option("", word("digest.new")));
  const open = items.filter((digest) => !digest.published);
  const last = localStorage.getItem("digest");
  to.value = (open.find((digest) => digest.id === last) ?? open[0])?.id ?? "";
  to.onchange = () => {
    document.getElementById("gather-about").textContent = to.value ? to.selectedOptions[0].textContent : "";
    title.parentElement.hidden = Boolean(to.value);
    offer(section, items.find((digest) => digest.id === to.value)?.sections ?? []);
  };
  to.onchange();
  document.getElementById("gather-quote").textContent = quote;
  if ((await answered(document.getElementById("gather-dialog"))) !== "add") return null;
  if (to.value) return { digest: items.find((digest) => digest.id === to.value), section: section.value };
  const { id, issue } = await send("POST", "/v1/digests", { title: title.value.trim() });
  title.value = "";
  return { digest: { id, title: issue.title }, section: "" };
}

/** The sections of a digest to choose from, the last used chosen; of one section there is no choice. */
function offer(select, sections) {
  const last = localStorage.getItem("section");
  select.parentElement.hidden = sections.length < 2;
  select.replaceChildren(option("", word("section.any")), ...sections.map(({ id, heading }) => option(id, heading || word("untitled"))));
  select.value = sections.some(({ id }) => id === last) ? last : "";
}

function option(value, text) {
  return Object.assign(make("option", "", text), { value });
}

/** A digest by what tells it from others of its name. */
function told(digest) {
  const about = [digest.number, digest.dated, digest.published && word("published"), word("version", { n: digest.version, at: when(digest.changed_at) })];
  return `${digest.title}（${about.filter(Boolean).join("，")}）`;
}
