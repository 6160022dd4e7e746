// What to look at before a digest is printed.

import { button, make, points, word } from "./dom.js";

/** Whether a sentence stands in no source that the library has. */
export function isOff(check) {
  return check.source === null || check.gone;
}

/** The lines to read; each leads to its entry or section by `toEntry` and `toSection`. */
export function warningsOf(shown, toEntry, toSection) {
  const entries = shown.issue.sections.flatMap((section) => section.entries);
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  const say = (entry, text) => line(`${entry.heading || word("untitled")}：${text}`, () => toEntry(entry));
  const empty = shown.issue.sections.filter((section) => !section.entries.length);
  const off = (entry) => (shown.checks[entry.id] ?? []).filter(isOff).map((each) => say(entry, word(each.gone ? "sentence.gone" : "sentence.off", { text: points(entry.text, each.start, each.end) })));
  const used = shown.used.filter((each) => known.has(each.entry));
  const secret = shown.private.filter((each) => known.has(each.entry));
  return [
    ...(shown.marking ? [make("li", "", shown.marking)] : []),
    ...empty.map((section) => line(word("section.empty", { name: section.heading }), () => toSection(section))),
    ...entries.flatMap(off),
    ...entries.filter((entry) => entry.text && !entry.unit).map((entry) => say(entry, word("uncredited"))),
    ...used.map((each) => say(known.get(each.entry), word("published.before", { issue: each.issue }))),
    ...secret.map((each) => {
      const entry = known.get(each.entry);
      return say(entry, word("private", { why: each.why, text: points(entry[each.field], ...each.span), instead: each.instead }));
    }),
  ];
}

function line(text, act) {
  return make("li", "", button(text, "link", act));
}
