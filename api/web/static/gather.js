// Putting a passage into a digest, from anywhere.

import { get, send } from "./api.js";
import { make, notify, word } from "./dom.js";

/** Ask which digest, then put body characters [start, end) of an article at its end. */
export async function gather(article, start, end, quote) {
  const dialog = document.getElementById("gather-dialog");
  const to = document.getElementById("gather-to");
  try {
    const { items } = await get("/v1/digests");
    if (!items.length) return notify(word("no.digest"), { text: word("open"), run: () => location.assign("/digests") });
    to.replaceChildren(...items.map((digest) => Object.assign(make("option", "", digest.title), { value: digest.id })));
    to.value = localStorage.getItem("digest") ?? items[0].id;
    if (to.selectedIndex < 0) to.selectedIndex = 0;
    document.getElementById("gather-quote").textContent = quote;
    dialog.returnValue = "";
    dialog.showModal();
    await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
    if (dialog.returnValue !== "add") return;
    localStorage.setItem("digest", to.value);
    await send("POST", `/v1/digests/${to.value}/passages`, { article, start, end });
    notify(word("added", { title: to.selectedOptions[0].textContent }), { text: word("open"), run: () => location.assign(`/digests/${to.value}`) });
  } catch (error) {
    notify(error.message);
  }
}
