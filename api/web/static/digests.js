// All digests, a new one, and the ledger.

import { get, send } from "./api.js";
import { copy, filtering, link, make, noRows, notify, parted, when, word } from "./dom.js";

const names = JSON.parse(document.getElementById("templates").textContent);
const form = document.getElementById("begin");
const fault = document.getElementById("begin-fault");
const submit = form.querySelector('[type="submit"]');
const choice = document.getElementById("ledger-filter");
let round = 0;
const asked = new URLSearchParams(location.search);
for (const name of ["theme", "template", "places"]) if (asked.get(name)) form.elements[name].value = asked.get(name);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  fault.textContent = "";
  const { theme, template, title, places } = form.elements;
  drafting(true);
  try {
    const named = parted(places.value);
    const made = await send("POST", "/v1/digests", { theme: theme.value.trim(), template: template.value, title: title.value.trim(), places: named });
    location.assign(`/digests/${made.id}`);
  } catch (error) {
    fault.textContent = error.message;
    drafting(false);
  }
});
window.addEventListener("pageshow", (event) => { if (event.persisted) drafting(false); }); // the way back from the digest

const deleted = sessionStorage.getItem("deleted");
sessionStorage.removeItem("deleted");
if (deleted) offerBack(JSON.parse(deleted));

filtering(choice, ledger);
ledger();

try {
  const { items } = await get("/v1/digests");
  document.getElementById("digests").append(...items.map(row));
  if (!items.length) document.getElementById("digests").append(noRows(8, word("none.digests")));
} catch (error) {
  notify(error.message);
}

/** Show whether a digest is being drafted. */
function drafting(now) {
  submit.disabled = now;
  submit.setAttribute("aria-busy", String(now));
  document.getElementById("begin-state").replaceChildren(now ? copy("t-drafting") : "");
}

/** Tell that a digest was deleted, and bring it back where that is wanted. */
function offerBack(issue) {
  notify(word("deleted", { name: issue.title }), { text: word("undo"), run: async () => {
    try {
      const made = await send("POST", "/v1/digests", { title: issue.title });
      await send("PUT", `/v1/digests/${made.id}`, { version: made.version, issue });
      location.assign(`/digests/${made.id}`);
    } catch (error) {
      notify(error.message);
    }
  } });
}

async function ledger() {
  const mine = ++round;
  const { by, ...wish } = Object.fromEntries(new FormData(choice));
  document.getElementById("ledger-file").href = `/v1/digests/ledger/file?${new URLSearchParams(wish)}`;
  try {
    const told = await get("/v1/digests/ledger", { ...wish, by });
    if (mine !== round) return;
    const rows = told.items.map((each) => make("tr", "", make("td", "", each.month || word(by === "unit" ? "sum" : "no.month")), make("td", "", each.region || "—"), make("td", "", each.unit), make("td", "number", String(each.sent)), make("td", "number", String(each.used))));
    document.getElementById("ledger").replaceChildren(...(rows.length ? rows : [noRows(5, word("none.ledger"))]));
    document.getElementById("ledger-sent").textContent = told.sent;
    document.getElementById("ledger-used").textContent = told.used;
  } catch (error) {
    notify(error.message);
  }
}

function row(digest) {
  return make("tr", "", make("td", "", link(`/digests/${digest.id}`, "", digest.title)), make("td", "", names[digest.template]), make("td", "", digest.number), make("td", "", digest.dated), make("td", "number", String(digest.entries)), make("td", "", word(digest.published ? "published" : "draft")), make("td", "number", String(digest.version)), make("td", "", when(digest.changed_at)));
}
