// The shelf: files come in here; articles and files are found, filtered, opened, taken out and brought back.

import { follow, get, send } from "./api.js";
import { button, link, make, notify, tabs, word } from "./dom.js";

const FACETS = ["place", "year", "kind", "column", "name", "flag"];
const SHOWN = 8;
const TITLES = { place: "place", year: "date", kind: "kind", column: "column", name: "file", flag: "note" };
const list = document.getElementById("list");
const more = document.getElementById("more");
const total = document.getElementById("total");
const filter = document.getElementById("filter");
const address = new URLSearchParams(location.search);
const asked = Object.fromEntries([...FACETS, "status"].map((name) => [name, address.get(name) ?? ""]));
let view = address.get("view") === "files" ? "files" : "articles";
let next = null;
let round = 0;

filter.elements.q.value = address.get("q") ?? "";
const choose = tabs(document.querySelector(".tabs"), (tab) => {
  view = tab.id === "tab-files" ? "files" : "articles";
  list.setAttribute("aria-labelledby", tab.id);
  document.getElementById("facet-lists").hidden = view === "files";
  fresh();
});
if (matchMedia("(max-width: 860px)").matches) document.getElementById("facets").open = false;
choose(document.getElementById(`tab-${view}`), false);
filter.addEventListener("input", debounce(fresh));
filter.addEventListener("submit", (event) => { event.preventDefault(); fresh(); });
filter.addEventListener("reset", () => {
  for (const name of Object.keys(asked)) asked[name] = "";
  setTimeout(fresh);
});
more.addEventListener("click", () => page(round));

function wish() {
  const q = filter.elements.q.value.trim();
  const { status, ...facets } = asked;
  return view === "files" ? { q, status } : { q, ...facets };
}

async function fresh() {
  const mine = ++round;
  next = null;
  const given = Object.entries({ view: view === "files" ? "files" : "", ...wish() }).filter(([, value]) => value);
  history.replaceState(null, "", given.length ? `?${new URLSearchParams(given)}` : location.pathname);
  list.setAttribute("aria-busy", "true");
  await Promise.all([page(mine, true), view === "articles" ? facets(mine) : null]);
  list.setAttribute("aria-busy", "false");
}

async function page(mine, first = false) {
  try {
    const path = view === "files" ? "/v1/documents" : "/v1/desk/articles";
    const told = await get(path, { ...wish(), cursor: next, limit: 50 });
    if (mine !== round) return;
    if (first) list.replaceChildren();
    total.textContent = told.total ? word("total", { n: told.total }) : word("none");
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
    make("p", "about", about), make("p", "about", article.name));
}

function fileRow(file) {
  const act = make("span", "row-actions");
  const made = make("article", `row file ${file.status}`,
    make("h3", "", make("span", "", file.name), make("span", "flag", word(`state.${file.status}`))),
    make("p", file.reason ? "fault-line" : "about", file.reason ?? [word("articles", { n: file.articles }), word("facts", { n: file.facts })].join("　")), act);
  if (["indexed", "stored"].includes(file.status)) {
    act.append(button("看文章", "link", () => { asked.name = file.name; choose(document.getElementById("tab-articles"), true); }));
    act.append(button("删除", "link", () => takeOut(file)));
  }
  if (file.status === "deleted") act.append(button(word("undo"), "link", () => bringBack(file)));
  return made;
}

async function takeOut(file) {
  if (!confirm(word("delete.sure", { name: file.name }))) return;
  await attempt(async () => {
    await send("DELETE", `/v1/documents/${file.id}`);
    notify(word("deleted", { name: file.name }), { text: word("undo"), run: () => bringBack(file) });
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
    const told = await get("/v1/desk/facets", wish());
    if (mine === round) document.getElementById("facet-lists").replaceChildren(...FACETS.map((name) => facet(name, told[name])).filter(Boolean));
  } catch (error) {
    if (mine === round) notify(error.message);
  }
}

function facet(name, values) {
  if (!values.length && !asked[name]) return null;
  const group = make("fieldset", "", make("legend", "", word(TITLES[name])));
  const option = ({ value, label, count }) => {
    const made = button("", "facet", () => { asked[name] = asked[name] === value ? "" : value; fresh(); });
    made.append(make("span", "", label), make("span", "count", String(count)));
    made.setAttribute("aria-pressed", String(asked[name] === value));
    return made;
  };
  const missing = asked[name] && !values.some((v) => v.value === asked[name]);
  const all = missing ? [{ value: asked[name], label: asked[name], count: 0 }, ...values] : values;
  group.append(...all.slice(0, SHOWN).map(option));
  if (all.length > SHOWN) {
    const rest = button(word("more", { n: all.length - SHOWN }), "link", () => { rest.replaceWith(...all.slice(SHOWN).map(option)); });
    group.append(rest);
  }
  return group;
}

// --- coming in ------------------------------------------------------------------------------------------------------

const drop = document.getElementById("upload");
const progress = document.getElementById("progress");
const outcome = document.getElementById("outcome");

for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
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

async function takeIn(files) {
  if (!files.length) return;
  const form = new FormData();
  for (const [file, name] of files) form.append("files", file, name);
  progress.hidden = false;
  outcome.replaceChildren();
  tell(word("upload.sent"), null);
  try {
    const job = await follow(await send("POST", "/v1/documents", form), (now) => tell(`${now.done} / ${now.total || files.length}　${now.item}`, now.total ? now.done / now.total : null));
    report(job);
  } catch (error) {
    outcome.replaceChildren(make("p", "fault-line", error.message));
  }
  progress.hidden = true;
  fresh();
}

function tell(text, share) {
  document.getElementById("doing").textContent = text;
  const bar = document.getElementById("bar");
  if (share === null) bar.removeAttribute("value");
  else bar.value = share;
}

function report(job) {
  if (job.error) return outcome.replaceChildren(make("p", "fault-line", job.error));
  const files = job.result.documents;
  const count = (...states) => files.filter((file) => states.includes(file.status)).length;
  const bad = files.filter((file) => file.status === "failed");
  const said = make("p", "", word("upload.done", { ok: count("indexed", "stored"), same: count("duplicate"), bad: bad.length }));
  const reasons = make("ul", "plain", ...bad.map((file) => make("li", "", make("b", "", file.name), make("span", "fault-line", file.reason))));
  outcome.replaceChildren(said, reasons);
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

function debounce(work) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(work, 250); };
}
