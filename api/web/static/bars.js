// Bars drawn as SVG: no inline styles, so that the page's security policy holds.

const SVG = "http://www.w3.org/2000/svg";

/** A bar that fills a share of its track; for the eye only, the number stands beside it. */
export function bar(share) {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("viewBox", "0 0 100 10");
  made.setAttribute("preserveAspectRatio", "none");
  made.setAttribute("class", "bar");
  made.setAttribute("aria-hidden", "true");
  made.append(rect(0, 0, Math.max(0, Math.min(1, share)) * 100, 10));
  return made;
}

/** Boxes over a page's picture, in the page's own points, in a group of theirs where there are any. */
export function boxes(width, height, given) {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("viewBox", `0 0 ${width} ${height}`);
  made.setAttribute("class", "boxes");
  made.setAttribute("aria-hidden", "true");
  if (!given.length) return made;
  const group = document.createElementNS(SVG, "g");
  group.append(...given.map(([left, top, right, bottom]) => rect(left, top, right - left, bottom - top)));
  made.append(group);
  return made;
}

function rect(x, y, width, height) {
  const made = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ x, y, width, height })) made.setAttribute(name, String(value));
  return made;
}
