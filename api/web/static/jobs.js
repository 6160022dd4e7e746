// What runs and ran, and what people changed.

import { get } from "./api.js";
import { changeOf, link, make, notify, reasonOf, when, word } from "./dom.js";

const list = document.getElementById("jobs");

await tell();
await changes();

async function tell() {
  try {
    const { items } = await get("/v1/jobs");
    list.replaceChildren(...(items.length ? items.map(row) : [make("li", "hint", word("none.jobs"))]));
    if (items.some((job) => ["queued", "running"].includes(job.state))) setTimeout(tell, 700);
  } catch (error) {
    notify(error.message);
  }
}

function row(job) {
  const made = make("li", "", make("span", `flag ${job.state}`, word(`job.${job.state}`)), make("b", "", job.title), make("span", "about", [when(job.queued_at), job.ended_at && when(job.ended_at)].filter(Boolean).join(` ${word("to")} `)));
  if (job.state === "running") {
    const bar = make("progress", "");
    bar.setAttribute("aria-label", job.title);
    if (job.total) { bar.max = job.total; bar.value = job.done; }
    made.append(bar, make("span", "about", `${job.done} / ${job.total || "……"}　${job.item}`));
  }
  if (job.error) made.append(make("p", "fault-line", job.error));
  const files = job.result.documents ?? [];
  const bad = files.filter((file) => file.status === "failed");
  if (files.length) {
    const count = (...states) => files.filter((file) => states.includes(file.status)).length;
    made.append(make("p", "about", word("upload.done", { ok: count("indexed", "stored"), same: count("duplicate"), bad: bad.length })));
  }
  made.append(...bad.map((file) => make("p", "fault-line", `${file.name}：${reasonOf(file)}`)));
  return made;
}

async function changes() {
  const box = document.getElementById("changes");
  try {
    const told = await get("/v1/corrections", { limit: 100 });
    const items = told.items.filter((each) => each.field !== "indicator").slice(0, 50); // its name is told
    box.append(...(items.length ? items.map((c) => make("li", "", link(`/facts?id=${c.fact}`, "", [c.place, c.indicator_name, c.text].filter(Boolean).join("　") || word("figure.gone")), make("span", "about", changeOf(c)))) : [make("li", "hint", word("none.changes"))]));
  } catch (error) {
    notify(error.message);
  }
}
