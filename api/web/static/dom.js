// Building the page from its templates. Every text goes in as text; nothing is ever parsed as HTML.

/** The page's words, by name, from the list in the template. */
const words = new Map();
for (const term of document.querySelectorAll("#words > dt")) {
  words.set(term.textContent, term.nextElementSibling.textContent);
}

/** A word of the page, its {places} filled in; an unknown name stands for itself. */
export function word(name, given = {}) {
  return (words.get(name) ?? name).replace(/\{(\w+)\}/g, (_, key) => given[key]);
}

/** A copy of a template's content. */
export function copy(id) {
  return document.getElementById(id).content.cloneNode(true);
}

/** The element of a fragment that bears a slot's name. */
export function slot(within, name) {
  return within.querySelector(`[data-slot="${name}"]`);
}

/** An element with a class and children; strings become text. */
export function make(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** Fill a dl with [label, text] pairs, leaving out what is empty. */
export function define(list, pairs) {
  for (const [label, text] of pairs) {
    if (text) list.append(make("div", "", make("dt", "", label), make("dd", "", text)));
  }
}
