// Settings: what this machine can do, whether the model answers, how to cite.

import { get, send } from "./api.js";
import { make, notify, word } from "./dom.js";

const standard = document.getElementById("standard");
standard.value = localStorage.getItem("standard") ?? "2025";
standard.addEventListener("change", () => localStorage.setItem("standard", standard.value));

document.getElementById("test-model")?.addEventListener("click", async (event) => {
  const told = document.getElementById("test-result");
  event.target.disabled = true;
  told.textContent = "……";
  try {
    told.textContent = (await send("POST", "/v1/desk/model")).told;
  } catch (error) {
    told.textContent = error.message;
  }
  event.target.disabled = false;
});

try {
  const { items } = await get("/v1/desk/abilities");
  document.getElementById("abilities").append(...items.map((each) => make("li", "", make("span", `flag ${each.ok ? "ok" : "failed"}`, word(each.ok ? "able" : "unable")), make("b", "", each.name), make("span", "about", each.told))));
} catch (error) {
  notify(error.message);
}
