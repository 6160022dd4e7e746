// A page of the original with the places of a span on it.

import { get, response } from "./api.js";
import { boxes } from "./bars.js";
import { button, make, word } from "./dom.js";

/** Where a span of an article's body stands in its file: {page, boxes}, {start, end}, or null. */
export async function whereIs(article, start, end) {
  return (await get(`/v1/desk/articles/${article}/source`, { start, end })).source;
}

/** Draw a page into a figure; `given` are boxes in points. Buttons turn to the pages before and behind. */
export async function showPage(figure, article, page, given = []) {
  figure.hidden = false;
  const told = make("figcaption", "hint", word("page.loading"));
  figure.replaceChildren(told);
  const drawn = await response(`/v1/documents/${article.document}/pages/${page}`).catch((error) => { told.textContent = error.message; });
  if (!drawn) return;
  const picture = make("img", "");
  picture.alt = word("page.of", { n: page, m: article.pages });
  picture.src = URL.createObjectURL(await drawn.blob());
  await picture.decode();
  URL.revokeObjectURL(picture.src);
  const over = boxes(drawn.headers.get("page-width"), drawn.headers.get("page-height"), given);
  const turn = (text, to) => {
    const made = button(text, "link", () => showPage(figure, article, to));
    made.disabled = to < 1 || to > article.pages;
    return made;
  };
  told.textContent = `${picture.alt}　`;
  told.append(turn(word("page.before"), page - 1), " ", turn(word("page.next"), page + 1));
  figure.replaceChildren(told, make("div", "page", picture, over));
  over.querySelector("rect")?.scrollIntoView({ block: "center" });
}
