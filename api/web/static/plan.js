// How a question was understood, as chips; each may be changed, and the question asked again.

import { button, labels, make, word } from "./dom.js";

/** The chips of an answer's plan and the form behind them. */
export function planOf(answer, again) {
  const { plan, names } = answer;
  const chips = make("ul", "chips", ...answer.reading.map((each) => make("li", "", button("", "chip", () => open(each.label)), )));
  answer.reading.forEach((each, at) => {
    const chip = chips.children[at].firstElementChild;
    chip.append(make("span", "chip-label", each.label), each.text);
    chip.setAttribute("aria-label", `${each.label}：${each.text}（${word("edit")}）`);
    chip.setAttribute("aria-expanded", "false");
  });
  const form = make("form", "plan-form");
  form.hidden = true;
  const operation = make("select", "", ...labels("operation").map(([code, text]) => Object.assign(make("option", "", text), { value: code })));
  operation.value = plan.operation;
  const fields = {
    "问法": operation,
    "地方": input(plan.places.map((p) => names[p] ?? p).join("、"), "不填为资料库中各地"),
    "内容": input(plan.topic, ""),
    "时间": input(plan.period?.text ?? [plan.period?.start, plan.period?.end].filter(Boolean).join("至"), "如 2026年上半年；不填为不限"),
  };
  Object.entries(fields).forEach(([label, field], at) => {
    field.id = `plan-${at}`;
    const named = make("label", "", label);
    named.htmlFor = field.id;
    form.append(make("div", "", named, field));
  });
  form.append(make("p", "actions", Object.assign(make("button", "button primary", "按此再问"), { type: "submit" }), button("不改了", "button", () => open(null))));
  const before = Object.fromEntries(Object.entries(fields).map(([label, field]) => [label, field.value]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const now = (label) => fields[label].value.trim();
    const differs = (label) => now(label) !== before[label].trim();
    const edited = { operation: operation.value };
    if (differs("地方")) edited.places = now("地方").split(/[、，,;；\s]+/).filter(Boolean);
    if (differs("内容")) edited.topic = now("内容");
    if (differs("时间")) edited.period = now("时间") || null;
    again(edited);
  });
  function open(label) {
    form.hidden = label === null;
    for (const chip of chips.querySelectorAll("button")) chip.setAttribute("aria-expanded", String(!form.hidden));
    if (label !== null) (fields[label] ?? operation).focus();
    else chips.querySelector("button")?.focus();
  }
  return make("div", "plan", chips, form);
}

function input(value, placeholder) {
  const made = make("input", "");
  made.maxLength = 2000;
  made.value = value ?? "";
  made.placeholder = placeholder;
  return made;
}
