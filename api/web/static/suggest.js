// Names suggested for a field: places of the library, of which it may hold several, and indicators.

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

/** Offer the names of the indicators with the most figures. */
export async function suggestIndicators(list) {
  const { items } = await get("/v1/indicators", { limit: 1000 }).catch(() => ({ items: [] }));
  list.append(...items.map(({ name }) => Object.assign(document.createElement("option"), { value: name })));
}

/** The id of the indicator of that name, of all there are; null where there is none. */
export async function indicatorNamed(name) {
  for (let cursor; cursor !== null; ) {
    const { items, next } = await get("/v1/indicators", { q: name, limit: 1000, ...(cursor ? { cursor } : {}) });
    const found = items.find((each) => each.name === name);
    if (found) return found.id;
    cursor = next;
  }
  return null;
}

function within(place) {
  return [place.name, ...place.children.flatMap(within)];
}
