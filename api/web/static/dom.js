// Building pages. Every text goes in as text; nothing is ever parsed as HTML.

/** What the page says, and the labels of codes, by name. */
const words = JSON.parse(document.getElementById("words").textContent);

/** A word of the page, its {places} filled in; an unknown name stands for its last part. */
export function word(name, given = {}) {
  return (words[name] ?? name.split(".").pop()).replace(/\{(\w+)\}/g, (_, key) => given[key]);
}

/** Every label of a group, as [code, word]. */
export function labels(group) {
  const start = `${group}.`;
  return Object.entries(words).filter(([name]) => name.startsWith(start)).map(([name, text]) => [name.slice(start.length), text]);
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
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A link. */
export function link(href, className, ...children) {
  const made = make("a", className, ...children);
  made.href = href;
  return made;
}

/** A button that does something. */
export function button(text, className, act) {
  const made = make("button", className, text);
  made.type = "button";
  if (act) made.addEventListener("click", act);
  return made;
}

/** Fill a dl with [label, text] pairs, leaving out what is empty. */
export function define(list, pairs) {
  list.replaceChildren();
  for (const [label, text] of pairs) {
    if (text) list.append(make("div", "", make("dt", "", label), make("dd", "", text)));
  }
}

/** A place's name, a district's with its city before it: 鼓楼区 is not unique. */
export function nameOf(place) {
  if (!place) return "";
  return place.level === "county" && place.name.endsWith("区") && place.path.length > 1 ? place.path.at(-2) + place.name : place.name;
}

/** A figure's period as it is written, or its dates. */
export function periodOf(period) {
  return period.text ?? [period.start, period.end].filter(Boolean).join(` ${word("to")} `);
}

/** Say something in passing, with a thing to do about it where there is one; nothing takes away what was said. */
export function notify(text, act = null) {
  const notice = document.getElementById("notice");
  notice.replaceChildren(...(text ? [make("span", "", text)] : []));
  if (act) notice.append(button(act.text, "link", () => { notice.replaceChildren(); act.run(); }));
  clearTimeout(notify.timer);
  notify.timer = setTimeout(() => notice.replaceChildren(), act ? 15000 : 6000);
}

/** Tabs after the pattern of WAI-ARIA: arrows move, `shown(tab)` hears of each choice. */
export function tabs(list, shown = () => {}) {
  const all = [...list.querySelectorAll('[role="tab"]')];
  const choose = (tab, focus) => {
    for (const each of all) {
      each.setAttribute("aria-selected", String(each === tab));
      each.tabIndex = each === tab ? 0 : -1;
    }
    for (const panel of new Set(all.map((each) => document.getElementById(each.getAttribute("aria-controls"))))) {
      panel.hidden = panel.id !== tab.getAttribute("aria-controls");
    }
    if (focus) tab.focus();
    shown(tab);
  };
  all.forEach((tab, at) => {
    tab.addEventListener("click", () => choose(tab, false));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) choose(all[(at + step + all.length) % all.length], true);
    });
  });
  return choose;
}

/** A file's characters between two code points. */
export function points(text, start, end) {
  return Array.from(text).slice(start, end).join("");
}

/** Put text on the clipboard and say so. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    notify(word("copied"));
  } catch {
    notify(word("copy.failed"));
  }
}

/** A date and time as people read it. */
export function when(iso) {
  return iso ? iso.slice(0, 16).replace("T", " ") : "";
}

/** A number of bytes as people read it. */
export function sizeOf(bytes) {
  if (bytes === null) return "";
  const n = bytes / 1024;
  return n < 1024 ? `${Math.max(1, Math.round(n))} KB` : `${(n / 1024).toFixed(1)} MB`;
}

/** Why a file was not read, beside its name: without the name again. */
export function reasonOf(file) {
  return file.reason.replace(`'${file.name}' `, `'${file.name}'`).replaceAll(` '${file.name}'`, "").replaceAll(`'${file.name}'`, word("file"));
}

/** Names that a person parted by marks or white space. */
export function parted(text) {
  return text.split(/[、，,;；\s]+/).filter(Boolean);
}

/** What a field of a figure was changed to or from, as people read it. */
export function changedTo(field, value) {
  if (!value) return word("empty");
  const group = { status: "status", bound: "bound", subject_level: "level", review: "flag" }[field];
  return group ? word(`${group}.${value}`) : value;
}

/** A flag of a figure as people read it; of one that a person set, who and when. */
export function flagOf(fact, flag) {
  const last = ["confirmed", "not_used"].includes(flag) && fact.history.findLast((change) => change.field === "review");
  return word(`flag.${flag}`) + (last ? `（${last.author || word("nobody")}，${last.at.slice(0, 10)}）` : "");
}

/** Scroll inside a container so that an element stands in its middle, a larger one from its beginning; the page stays. */
export function centre(container, element) {
  const outer = container.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  container.scrollTop += inner.top - outer.top - Math.max(0, container.clientHeight - inner.height) / 2;
  container.scrollLeft += inner.left - outer.left - Math.max(0, container.clientWidth - inner.width) / 2;
}

/** The sentence of a figure with the figure marked. */
export function around(fact) {
  const at = fact.sentence.indexOf(fact.text);
  if (at < 0) return [fact.sentence];
  return [fact.sentence.slice(0, at), make("mark", "", fact.text), fact.sentence.slice(at + fact.text.length)];
}

/** A correction as people read it. */
export function changeOf(change) {
  const told = { at: when(change.at), author: change.author || word("nobody"), field: word(`field.${change.field}`) };
  return word("changed.by", { ...told, old: changedTo(change.field, change.old), new: changedTo(change.field, change.new) });
}

/** Who signs: the name kept by the browser, asked for where there is none yet; null where none is given. */
export function signer() {
  const author = document.getElementById("author");
  author.value = localStorage.getItem("author") ?? "";
  author.addEventListener("change", () => localStorage.setItem("author", author.value.trim()));
  for (const kind of ["input", "compositionend"]) author.addEventListener(kind, (event) => event.stopPropagation()); // no filter
  return async () => {
    if (!author.value.trim() && (await answered(document.getElementById("sign-dialog"))) === "sign") {
      author.value = document.getElementById("sign-name").value.trim();
      localStorage.setItem("author", author.value);
    }
    return author.value.trim() || null;
  };
}

/** Show a dialog; the value of the button that closed it. */
export async function answered(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
  return dialog.returnValue;
}

/** Rows of a table that say why there are no others. */
export function noRows(columns, text) {
  const cell = make("td", "hint", text);
  cell.colSpan = columns;
  return make("tr", "", cell);
}

/** Have a form of filters do something soon after each change that is whole. */
export function filtering(form, work) {
  let timer;
  form.addEventListener("submit", (event) => event.preventDefault());
  const soon = () => { clearTimeout(timer); timer = setTimeout(work, 250); };
  form.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
  form.addEventListener("compositionend", soon); // what an input method was still making is no filter yet
}
