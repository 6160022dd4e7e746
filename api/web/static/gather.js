// Putting what was found into a digest, from anywhere: passages, figures, practices, answers, rows of a comparison.

import { get, send } from "./api.js";
import { button, make, notify, when, word } from "./dom.js";

/**
 * Ask which digest, then put an entry at its end. `spans` are body characters of articles, as { article, start, end };
 * without a `text` the entry is what stands there, without a `heading` it has the first article's title.
 */
export async function gather(spans, quote, { heading = "", text = "" } = {}) {
  const dialog = document.getElementById("gather-dialog");
  const to = document.getElementById("gather-to");
  try {
    const { items } = await get("/v1/digests");
    const open = items.filter((digest) => !digest.published);
    if (!open.length) return notify(word("no.digest"), { text: word("open"), run: () => location.assign("/digests") });
    to.replaceChildren(...items.map((digest) => Object.assign(make("option", "", told(digest)), { value: digest.id, disabled: digest.published })));
    const last = localStorage.getItem("digest");
    to.value = (open.find((digest) => digest.id === last) ?? open[0]).id;
    to.onchange = () => { document.getElementById("gather-about").textContent = to.selectedOptions[0].textContent; };
    to.onchange();
    document.getElementById("gather-quote").textContent = quote;
    dialog.returnValue = "";
    dialog.showModal();
    await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
    if (dialog.returnValue !== "add") return;
    localStorage.setItem("digest", to.value);
    const [first, ...more] = spans.map(({ article, start, end }) => ({ article, start, end }));
    await send("POST", `/v1/digests/${to.value}/passages`, { ...first, more, heading, text });
    const { title } = items.find((digest) => digest.id === to.value);
    notify(word("added", { title }), { text: word("open"), run: () => location.assign(`/digests/${to.value}`) });
  } catch (error) {
    notify(error.message);
  }
}

/** A button that gathers; none where nothing of it stands in a body. */
export function gatherButton(className, spans, quote, given = {}) {
  return spans.length ? button(word("gather"), className, () => gather(spans, quote, given)) : null;
}

/** The spans of citations, each once. */
export function spansOf(citations) {
  const found = citations.filter((c) => c && c.field === "body").map(({ article, start, end }) => [`${article} ${start} ${end}`, { article, start, end }]);
  return [...new Map(found).values()];
}

/** A digest by what tells it from others of its name. */
function told(digest) {
  const about = [digest.number, digest.dated, digest.published && word("published"), word("version", { n: digest.version, at: when(digest.changed_at) })];
  return `${digest.title}（${about.filter(Boolean).join("，")}）`;
}
