// A page of the original with the places of a span on it.

import { get, response } from "./api.js";
import { boxes } from "./bars.js";
import { button, centre, link, make, word } from "./dom.js";

/** Widths of a page, as classes and in frames: as wide as its frame, and larger, to be scrolled in. */
const ZOOMS = [["", 1], ["large", 1.6], ["larger", 2.2], ["largest", 3.8]];
/** Pixels of an A4 page from which on its text can be read. */
const LEGIBLE = 700;

/** Where a span of an article's body stands in its file: {page, boxes}, {start, end}, or null. */
export async function whereIs(article, start, end) {
  return (await get(`/v1/desk/articles/${article}/source`, { start, end })).source;
}

/**
 * Draw a page into a figure; `given` are boxes in points. What they mark is shown large enough
 * to be read. Buttons turn pages and zoom, as do a click and + and -.
 */
export async function showPage(figure, article, page, given = []) {
  figure.hidden = false;
  const told = make("figcaption", "hint", word("page.loading"));
  figure.replaceChildren(told);
  const address = `/v1/documents/${article.document}/pages/${page}`;
  const drawn = await response(address).catch((error) => { told.textContent = error.message; });
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
  const sheet = make("div", "page", picture, over);
  const frame = make("div", "page-frame", sheet);
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", picture.alt);
  let zoom = 0;
  const smaller = button(word("zoom.out"), "link", () => zoomTo(zoom - 1));
  const larger = button(word("zoom.in"), "link", () => zoomTo(zoom + 1));
  const around = over.querySelector("g") ?? picture;
  function zoomTo(to) {
    zoom = Math.max(0, Math.min(ZOOMS.length - 1, to));
    sheet.className = `page ${ZOOMS[zoom][0]}`;
    frame.classList.toggle("zoomed", zoom > 0);
    smaller.disabled = zoom === 0;
    larger.disabled = zoom === ZOOMS.length - 1;
    centre(frame, around);
  }
  frame.addEventListener("keydown", (event) => {
    const step = { "+": 1, "=": 1, "-": -1 }[event.key];
    if (step) { event.preventDefault(); zoomTo(zoom + step); }
  });
  sheet.addEventListener("click", ({ clientX, clientY }) => {
    const box = sheet.getBoundingClientRect();
    const [x, y] = [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
    zoomTo(zoom === ZOOMS.length - 1 ? 0 : zoom + 1);
    frame.scrollTo(x * sheet.offsetWidth - frame.clientWidth / 2, y * sheet.offsetHeight - frame.clientHeight / 2);
  });
  const alone = link(address, "link", word("page.alone"));
  alone.target = "_blank";
  told.replaceChildren(`${picture.alt}　`, turn(word("page.before"), page - 1), " ", turn(word("page.next"), page + 1), " ", larger, " ", smaller, " ", alone);
  figure.replaceChildren(told, frame);
  const legible = ZOOMS.findIndex(([, times]) => frame.clientWidth * times >= LEGIBLE);
  zoomTo(given.length ? legible : 0);
  const outer = figure.closest(".reader, .side");
  if (outer && around !== picture) centre(outer, around);
}
