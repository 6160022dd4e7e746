// Two states of one digest put together: what one side alone changed comes in, what both changed is asked about.

import { button, make, word } from "./dom.js";

const FIELDS = ["title", "template", "masthead", "number", "issuer", "dated", "recipients", "published"];

/** What the server had when it was last heard of: fields, entries as JSON by id, the ids of sections. */
export function memory(issue) {
  return {
    fields: Object.fromEntries(FIELDS.map((name) => [name, issue[name]])),
    entries: new Map(issue.sections.flatMap((section) => section.entries).map((entry) => [entry.id, JSON.stringify(entry)])),
    sections: new Set(issue.sections.map((section) => section.id)),
  };
}

/** Bring into `mine` what only `theirs` changed since `seen`; the entries that both changed come back, as [mine, theirs]. */
export function merge(mine, theirs, seen) {
  const own = new Map(mine.sections.flatMap((section) => section.entries).map((entry) => [entry.id, entry]));
  const clashes = [];
  for (const name of FIELDS) if (mine[name] === seen.fields[name]) mine[name] = theirs[name];
  for (const section of theirs.sections) {
    const held = mine.sections.find((each) => each.id === section.id);
    if (!held) {
      if (!seen.sections.has(section.id)) mine.sections.push(section);
      continue;
    }
    for (const entry of section.entries) {
      const old = seen.entries.get(entry.id);
      const here = own.get(entry.id);
      const text = JSON.stringify(entry);
      if (!here) { if (old === undefined) held.entries.push(entry); }
      else if (text !== old && JSON.stringify(here) === old) Object.assign(here, entry);
      else if (text !== old && text !== JSON.stringify(here)) clashes.push([here, entry]);
    }
  }
  return clashes;
}

/** The choice for each clash, both texts beside it; `decided(mine, theirs, taken)` hears of each, and whether theirs is taken. */
export function choices(clashes, decided) {
  return clashes.map(([here, there]) => {
    const line = make("div", "clash", make("b", "", here.heading || word("untitled")), side("conflict.mine", here), side("conflict.theirs", there));
    const take = (name, theirs) => {
      const act = button(word(name), "button", () => { line.remove(); decided(here, there, theirs); });
      act.setAttribute("aria-label", `${act.textContent}：${here.heading}`);
      return act;
    };
    line.append(make("p", "actions", take("conflict.keep", false), take("conflict.take", true)));
    return line;
  });
}

function side(name, entry) {
  return make("div", "", make("span", "hint", word(name)), make("p", "quote", [entry.heading, entry.text, entry.unit && word("credit", { unit: entry.unit })].filter(Boolean).join("\n")));
}
