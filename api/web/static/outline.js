// The outline of a digest: sections and entries to be dragged, moved and gone to.

import { button, make, word } from "./dom.js";

/** Draw it; `seek(entry)` goes to an entry, `changed()` hears of every change. */
export function drawOutline(outline, issue, seek, changed) {
  outline.replaceChildren(...issue.sections.map((section) => {
    const list = make("ol", "outline-list", ...section.entries.map((entry) => {
      const item = make("li", "", button(entry.heading || word("untitled"), "link", () => seek(entry)));
      item.dataset.id = entry.id;
      return item;
    }));
    list.dataset.section = section.id;
    return make("div", "outline-part", headOf(section, issue, changed), list);
  }));
  if (issue.published) return;
  const dropped = () => { collect(outline, issue); changed(); };
  for (const list of outline.querySelectorAll(".outline-list")) {
    globalThis.Sortable?.create(list, { group: "entries", animation: 120, onEnd: dropped });
  }
}

function headOf(section, issue, changed) {
  const head = make("div", "outline-section", make("b", "", section.heading));
  if (issue.published) return head;
  const at = issue.sections.indexOf(section);
  const moved = (text, to) => {
    const act = button(text, "link", () => { issue.sections.splice(to, 0, ...issue.sections.splice(at, 1)); changed(); });
    act.setAttribute("aria-label", `${text}：${section.heading}`);
    act.disabled = to < 0 || to >= issue.sections.length;
    return act;
  };
  head.append(make("span", "entry-actions", moved("↑", at - 1), moved("↓", at + 1)));
  if (!section.entries.length) head.append(button(word("remove"), "link", () => { issue.sections.splice(issue.sections.indexOf(section), 1); changed(); }));
  return head;
}

/** Put the entries where they were dragged. */
function collect(outline, issue) {
  const known = new Map(issue.sections.flatMap((section) => section.entries).map((entry) => [entry.id, entry]));
  for (const list of outline.querySelectorAll(".outline-list")) {
    const section = issue.sections.find((each) => each.id === list.dataset.section);
    section.entries = [...list.children].map((item) => known.get(item.dataset.id));
  }
}
