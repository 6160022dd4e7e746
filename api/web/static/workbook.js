// A workbook of figures that was edited elsewhere: its differences are looked at, then written.

import { send } from "./api.js";
import { answered, around, changedTo, make, notify, word } from "./dom.js";

/** Bring a file back; `signed()` gives who signs, `written()` is called after a change. */
export async function bringBack(file, signed, written) {
  const form = new FormData();
  form.append("file", file);
  try {
    const found = await send("POST", "/v1/desk/workbook", form);
    const problems = found.problems.map((text) => make("li", "fault-line", text));
    if (!found.differences.length && !problems.length) return notify(word("workbook.same"));
    document.getElementById("changes-told").textContent = word("workbook.told", { n: found.differences.length });
    document.getElementById("changes-list").replaceChildren(...problems, ...byPlace(found.differences));
    const dialog = document.getElementById("changes-dialog");
    dialog.querySelector('[value="write"]').hidden = !found.differences.length;
    if ((await answered(dialog)) !== "write") return;
    const author = await signed();
    if (author === null) return;
    const told = await send("POST", `/v1/desk/workbook?${new URLSearchParams({ write: "true", author })}`, form);
    notify(word("written", { n: told.written }));
    await written();
  } catch (error) {
    notify(error.message);
  }
}

/** Differences of each place under its name, those of one figure together with its sentence. */
function byPlace(differences) {
  const figures = new Map();
  for (const each of differences) figures.set(each.fact, [...(figures.get(each.fact) ?? []), each]);
  const places = new Map();
  for (const all of figures.values()) {
    const name = all[0].place ?? word("no.place");
    places.set(name, [...(places.get(name) ?? []), figureOf(all)]);
  }
  return [...places].map(([name, drawn]) => make("li", "", make("h3", "", name), make("ul", "plain", ...drawn)));
}

function figureOf(all) {
  const changes = all.map((d) => `${d.head}：${changedTo(d.field, d.old)} → ${changedTo(d.field, d.new)}`).join("；");
  return make("li", "", make("b", "", all[0].indicator_name), `　${changes}`, make("p", "about", "〔", ...around(all[0]), "〕"));
}
