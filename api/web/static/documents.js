// The shelf: files come in here; articles and files are found, filtered, opened, taken out and brought back.

import { follow, get, send } from "./api.js";
import { button, filtering, link, make, notify, reasonOf, sizeOf, tabs, when, word } from "./dom.js";

const FACETS = ["place", "year", "kind", "column", "source", "name", "flag", "attention", "practice"];
/** How many files go up at once. */
const BATCH = 200;
const SHOWN = 8;
const TITLES = { place: "place", year: "date", kind: "kind", column: "column", source: "source_line", name: "file", flag: "note", attention: "attention", practice: "practice", status: "state" };
const list = document.getElementById("list");
const more = document.getElementById("more");
const total = document.getElementById("total");
const filter = document.getElementById("filter");
const address = new URLSearchParams(location.search);
const asked = Object.fromEntries([...FACETS, "status", "document"].map((name) => [name, address.get(name) ?? ""]));
let view = address.get("view") === "files" ? "files" : "articles";
/** Provinces whose places are shown. */
const unfolded = new Set();
const sort = document.getElementById("sort");
let next = null;
let round = 0;

sort.value = address.get("sort") ?? sort.options[0].value;
filter.elements.q.value = address.get("q") ?? "";
const choose = tabs(document.querySelector(".tabs"), (tab) => {
  view = tab.id === "tab-files" ? "files" : "articles";
  list.setAttribute("aria-labelledby", tab.id);
  fresh();
});
if (matchMedia("(max-width: 860px)").matches) document.getElementById("facets").open = false;
choose(document.getElementById(`tab-${view}`), false);
filtering(filter, fresh);
filter.addEventListener("reset", () => {
  for (const name of Object.keys(asked)) asked[name] = "";
  setTimeout(fresh);
});
sort.addEventListener("change", fresh);
more.addEventListener("click", () => page(round));

function wish() {
  const q = filter.elements.q.value.trim();
  const { status, ...facets } = asked;
  const order = sort.value === sort.options[0].value ? "" : sort.value;
  return view === "files" ? { q, status } : { q, ...facets, sort: order };
}

async function fresh() {
  const mine = ++round;
  next = null;
  const given = Object.entries({ view: view === "files" ? "files" : "", ...wish() }).filter(([, value]) => value);
  history.replaceState(null, "", given.length ? `?${new URLSearchParams(given)}` : location.pathname);
  sort.parentElement.hidden = view === "files";
  list.setAttribute("aria-busy", "true");
  await Promise.all([page(mine, true), facets(mine)]);
  if (mine === round) list.setAttribute("aria-busy", "false");
}

async function page(mine, first = false) {
  try {
    const path = view === "files" ? "/v1/documents" : "/v1/desk/articles";
    const told = await get(path, { ...wish(), cursor: next, limit: 50 });
    if (mine !== round) return;
    if (first) {
      list.replaceChildren();
      const { sort: _, ...wished } = wish();
      const narrowed = Object.values(wished).some(Boolean);
      total.textContent = told.total ? word("total", { n: told.total }) : word(narrowed ? "none" : "none.documents");
    }
    list.append(...told.items.map(view === "files" ? fileRow : articleRow));
    next = told.next;
    more.hidden = !next;
  } catch (error) {
    if (mine === round) notify(error.message);
  }
}

function articleRow(article) {
  const about = [article.place?.path.join(" › "), article.published_on, article.kind_name, article.column].filter(Boolean).join("　");
  return make("article", "row",
    make("h3", "", link(`/articles/${article.id}`, "", article.title || word("untitled")), ...article.flag_names.map((flag) => make("span", "flag", flag))),
    make("p", "about", about), article.told && toldWith(article), make("p", "about", article.name));
}

/** The sentence that has what is searched for, which opens the article there. */
function toldWith(article) {
  const sought = wish().q.split(/\s+/).filter((part) => part && article.told.text.includes(part));
  const at = Math.min(...sought.map((part) => article.told.text.indexOf(part)));
  const part = sought.find((each) => article.told.text.startsWith(each, at));
  const { text, start, end } = article.told;
  const marked = [text.slice(Math.max(0, at - 30), at), make("mark", "", part), text.slice(at + part.length, at + part.length + 70)];
  return make("p", "quote", link(`/articles/${article.id}?start=${start}&end=${end}`, "", at > 30 ? "…" : "", ...marked));
}

function fileRow(file) {
  const act = make("span", "row-actions");
  const made = make("article", `row file ${file.status}`,
    make("h3", "", make("span", "", file.name), make("span", "flag", word(`state.${file.status}`))),
    make("p", "about", [when(file.received_at), sizeOf(file.size), ...(file.reason ? [] : [word("articles", { n: file.articles }), word("facts", { n: file.facts })])].filter(Boolean).join("　")),
    file.reason ? make("p", "fault-line", reasonOf(file)) : null, act);
  if (["indexed", "stored"].includes(file.status)) {
    act.append(button(word("to.articles"), "link", () => { asked.name = file.name; choose(document.getElementById("tab-articles"), true); }));
    act.append(button(word("delete"), "link", () => takeOut(file)));
  }
  if (file.status === "failed") act.append(button(word("forget"), "link", () => takeOut(file)));
  if (["deleted", "replaced"].includes(file.status)) act.append(button(word("undo"), "link", () => bringBack(file)));
  return made;
}

async function takeOut(file) {
  const failed = file.status === "failed";
  if (!confirm(word(failed ? "forget.sure" : "delete.sure", { name: file.name }))) return;
  await attempt(async () => {
    await send("DELETE", `/v1/documents/${file.id}`);
    notify(word(failed ? "forgotten" : "deleted", { name: file.name }), { text: word("undo"), run: () => bringBack(file) });
    await fresh();
  });
}

async function bringBack(file) {
  await attempt(async () => {
    notify(word("restored", { name: file.name }));
    const job = await follow(await send("POST", `/v1/documents/${file.id}/restore`), () => {});
    if (job.error) notify(job.error);
    await fresh();
  });
}

async function facets(mine) {
  try {
    const told = view === "files" ? await get("/v1/desk/states", { q: wish().q }) : await get("/v1/desk/facets", wish());
    if (mine !== round) return;
    const lists = document.getElementById("facet-lists");
    const { facet: name, value } = lists.contains(document.activeElement) ? document.activeElement.dataset : {};
    lists.replaceChildren(...(view === "files" ? ["status"] : FACETS).map((each) => facet(each, told[each === "status" ? "state" : each] ?? [])).filter(Boolean));
    const facets = [...lists.querySelectorAll(".facet")];
    if (name) (facets.find((each) => each.dataset.facet === name && each.dataset.value === value) ?? facets.find((each) => each.dataset.facet === name) ?? filter.elements.q).focus();
  } catch (error) {
    if (mine === round) notify(error.message);
  }
}

function facet(name, values) {
  if (!values.length && !asked[name]) return null;
  const group = make("fieldset", "", make("legend", "", word(TITLES[name])));
  const option = (given) => optionOf(name, given);
  if (name === "place") {
    group.append(...tree(values));
    return group;
  }
  const chosen = values.findIndex((v) => v.value === asked[name]);
  const first = asked[name] ? [values[chosen] ?? { value: asked[name], label: labelOf(name, asked[name]), count: "" }] : [];
  const all = [...first, ...values.filter((v) => v.value !== asked[name])];
  group.append(...all.slice(0, SHOWN).map(option));
  if (all.length > SHOWN) {
    const rest = button(word("more", { n: all.length - SHOWN }), "link", () => { rest.replaceWith(...all.slice(SHOWN).map(option)); });
    group.append(rest);
  }
  return group;
}

function optionOf(name, { value, label, count }) {
  const made = button("", "facet", () => { asked[name] = asked[name] === value ? "" : value; fresh(); });
  made.append(make("span", "", label), make("span", "count", String(count)));
  made.setAttribute("aria-pressed", String(asked[name] === value));
  Object.assign(made.dataset, { facet: name, value });
  return made;
}

/** Provinces in administrative order, each with its places folded away; the one chosen stands open. */
function tree(values) {
  const places = [...values].sort((a, b) => (a.value < b.value ? -1 : 1));
  const other = asked.place && !places.some((each) => each.value === asked.place) ? [optionOf("place", { value: asked.place, label: asked.place, count: "" })] : [];
  const provinces = places.filter((each) => each.value.endsWith("0000"));
  const drawn = provinces.map((province) => {
    const inside = places.filter((each) => each !== province && each.value.slice(0, 2) === province.value.slice(0, 2));
    if (!inside.length) return make("div", "branch", optionOf("place", province));
    const list = make("div", "branches", ...inside.map((each) => optionOf("place", each)));
    const fold = button("", "fold", () => show(list.hidden));
    const show = (open) => {
      list.hidden = !open;
      fold.setAttribute("aria-expanded", String(open));
      unfolded[open ? "add" : "delete"](province.value);
    };
    fold.setAttribute("aria-label", word("places.in", { name: province.label }));
    show(unfolded.has(province.value) || inside.some((each) => each.value === asked.place) || provinces.length < 4);
    return make("div", "branch", fold, optionOf("place", province), list);
  });
  return [...other, ...drawn];
}

function labelOf(name, value) {
  const group = { attention: "attention", status: "state", kind: "kind", flag: "flag" }[name];
  return group ? word(`${group}.${value}`) : value;
}

// --- coming in ------------------------------------------------------------------------------------------------------

const drop = document.getElementById("upload");
const progress = document.getElementById("progress");
const outcome = document.getElementById("outcome");

for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
// A file that falls beside the box must not take the page away.
for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
drop.addEventListener("drop", async (event) => {
  event.preventDefault();
  takeIn(await dropped(event.dataTransfer));
});
for (const id of ["files", "folder"]) {
  document.getElementById(id).addEventListener("change", (event) => {
    takeIn([...event.target.files].map((file) => [file, file.webkitRelativePath || file.name]));
    event.target.value = "";
  });
}

resume();

/** See to its end what was being taken in when the page was left. */
async function resume() {
  await attempt(async () => {
    const { items } = await get("/v1/jobs");
    const running = items.filter((job) => job.kind === "ingest" && ["queued", "running"].includes(job.state));
    if (!running.length) return;
    progress.hidden = false;
    const ended = [];
    for (const job of running.reverse()) ended.push(await follow(job, (now) => tell(`${now.title}　${now.done} / ${now.total || "……"}　${now.item}`, now.total ? now.done / now.total : null)));
    progress.hidden = true;
    report(ended.flatMap((job) => job.result.documents ?? []), ended.map((job) => job.error).filter(Boolean));
    fresh();
  });
}

async function takeIn(files) {
  if (!files.length) return;
  progress.hidden = false;
  outcome.replaceChildren();
  const taken = [];
  const faults = [];
  for (let at = 0; at < files.length && !faults.length; at += BATCH) {
    try {
      const job = await upload(files.slice(at, at + BATCH), at, files.length);
      taken.push(...(job.result.documents ?? []));
      if (job.error) faults.push(job.error);
    } catch (error) {
      faults.push(error.message);
    }
  }
  report(taken, faults);
  document.getElementById("empty")?.remove();
  progress.hidden = true;
  fresh();
}

/** Send some files and see them taken in; `before` have been, of `total` in all. */
async function upload(files, before, total) {
  const form = new FormData();
  for (const [file, name] of files) form.append("files", file, name);
  tell(word("upload.sent"), before ? before / total : null);
  return follow(await send("POST", "/v1/documents", form), (now) => {
    // An archive counts as the files in it, so that one upload may have more than were sent.
    const all = Math.max(total, before + now.total);
    tell(`${before + now.done} / ${all}　${now.item}`, now.total ? (before + now.done) / all : null);
  });
}

function tell(text, share) {
  document.getElementById("doing").textContent = text;
  const bar = document.getElementById("bar");
  if (share === null) bar.removeAttribute("value");
  else bar.value = share;
}

/** What became of each file: what came in and what was there already with a link to its articles, what failed with why. */
function report(files, faults) {
  const of = (...states) => files.filter((file) => states.includes(file.status));
  const [good, same, bad] = [of("indexed", "stored"), of("duplicate"), of("failed")];
  const said = make("p", "", word("upload.done", { ok: good.length, same: same.length, bad: bad.length }));
  const to = (file, text) => make("li", "", link(`/documents?document=${file.id}`, "", file.name), make("span", "about", text));
  const lists = [
    shortened(bad, (file) => make("li", "", make("b", "", file.name), make("span", "fault-line", reasonOf(file)))),
    shortened(good, (file) => {
      const row = to(file, [word("articles", { n: file.articles }), word("facts", { n: file.facts }), file.replaced?.length && word("upload.replaced")].filter(Boolean).join("　"));
      row.append(...(file.replaced ?? []).map((old) => button(word("upload.restore"), "link", () => bringBack({ id: old, name: file.name }))));
      return row;
    }),
    shortened(same, (file) => to(file, file.same_as === file.path ? word("upload.same") : word("upload.same.as", { name: file.same_as.split("/").pop() }))),
  ];
  outcome.replaceChildren(...(files.length || !faults.length ? [said, ...lists] : []), ...faults.map((fault) => make("p", "fault-line", fault)));
}

/** A list of files, the rest of a long one behind a button. */
function shortened(files, draw) {
  const list = make("ul", "plain", ...files.slice(0, SHOWN).map(draw));
  const rest = files.slice(SHOWN);
  if (rest.length) {
    const more = make("li", "", button(word("more", { n: rest.length }), "link", () => more.replaceWith(...rest.map(draw))));
    list.append(more);
  }
  return list;
}

/** Files dropped, those in folders with their paths. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const found = [];
  const walk = async (entry) => {
    if (entry.isFile) found.push([await new Promise((yes, no) => entry.file(yes, no)), entry.fullPath.slice(1)]);
    else {
      const reader = entry.createReader();
      for (let some; (some = await new Promise((yes, no) => reader.readEntries(yes, no))).length;) for (const each of some) await walk(each);
    }
  };
  for (const entry of entries) await walk(entry);
  return found.length ? found : [...transfer.files].map((file) => [file, file.name]);
}

async function attempt(work) {
  try {
    await work();
  } catch (error) {
    notify(error.message);
  }
}
