// An empty library: one click loads the samples.

import { follow, send } from "./api.js";

const load = document.getElementById("load-samples");
const told = document.getElementById("samples-progress");

load.addEventListener("click", async () => {
  load.disabled = true;
  try {
    const job = await follow(await send("POST", "/v1/documents/samples"), (now) => {
      told.textContent = now.total ? `${now.done} / ${now.total}　${now.item}` : "……";
    });
    if (job.state === "done") location.reload();
    else told.textContent = job.error ?? "";
  } catch (error) {
    told.textContent = error.message;
  }
  load.disabled = false;
});
