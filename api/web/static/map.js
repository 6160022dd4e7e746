// Figures of places as a choropleth on the map that the user configured: SVG, drawn when it is first opened.

import { send } from "./api.js";
import { make, word } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const STEPS = 5;
const MOST_NAMES = 40;

/** Offer a map of `rows` [{adcode, value, shown}] of one unit, where a map is configured and two places have a figure. */
export function mapOf(figure, rows, unit) {
  if (!document.querySelector(".desk[data-map]") || rows.length < 2) return;
  const more = make("details", "", make("summary", "", word("map")));
  const place = make("div", "map");
  more.append(place);
  figure.append(more);
  figure.hidden = false;
  more.addEventListener("toggle", async () => {
    if (!more.open || place.childElementCount) return;
    try {
      const told = await send("POST", "/v1/desk/map", { places: rows.map((row) => row.adcode) });
      place.replaceChildren(...(told.shapes.length ? drawn(told, rows, unit) : [make("p", "hint", word("map.none"))]));
    } catch (error) {
      place.replaceChildren(make("p", "hint", error.message));
    }
  });
}

function drawn(told, rows, unit) {
  const figures = new Map(rows.map((row) => [row.adcode, row]));
  const steps = stepsOf(rows.map((row) => row.value));
  const sheet = element("svg", { viewBox: `-4 -4 ${told.width + 8} ${told.height + 8}`, role: "img" });
  const shown = told.shapes.filter((shape) => figures.has(shape.adcode));
  const saying = (shape) => `${shape.name} ${figures.get(shape.adcode).shown}${unit}`;
  sheet.setAttribute("aria-label", shown.map(saying).join("，"));
  for (const shape of told.shapes) {
    const row = figures.get(shape.adcode);
    const path = element("path", { d: shape.path, class: shape.adcode ? (row ? `step-${stepOf(steps, row.value)}` : "step-none") : "line" });
    if (shape.adcode) path.append(element("title", {}, row ? saying(shape) : `${shape.name} ${word("unmentioned")}`));
    sheet.append(path);
  }
  if (shown.length <= MOST_NAMES) {
    for (const { at, name, adcode } of shown) {
      const [x, y] = at;
      const dark = stepOf(steps, figures.get(adcode).value) > 2 ? "dark" : "";
      const label = element("text", { x, y, class: dark }, name);
      label.append(element("tspan", { x, dy: "1.1em" }, figures.get(adcode).shown));
      sheet.append(label);
    }
  }
  const missing = rows.length - shown.length;
  const notes = [
    word("map.from", { name: told.name }) + (told.approval ? `，${told.approval}` : `。${word("map.unapproved")}`),
    missing ? word("map.missing", { n: missing }) : "",
  ];
  return [sheet, legend(steps, rows, unit), ...notes.filter(Boolean).map((note) => make("p", "hint", note))];
}

/** The least value of each step: as many places in each, as far as equal values allow. */
function stepsOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return [...new Set(Array.from({ length: STEPS }, (_, step) => sorted[Math.floor((step * sorted.length) / STEPS)]))];
}

/** Which shade, from 0, light, to 4, dark. */
function stepOf(steps, value) {
  const at = steps.findLastIndex((least) => value >= least);
  return steps.length > 1 ? Math.round((at * (STEPS - 1)) / (steps.length - 1)) : STEPS - 1;
}

function legend(steps, rows, unit) {
  const list = make("ul", "legend");
  steps.forEach((least, at) => {
    const within = rows.filter((row) => row.value >= least && (at + 1 === steps.length || row.value < steps[at + 1])).sort((a, b) => a.value - b.value);
    const [low, high] = [within[0].shown, within.at(-1).shown];
    const swatch = element("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" });
    swatch.append(element("path", { d: "M0,0H10V10H0Z", class: `step-${stepOf(steps, least)}` }));
    list.append(make("li", "", swatch, low === high ? `${low}${unit}` : `${low}—${high}${unit}`));
  });
  return list;
}

function element(tag, attributes, text = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text) made.append(text);
  return made;
}
