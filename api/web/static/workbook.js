// A workbook of figures that was edited elsewhere: its differences are looked at, then written.

import { send } from "./api.js";
import { answered, changedTo, make, notify, word } from "./dom.js";

/** Bring a file back; `signed()` gives who signs, `written()` is called after a change. */
export async function bringBack(file, signed, written) {
  const form = new FormData();
  form.append("file", file);
  try {
    const found = await send("POST", "/v1/desk/workbook", form);
    const problems = found.problems.map((text) => make("li", "fault-line", text));
    if (!found.differences.length && !problems.length) return notify(word("workbook.same"));
    document.getElementById("changes-told").textContent = word("workbook.told", { n: found.differences.length });
    document.getElementById("changes-list").replaceChildren(...problems, ...found.differences.map((d) => make("li", "", `${d.head}：${changedTo(d.field, d.old)} → ${changedTo(d.field, d.new)}`)));
    if ((await answered(document.getElementById("changes-dialog"))) !== "write") return;
    const author = await signed();
    if (author === null) return;
    const told = await send("POST", `/v1/desk/workbook?${new URLSearchParams({ write: "true", author })}`, form);
    notify(word("written", { n: told.written }));
    await written();
  } catch (error) {
    notify(error.message);
  }
}
