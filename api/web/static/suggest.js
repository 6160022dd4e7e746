// Places of the library, suggested for the last name of a field that holds several.

import { get } from "./api.js";

/** Offer in `list` what the last name typed into `field` may become; what stands before it stays. */
export async function suggest(field, list) {
  const { items } = await get("/v1/places").catch(() => ({ items: [] }));
  const names = [...new Set(items.flatMap(within))];
  const offer = () => {
    const [, before, typed] = field.value.match(/^(.*[、，,;；\s])?(.*)$/s);
    const chosen = new Set((before ?? "").split(/[、，,;；\s]+/));
    list.replaceChildren(...names.filter((name) => name.includes(typed) && !chosen.has(name)).map((name) => Object.assign(document.createElement("option"), { value: (before ?? "") + name })));
  };
  field.addEventListener("input", offer);
  offer();
}

function within(place) {
  return [place.name, ...place.children.flatMap(within)];
}
