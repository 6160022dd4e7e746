// A bar chart of a table that has numbers, drawn by ECharts, which is loaded when one is first shown.

import { make, word } from "./dom.js";

const MOST = 40;
const COLORS = ["#9c2b1e", "#2f5d7c", "#7a6a1f", "#5b3f73", "#3f6b4a", "#8a5a2b", "#6b6b6b", "#b0563a"];
let loading = null;

/** The first column of numbers, at least two of them; -1 where there is none. */
export function numbersIn(table) {
  return table.columns.findIndex((_, c) => c > 0 && table.rows.every((row) => /^-?\d+(\.\d+)?%?$|^$/.test(row[c])) && table.rows.filter((row) => row[c]).length > 1);
}

/** Rows without those of places that contain another's: a total is not drawn beside its parts. `codeOf(row)` is an adcode. */
export function withoutWider(rows, codeOf) {
  const contains = (code, other) => code && other && code !== other && other.startsWith(code.replace(/(00)+$/, ""));
  const isWider = (row) => rows.some((other) => contains(codeOf(row), codeOf(other)));
  return { kept: rows.filter((row) => !isWider(row)), wider: rows.filter(isWider) };
}

/** Draw the first column of numbers by the first column of names; tables without stay as they are. */
export async function chartOf(figure, table) {
  const numbers = numbersIn(table);
  if (numbers < 0 || table.rows.length > MOST) return;
  const units = table.columns.indexOf(word("field.unit"));
  const told = [...new Set(table.rows.map((row) => (units < 0 ? "" : row[units])).filter(Boolean))];
  if (told.length > 1) return;
  const rows = table.rows.filter((row) => row[numbers]);
  const names = apart(rows.map((row) => row[0]), rows.map((row) => row[table.columns.indexOf(word("field.period_text"))] ?? ""));
  const values = rows.map((row) => Number.parseFloat(row[numbers]));
  const label = names.map((name, at) => `${name} ${rows[at][numbers]}${told[0] ?? ""}`).join("，");
  board(figure, word("chart"), label, Math.max(120, 34 * rows.length + 50), {
    grid: { left: 8, right: 64, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: "value", name: told[0] ?? "", splitNumber: 4, axisLabel: { formatter: String } }, yAxis: { type: "category", data: names, inverse: true, axisTick: { show: false } },
    series: [{ type: "bar", data: values, barMaxWidth: 18, itemStyle: { color: "#9c2b1e" }, label: { show: true, position: "right", formatter: ({ dataIndex }) => rows[dataIndex][numbers] } }],
  });
}

/** Names, with their time behind each where they are not apart without it. */
function apart(names, times) {
  return new Set(names).size === names.length ? names : names.map((name, at) => `${name} ${times[at]}`.trim());
}

/** Draw what places told at several dates: each series {name, points: [[date, value]]}, a line a place; `under` stands below. */
export function timesOf(figure, series, unit, under) {
  const label = series.map((s) => `${s.name}：${s.points.map(([date, value]) => `${date} ${value}${unit}`).join("，")}`).join("；");
  board(figure, word("times"), label, 320, {
    color: COLORS, grid: { left: 8, right: 112, top: 40, bottom: 8, containLabel: true },
    xAxis: { type: "time" }, yAxis: { type: "value", name: unit, axisLabel: { formatter: String } },
    series: series.map((s) => ({
      type: "line", name: s.name, data: s.points, symbolSize: 7, label: { show: series.length < 4, formatter: ({ value }) => String(value[1]) },
      endLabel: { show: true, formatter: s.name, color: "inherit" },
    })),
  }, under);
}

/** A chart behind a heading, drawn when it is first opened. */
function board(figure, heading, label, height, options, ...under) {
  const more = make("details", "", make("summary", "", heading));
  const place = make("div", "board");
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", label);
  more.append(place, ...under);
  figure.append(more);
  figure.hidden = false;
  more.addEventListener("toggle", async () => {
    if (!more.open || place.childElementCount) return;
    const echarts = await load();
    place.style.height = `${height}px`;
    const style = getComputedStyle(document.body);
    const chart = echarts.init(place, null, { renderer: "canvas" });
    chart.setOption({ animation: false, textStyle: { fontFamily: style.fontFamily, color: style.color }, ...options });
    addEventListener("resize", () => chart.resize());
  });
}

function load() {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = "/static/vendor/echarts-6.1.0.simple.min.js";
    script.onload = () => done(globalThis.echarts);
    script.onerror = failed;
    document.head.append(script);
  });
  return loading;
}
