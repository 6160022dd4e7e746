// An empty library: one click loads the samples.

import { follow, send } from "./api.js";
import { word } from "./dom.js";

const load = document.getElementById("load-samples");
const told = document.getElementById("samples-doing");
const bar = document.getElementById("samples-bar");

load.addEventListener("click", async () => {
  load.disabled = true;
  document.getElementById("samples-progress").hidden = false;
  told.textContent = word("samples.begin");
  try {
    const job = await follow(await send("POST", "/v1/documents/samples"), (now) => {
      if (!now.total) return;
      told.textContent = `${now.done} / ${now.total}　${now.item}`;
      bar.value = now.done / now.total;
    });
    if (job.state === "done") location.reload();
    else told.textContent = job.error ?? "";
  } catch (error) {
    told.textContent = error.message;
  }
  load.disabled = false;
});
