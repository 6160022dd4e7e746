// Where the library holds the samples: one click, confirmed once, takes them out.

import { send } from "./api.js";
import { notify, word } from "./dom.js";

const remove = document.getElementById("remove-samples");

remove.addEventListener("click", async () => {
  if (!confirm(word("samples.sure"))) return;
  remove.disabled = true;
  try {
    await send("DELETE", "/v1/documents/samples");
    location.reload();
  } catch (error) {
    notify(error.message);
    remove.disabled = false;
  }
});
