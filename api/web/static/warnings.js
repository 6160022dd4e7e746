// What to look at before a digest is printed: a line a kind, which opens to what it counts.

import { button, make, points, word } from "./dom.js";

/** Whether a sentence stands in no source that the library has. */
export function isOff(check) {
  return check.source === null || check.gone;
}

/**
 * The lines to read. Each leads to its entry, section or field of the masthead by `go`; `missing` are the fields that
 * are not filled in, by their labels; `open` the kinds that were open before.
 */
export function warningsOf(shown, missing, go, open) {
  const entries = shown.issue.sections.flatMap((section) => section.entries);
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  const names = namesOf(shown.issue.sections);
  const say = (entry, text, brief = text) => ({ text: `${names.get(entry)}：${text}`, brief: [names.get(entry), brief].filter(Boolean).join("："), act: () => go.entry(entry) });
  const empty = shown.issue.sections.filter((section) => !section.entries.length);
  const off = (entry) => (shown.checks[entry.id] ?? []).filter(isOff).map((each) => {
    const text = points(entry.text, each.start, each.end);
    return each.gone ? say(entry, word("sentence.gone", { text })) : say(entry, word("sentence.off", { text }), text);
  });
  const used = new Map(shown.used.filter((each) => known.has(each.entry)).map((each) => [`${each.entry} ${each.issue}`, each]));
  const secret = shown.private.filter((each) => known.has(each.entry));
  return [
    ...(shown.marking ? [make("li", "", shown.marking)] : []),
    ...(missing.length ? [line(word("imprint.missing", { names: missing.map((field) => field.labels[0].textContent).join("、") }), () => go.field(missing[0]))] : []),
    ...kind("empty", empty.map((section) => ({ text: word("section.empty", { name: section.heading }), brief: section.heading, act: () => go.section(section) })), open),
    ...kind("private", secret.map((each) => {
      const entry = known.get(each.entry);
      return say(entry, word("private", { why: each.why, text: points(entry[each.field], ...each.span), instead: each.instead }));
    }), open),
    ...kind("off", entries.flatMap(off), open),
    ...kind("used", [...used.values()].map((each) => say(known.get(each.entry), word("published.before", { issue: each.issue }))), open),
    ...kind("uncredited", entries.filter((entry) => entry.text && !entry.unit).map((entry) => say(entry, word("uncredited"), "")), open),
  ];
}

/** What each entry is called: by its heading, behind that of its section where several entries have it. */
function namesOf(sections) {
  const headings = sections.flatMap((section) => section.entries.map((entry) => entry.heading));
  const alone = (heading) => headings.indexOf(heading) === headings.lastIndexOf(heading);
  return new Map(sections.flatMap((section) => section.entries.map((entry) => [
    entry, [alone(entry.heading) ? "" : section.heading, entry.heading || word("untitled")].filter(Boolean).join(" › "),
  ])));
}

/** A line for what there is of a kind; of several, their number, which opens to them. */
function kind(name, found, open) {
  if (found.length < 2) return found.map(({ text, act }) => line(text, act));
  const list = make("ul", "", ...found.map(({ brief, act }) => line(brief, act)));
  const box = make("details", "", make("summary", "", word(`warn.${name}`, { n: found.length })), list);
  box.dataset.kind = name;
  box.open = open.has(name);
  return [make("li", "", box)];
}

function line(text, act) {
  return make("li", "", button(text, "link", act));
}
