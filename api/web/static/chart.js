// A bar chart of a table that has numbers, drawn by ECharts, which is loaded when one is first shown.

import { make, word } from "./dom.js";

const MOST = 40;
let loading = null;

/** Draw the first column of numbers by the first column of names; tables without stay as they are. */
export async function chartOf(figure, table) {
  const numbers = table.columns.findIndex((_, c) => c > 0 && table.rows.every((row) => /^-?\d+(\.\d+)?%?$|^$/.test(row[c])) && table.rows.filter((row) => row[c]).length > 1);
  if (numbers < 0 || table.rows.length > MOST) return;
  const units = table.columns.indexOf(word("field.unit"));
  const told = [...new Set(table.rows.map((row) => (units < 0 ? "" : row[units])).filter(Boolean))];
  if (told.length > 1) return;
  const rows = table.rows.filter((row) => row[numbers]);
  const names = rows.map((row) => row[0]);
  const values = rows.map((row) => Number.parseFloat(row[numbers]));
  const more = make("details", "", make("summary", "", word("chart")));
  const board = make("div", "board");
  board.setAttribute("role", "img");
  board.setAttribute("aria-label", names.map((name, at) => `${name} ${rows[at][numbers]}${told[0] ?? ""}`).join("，"));
  more.append(board);
  figure.append(more);
  figure.hidden = false;
  more.addEventListener("toggle", async () => {
    if (!more.open || board.childElementCount) return;
    const echarts = await load();
    board.style.height = `${Math.max(120, 34 * rows.length + 50)}px`;
    const style = getComputedStyle(document.body);
    const chart = echarts.init(board, null, { renderer: "canvas" });
    chart.setOption({
      animation: false, textStyle: { fontFamily: style.fontFamily, color: style.color },
      grid: { left: 8, right: 64, top: 8, bottom: 8, containLabel: true },
      xAxis: { type: "value", name: told[0] ?? "", splitNumber: 4 }, yAxis: { type: "category", data: names, inverse: true, axisTick: { show: false } },
      series: [{ type: "bar", data: values, barMaxWidth: 18, itemStyle: { color: "#9c2b1e" }, label: { show: true, position: "right", formatter: ({ dataIndex }) => rows[dataIndex][numbers] } }],
    });
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
